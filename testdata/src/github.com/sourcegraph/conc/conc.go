// Package conc is a stub: the declarations of the real one, with bodies that
// behave like it as far as fixtures can tell.
package conc

import "sync"

type WaitGroup struct{ wg sync.WaitGroup }

func NewWaitGroup() *WaitGroup { return &WaitGroup{} }

func (h *WaitGroup) Go(f func()) { h.wg.Go(f) }
func (h *WaitGroup) Wait()       { h.wg.Wait() }
