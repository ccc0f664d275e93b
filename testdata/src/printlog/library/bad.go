// Package library has no claim on the streams of the program that imports it.
package library

import (
	"bufio"
	f "fmt"
	"io"
	"os"
)

type job struct{ ID int }

func save(err error) {
	f.Println("save failed:", err) // want `fmt.Println in save prints to stdout, where no caller can route it; use slog.Error`
}

func several(run func(func()), n int) {
	run(func() { println("debug", n) }) // want `println in several prints to stderr, as 3 more do here, where no caller can route it`
	f.Printf("n=%d\n", n)
	io.WriteString(os.Stdout, "done\n")
	defer f.Println("left", n)
}

func indirect(j job) {
	p := f.Println
	p("job", j.ID) // want `fmt.Println in indirect prints to stdout`
}

func buffered(j job) {
	w := bufio.NewWriter(os.Stdout)
	f.Fprintln(w, "job", j.ID) // want `fmt.Fprintln in buffered prints to stdout, as 1 more do here`
	w.WriteString("job done")
}

func (j *job) run() {
	go func() {
		print("job started") // want `print in job.run prints to stderr`
	}()
}

func leftover(n int) {
	f.Println(n) // want `fmt.Println in leftover prints to stdout`
}

func process(names []string) {
	f.Println("start") // want `fmt.Println in process prints to stdout, as 2 more do here`
	for _, n := range names {
		f.Printf("processing %s\n", n)
	}
	f.Println("done")
}

// checkAll prints an error, whatever its name.
func checkAll(names []string, check func(string) error) {
	f.Println("checking")
	for _, n := range names {
		if err := check(n); err != nil {
			f.Println(n, err) // want `fmt.Println in checkAll prints to stdout, as 3 more do here, .* use slog.Error`
		}
		f.Println("checked", n)
	}
	f.Println("checked all")
}
