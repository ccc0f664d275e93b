// Command leak runs every case of this directory again and again and prints
// the lines at which the Go runtime sees goroutines leak, one "file:line" each.
//
// Each case is a function that the test also checks without running it. A
// comment "stuck" marks the lines where goroutines must be found stuck, "also"
// those where others hang as a consequence.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"time"
)

// cases are the functions to run, each with arguments that sooner or later
// bring it to its stuck state.
var cases []func()

func run(f func()) struct{} { cases = append(cases, f); return struct{}{} }

var errBad = errors.New("bad")

func fails() error { return errBad }
func works() error { return nil }

func dead() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 2*time.Millisecond)
}

// later returns a context that ends when the case is long over.
func later() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	time.AfterFunc(time.Second, cancel)
	return ctx
}

// nap lets other goroutines go first, by a random time.
func nap() { time.Sleep(time.Duration(time.Now().UnixNano()%3) * 300 * time.Microsecond) }

func main() {
	for range 15 {
		for _, f := range cases {
			go f()
		}
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(300 * time.Millisecond)
	runtime.GC()
	var b bytes.Buffer
	pprof.Lookup("goroutineleak").WriteTo(&b, 2)
	frame := regexp.MustCompile(`(?m)^main\..*\n\t(\S+):(\d+)`)
	leaked := regexp.MustCompile(`^goroutine \d+ .*leaked`)
	var lines []string
	for _, g := range bytes.Split(b.Bytes(), []byte("\n\n")) {
		if m := frame.FindSubmatch(g); m != nil && leaked.Match(g) {
			lines = append(lines, filepath.Base(string(m[1]))+":"+string(m[2]))
		}
	}
	slices.Sort(lines)
	for _, l := range slices.Compact(lines) {
		fmt.Println(l)
	}
}
