// Package asm declares functions whose bodies are elsewhere.
package asm

import (
	"sync"
	_ "unsafe"
)

func external(ch chan int, mu *sync.Mutex) int

//go:linkname linked time.Sleep
func linked(int64)

//go:noinline
//go:nosplit
func pragma(ch chan int) { ch <- external(ch, nil) }

type held struct{ mu sync.Mutex }

func (h *held) Lock()
func (h *held) Unlock()

func use(h *held, ch chan int) {
	h.Lock()
	defer h.Unlock()
	go external(ch, &h.mu)
	linked(1)
	f := external
	f(nil, nil)
}
