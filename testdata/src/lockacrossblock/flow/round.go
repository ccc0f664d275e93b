package flow

import "sync"

// account asks for its name under the lock, by way of functions that may ask it for
// its name again.
type account struct {
	mu   sync.Mutex
	name string
}

func (a *account) id() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.name == "" {
		a.name = a.ask(true)
	}
	return a.name
}

func (a *account) ask(signed bool) string {
	if !signed {
		return a.id()
	}
	return "new"
}

func (a *account) greet() string {
	if a.id() == "" {
		return "" // ok: id has given the lock back
	}
	return a.ask(false)
}
