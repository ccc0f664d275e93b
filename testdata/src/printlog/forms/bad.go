// Package forms prints in every form there is: level strict asks for each line.
package forms

import (
	"bufio"
	f "fmt"
	"io"
	. "io"
	"os"
)

type job struct{ ID int }

func many(run func(func()), n int) {
	run(func() { println("debug", n) })     // want `println in many prints to stderr`
	f.Printf("n=%d\n", n)                   // want `fmt.Printf in many prints to stdout`
	f.Fprintf(os.Stderr, "warn n=%d\n", n)  // want `fmt.Fprintf in many prints to stderr`
	io.WriteString(os.Stdout, "done\n")     // want `io.WriteString in many prints to stdout`
	WriteString(os.Stdout, "done\n")        // want `io.WriteString in many prints to stdout`
	os.Stdout.WriteString("done\n")         // want `os.File.WriteString in many prints to stdout`
	os.Stderr.Write([]byte("done\n"))       // want `os.File.Write in many prints to stderr`
	_, _ = f.Print("done ", n)              // want `fmt.Print in many prints to stdout`
	defer f.Println("left", n)              // want `fmt.Println in many prints to stdout`
	if _, err := f.Print("n"); err != nil { // want `fmt.Print in many prints to stdout`
		return
	}
}

func indirect(j job) {
	p := f.Println
	p("job", j.ID) // want `fmt.Println in indirect prints to stdout`
	w := bufio.NewWriter(os.Stdout)
	f.Fprintln(w, "job", j.ID) // want `fmt.Fprintln in indirect prints to stdout`
	w.WriteString("job done")  // want `bufio.Writer.WriteString in indirect prints to stdout`
	var out io.Writer = os.Stderr
	f.Fprintln(out, "job", j.ID) // want `fmt.Fprintln in indirect prints to stderr`
}
