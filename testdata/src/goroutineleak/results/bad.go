// Package results drops what ends or empties something.
package results

import (
	"iter"
	"os/exec"
)

func first(seq iter.Seq[int]) int {
	next, _ := iter.Pull(seq) // want "the stop function of Pull is dropped"
	v, _ := next()
	return v
}

func firstPair(seq iter.Seq2[string, int]) int {
	next, stop := iter.Pull2(seq) // want "the stop function of Pull2 is dropped"
	_ = stop
	_, v, _ := next()
	return v
}

func started(name string) error {
	cmd := exec.Command(name)
	cmd.Dir = "/"
	return cmd.Start() // want "the command started here is never waited for"
}

func chained(name string) {
	_ = exec.Command(name, "x").Start() // want "the command started here is never waited for"
}

func numbered(name string) (int, error) {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil { // want "the command started here is never waited for"
		return 0, err
	}
	return cmd.Process.Pid, nil
}

func fetch(f func() int) <-chan int {
	ch := make(chan int)
	go func() { ch <- f() }()
	return ch
}

func fetchBoth(f func() int) (<-chan int, error) {
	ch := make(chan int)
	go func() { ch <- f() }()
	return ch, nil
}

func drop(f func() int) error {
	fetch(f)               // want "nobody receives from the channel of fetch here"
	_ = fetch(f)           // want "nobody receives from the channel of fetch here"
	_, err := fetchBoth(f) // want "nobody receives from the channel of fetchBoth here"
	return err
}

func begin(f func() error) <-chan error {
	errc := make(chan error, 1)
	go func() { errc <- f() }()
	return errc
}

type server struct{ run func() error }

func (s *server) begin() <-chan error {
	errc := make(chan error, 1)
	go func() {
		defer close(errc)
		if err := s.run(); err != nil {
			errc <- err
		}
	}()
	return errc
}

func lose(s *server) {
	begin(s.run) // want "the error of the goroutine that begin starts is lost here"
	s.begin()    // want "the error of the goroutine that server.begin starts is lost here"
}
