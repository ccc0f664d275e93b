// Package logrsink has a logr.Logger.
package logrsink

import (
	"fmt"

	"github.com/go-logr/logr"
)

func save(l logr.Logger, path string, err error) {
	fmt.Println("save", path, "failed:", err) // want `use l.Error`
	fmt.Println("saved", path)
}
