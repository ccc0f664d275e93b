// Package hclogsink has an hclog.Logger.
package hclogsink

import (
	"fmt"

	"github.com/hashicorp/go-hclog"
)

type fsm struct{ logger hclog.Logger }

func (f *fsm) apply(index uint64, err error) {
	fmt.Printf("apply failed at index=%d: %v\n", index, err) // want `use f.logger.Error`
}
