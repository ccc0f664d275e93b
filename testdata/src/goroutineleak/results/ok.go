package results

import (
	"context"
	"iter"
	"os/exec"
)

func stopped(seq iter.Seq[int]) int {
	next, stop := iter.Pull(seq)
	defer stop()
	v, _ := next()
	return v
}

type reader struct {
	next func() (int, bool)
	stop func()
}

func open(seq iter.Seq[int]) *reader {
	next, stop := iter.Pull(seq)
	return &reader{next, stop}
}

func captured(seq iter.Seq[int]) (func() (int, bool), func()) {
	next, stop := iter.Pull(seq)
	return next, func() { stop() }
}

func waited(name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}

func reaped(ctx context.Context, name string) error {
	cmd := exec.CommandContext(ctx, name)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

func released(name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}

func handedOut(name string) (*exec.Cmd, error) {
	cmd := exec.Command(name)
	return cmd, cmd.Start()
}

type process struct{ cmd *exec.Cmd }

func (p *process) start() error {
	p.cmd = exec.Command("x")
	return p.cmd.Start()
}

func buffered(f func() int) <-chan int {
	ch := make(chan int, 1)
	go func() { ch <- f() }()
	return ch
}

func done(f func()) <-chan struct{} {
	ch := make(chan struct{})
	go func() {
		defer close(ch)
		f()
	}()
	return ch
}

func uses(f func() int) int {
	buffered(f)
	done(func() { f() })
	return <-fetch(f)
}

func keep(f func() error) error {
	_ = begin(f)
	errc := begin(f)
	if err := <-begin(f); err != nil {
		return err
	}
	return <-errc
}

// Every way out behind a start waits, kills or hands on.
func killed(name string, check func() bool) error {
	cmd := exec.Command(name)
	err := cmd.Start()
	if err != nil {
		return err
	}
	if !check() {
		_ = cmd.Process.Kill()
		return nil
	}
	return cmd.Wait()
}

func waitedLater(name string, check func() error) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { _ = cmd.Wait() }()
	return check()
}

func waitedBeside(name string, check func() error) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	if err := check(); err != nil {
		return err
	}
	return <-done
}

func watched(name string, watch func(*exec.Cmd), check func() bool) error {
	cmd := exec.Command(name)
	watch(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	if !check() {
		return nil
	}
	return cmd.Wait()
}

func optional(name string, wanted bool) (cmd *exec.Cmd, err error) {
	if wanted {
		cmd = exec.Command(name)
		err = cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	return cmd, nil
}

// An iterator that has found nothing more has ended.
func exhausted(seq iter.Seq[int], enough func(int) bool) bool {
	next, stop := iter.Pull(seq)
	for {
		v, ok := next()
		if !ok {
			return false
		}
		if enough(v) {
			stop()
			return true
		}
	}
}

func folded(seq iter.Seq[int]) (sum int) {
	next, stop := iter.Pull(seq)
	for v, ok := next(); ok; v, ok = next() {
		if sum += v; sum > 100 {
			stop()
			break
		}
	}
	return sum
}

func stoppedLater(seq iter.Seq[int], keep func(func())) int {
	next, stop := iter.Pull(seq)
	keep(stop)
	v, _ := next()
	return v
}

func nextHandedOn(seq iter.Seq[int], drain func(func() (int, bool))) int {
	next, stop := iter.Pull(seq)
	v, ok := next()
	if ok && v > 0 {
		drain(next)
		return v
	}
	stop()
	return 0
}

// What is deferred here reads.
func readLater(f func() int) {
	defer func() { println(<-fetch(f)) }()
	println("busy")
}
