package across

import (
	"sync"

	"lockacrossblock/across/vault"
)

type team struct {
	mu    sync.Mutex
	wg    sync.WaitGroup
	other sync.WaitGroup
	n     int
}

func (t *team) start() {
	t.wg.Add(1)
	go func() {
		defer t.wg.Done()
		t.mu.Lock()
		t.n++
		t.mu.Unlock()
	}()
	t.other.Add(1)
	go func() {
		defer t.other.Done()
		println("other")
	}()
}

func (t *team) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	vault.WaitFor(&t.wg) // want "t.mu is held across vault.WaitFor, but a goroutine it waits for takes t.mu"
}

func (t *team) stopOther() {
	t.mu.Lock()
	defer t.mu.Unlock()
	vault.WaitFor(&t.other)
}

func (t *team) stopFirst() int {
	vault.WaitFor(&t.wg)
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n
}
