// Package zerochain has a zerolog.Logger.
package zerochain

import (
	"fmt"

	"github.com/rs/zerolog"
)

type store struct{ zl zerolog.Logger }

func (s *store) save(path string, err error) {
	fmt.Println("save", path, "failed:", err) // want `use s.zl.Error`
	fmt.Println("saved", path)
}
