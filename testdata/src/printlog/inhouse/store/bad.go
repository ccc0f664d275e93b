// Package store has its module's own logger in reach.
package store

import (
	"errors"
	"fmt"

	"printlog/inhouse/log"
)

type store struct {
	path   string
	logger log.Logger
}

func (s *store) close(err error) {
	fmt.Println("close failed:", err) // want `use s.logger.Error \(print-in-library\)`
}

func open(path string) error {
	log.Infof("opening %s", path)
	fmt.Println("opened", path) // want `use log.Infof \(print-in-library\)`
	return errors.New("x")
}

func given(path string, lg log.Logger) {
	fmt.Println("given", path) // want `use lg.Info \(print-in-library\)`
}

func said(err error) {
	fmt.Println("failed: " + err.Error()) // want `fmt.Println in said prints to stdout, as 1 more do here, .* use log.Errorf`
	if err := open(""); err != nil {
		fmt.Println("failed:", err.Error())
	}
}
