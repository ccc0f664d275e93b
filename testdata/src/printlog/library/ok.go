package library

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

const tracing = false

var debug bool

// logf can be set by whoever minds.
var logf = func(format string, args ...any) { fmt.Printf(format, args...) }

// onError is a default that users replace.
var onError = func(err error) { fmt.Fprintln(os.Stderr, "error:", err) }

type sheet struct{ lines []string }

func (s *sheet) Println(a ...any) { s.lines = append(s.lines, "x") }

func (s *sheet) render() { s.Println("its own method") }

type printer struct{}

func (printer) flush() { fmt.Println("done") }

type config struct {
	verbose bool
	report  func(error)
	out     *bytes.Buffer
}

func respond(w http.ResponseWriter, names []string) string {
	fmt.Fprintln(w, "ok")
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%s,", n)
	}
	return b.String()
}

func PrintAll(names []string) {
	for _, n := range names {
		fmt.Println("name", n)
	}
}

func (s *sheet) hexdump(n int) { fmt.Fprintf(os.Stderr, "%x: %v\n", n, s.lines) }

func usage() { fmt.Fprintln(os.Stderr, "usage: library") }

func guarded(c config, n int) {
	if debug {
		fmt.Println("n is", n)
	}
	if c.verbose && n > 1 {
		fmt.Println("n is", n)
	}
	if tracing {
		println("n is", n)
	}
	if false && n > 1 {
		println("n is", n)
	}
	if os.Getenv("LIBRARY_TALKS") != "" {
		fmt.Println("n is", n)
	}
	if c.report == nil {
		c.report = func(err error) { fmt.Fprintln(os.Stderr, "failed:", err) }
	}
}

func early(c config, n int) {
	if !c.verbose {
		return
	}
	fmt.Println("n is", n)
}

func lastWords(err error) {
	if err != nil {
		for _, l := range []string{"a", "b"} {
			fmt.Fprintln(os.Stderr, "state", l)
		}
		fmt.Fprintln(os.Stderr, "broken:", err)
		panic(err)
	}
}

func chooses(toFile *os.File) {
	out := os.Stdout
	if toFile != nil {
		out = toFile
	}
	fmt.Fprintln(out, "chosen by the caller")
}

func frame(b []byte) error {
	_, err := os.Stdout.Write(b)
	return err
}

func ask() (string, error) {
	fmt.Print("name: ")
	return bufio.NewReader(os.Stdin).ReadString('\n')
}

func askAgain(read func() string) string {
	for {
		fmt.Fprint(os.Stderr, "password: ")
		if p := readPassword(); p != "" {
			return p
		}
	}
}

func readPassword() string { return "" }

func choose() (n int) {
	fmt.Print("which one? ")
	fmt.Scanln(&n)
	return n
}

func forward(format string, args ...any) { fmt.Printf(format, args...) }

func run(c config) (exitCode int) {
	fmt.Fprintln(os.Stderr, "no main function")
	return 2
}

func relay(line string) { fmt.Println(line) }

func local() error {
	show := func(n int) { fmt.Println("n is", n) }
	show(1)
	println := func(a ...any) {}
	println("a local one")
	return errors.New("x")
}

// Output is where the package writes; its users may set it.
var Output = os.Stdout

// sink is set anew by whoever minds.
var sink io.Writer = os.Stderr

// notices is overridden in tests.
var notices io.Writer = os.Stderr

func notice(n int) { fmt.Fprintln(notices, "n is", n) }

func mute() { sink = io.Discard }

func bySettableVariable(n int) {
	fmt.Fprintln(Output, "n is", n)
	fmt.Fprintln(sink, "n is", n)
}

func handsOnOther(run func(func(...any) string)) { run(fmt.Sprintln) }

func setLogger(print func(...any) (int, error)) {}

func handsToLogger() { setLogger(fmt.Println) }
