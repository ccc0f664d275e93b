// Package results drops what ends or empties something.
package results

import (
	"fmt"
	"io"
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

func dropLater(s *server, f func() int) {
	defer fetch(f) // want "nobody receives from the channel of fetch here"
	go fetch(f)    // want "nobody receives from the channel of fetch here"
	println("busy")
}

func checked(name string, check func() bool) (err error) {
	cmd := exec.Command(name)
	if err = cmd.Start(); err != nil {
		return err
	}
	if !check() {
		return nil // want "this return leaves the command behind that is started .*; call Wait on every path"
	}
	return cmd.Wait()
}

func piped(name string, parse func(io.Reader) error) error {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return err
	}
	if err := parse(out); err != nil {
		return fmt.Errorf("output of %s: %w", name, err) // want "this return leaves the command behind"
	}
	wait := func() error { return cmd.Wait() }
	return wait()
}

func half(seq iter.Seq[int], limit int) (sum int) {
	next, done := iter.Pull(seq)
	for {
		v, ok := next()
		if !ok {
			break
		}
		if sum += v; sum > limit {
			return limit // want `this return skips done\(\), so the iterator pulled .* stays behind unfinished; defer done\(\)`
		}
	}
	done()
	return sum
}

func atMost(seq iter.Seq2[string, int], n int) map[string]int {
	all := make(map[string]int)
	next, stop := iter.Pull2(seq)
	for k, v, ok := next(); ok; k, v, ok = next() {
		if all[k] = v; len(all) == n {
			return all // want `this return skips stop\(\)`
		}
	}
	stop()
	return all
}
