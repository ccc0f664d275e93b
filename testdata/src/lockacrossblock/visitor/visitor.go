// Package visitor imports nothing concurrent and locks all the same.
package visitor

import (
	"errors"

	"lockacrossblock/across/store"
)

type hall struct {
	gate store.Gate
	n    int
}

func (h *hall) seats() int {
	h.gate.Acquire()
	defer h.gate.Release()
	return h.n
}

func (h *hall) both() int {
	h.gate.Acquire()
	defer h.gate.Release()
	return h.n + h.seats() // want "hall.seats locks h.gate.mu, which is held already"
}

func (h *hall) oneByOne() int {
	n := h.seats()
	h.gate.Acquire()
	defer h.gate.Release()
	return h.n + n
}

func (h *hall) leaves(n int) error {
	h.gate.Acquire()
	if n == 0 {
		return errors.New("none") // want "h.gate.mu is still locked at this return"
	}
	h.gate.Release()
	return nil
}

func size(t *store.Table) int {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	return t.Len() // want "store.Table.Len locks t.Mu, which is held already"
}
