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

// Words put together for the print.
func formatted(name string, done int) {
	os.Stdout.WriteString(f.Sprintf("%s: %d done\n", name, done)) // want `os.File.WriteString in formatted prints to stdout`
}

func together(name string) {
	os.Stdout.WriteString("done " + name + "\n") // want `os.File.WriteString in together prints to stdout`
}

func converted(name string) {
	os.Stderr.Write([]byte("failed: " + name)) // want `os.File.Write in converted prints to stderr`
}

func appended(name string) {
	os.Stderr.Write(f.Appendf(nil, "%s failed\n", name))
}

func spelled(err error) {
	io.WriteString(os.Stderr, err.Error()) // want `io.WriteString in spelled prints to stderr`
}

func concatenated(name string) {
	f.Println("done: " + name) // want `fmt.Println in concatenated prints to stdout`
}

// A variable that nobody sets again is the stream.
var console = os.Stdout

var complaints io.Writer = os.Stderr

func byVariable(n int) {
	f.Fprintln(console, "n is", n) // want `fmt.Fprintln in byVariable prints to stdout`
}

func byWriter(n int) {
	f.Fprintf(complaints, "n is %d\n", n) // want `fmt.Fprintf in byWriter prints to stderr`
}

func byFile() {
	console.WriteString("n is many\n") // want `os.File.WriteString in byFile prints to stdout`
}

func byName() {
	io.WriteString(complaints, "n is many \n") // want `io.WriteString in byName prints to stderr`
}

// Whoever is given the function prints with it.
func handsOn(run func(func(...any) (int, error))) {
	run(f.Println) // want `fmt.Println in handsOn is handed on and prints to stdout, which no caller can route; hand on slog.Info`
}
