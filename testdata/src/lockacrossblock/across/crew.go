package across

import (
	"sync"

	"lockacrossblock/across/vault"
)

// An album has its thumbnails made by a crew.
type album struct {
	mu   sync.Mutex
	done map[string]int
}

func (a *album) build(names []string, render func(string) int) int {
	crew := vault.Hire(2)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done = make(map[string]int, len(names))
	for _, n := range names {
		crew.Assign(func() {
			size := render(n)
			a.mu.Lock()
			a.done[n] = size
			a.mu.Unlock()
		})
	}
	crew.Dismiss() // want "a.mu is held across crew.Dismiss, but what it was handed takes a.mu"
	return len(a.done)
}

func (a *album) rebuild(names []string, render func(string) int) int {
	crew := vault.Hire(2)
	a.mu.Lock()
	a.done = make(map[string]int, len(names))
	a.mu.Unlock()
	for _, n := range names {
		crew.Assign(func() {
			size := render(n)
			a.mu.Lock()
			a.done[n] = size
			a.mu.Unlock()
		})
	}
	crew.Dismiss()
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.done)
}

func (a *album) warm(names []string, render func(string) int) {
	crew, other := vault.Hire(2), vault.Hire(1)
	for _, n := range names {
		other.Assign(func() {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.done[n]++
		})
		crew.Assign(func() { render(n) })
	}
	a.mu.Lock()
	crew.Dismiss()
	a.mu.Unlock()
	other.Dismiss()
}
