package main

import "errors"

type healer interface {
	heal(parts []func() error) error
}

type set struct{}

// heal runs once for each healer, however often that is.
func (s *set) heal(parts []func() error) error {
	errs := make(chan error)
	for _, p := range parts {
		go func() {
			errs <- p() // want "nobody receives this send on errs once set.heal returns"
		}()
	}
	return <-errs
}

func healAll(hs []healer) error {
	var all error
	for _, h := range hs {
		all = errors.Join(all, h.heal(nil))
	}
	return all
}

type protocol struct {
	name string
	run  func(read, write func() error) error
}

type echo struct{}

func (e *echo) protocol() protocol { return protocol{name: "echo", run: e.serve} }

// serve runs once for each peer.
func (e *echo) serve(read, write func() error) error {
	errs := make(chan error)
	go func() {
		errs <- read() // want "nobody receives this send on errs once echo.serve returns"
	}()
	go func() {
		errs <- write() // want "nobody receives this send on errs once echo.serve returns"
	}()
	return <-errs
}

type probe struct{}

// ok: run by the program, and once.
func (p *probe) check(read func() error, stop <-chan struct{}) error {
	errs := make(chan error)
	go func() { errs <- read() }()
	select {
	case err := <-errs:
		return err
	case <-stop:
		return nil
	}
}
