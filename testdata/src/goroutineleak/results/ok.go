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
