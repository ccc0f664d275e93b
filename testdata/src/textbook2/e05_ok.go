package lib

import (
	"sync"
	"sync/atomic"
)

type hubGood struct {
	mu   sync.Mutex
	subs map[chan Event]*atomic.Uint64 // value: lagged counter
}

func (h *hubGood) Publish(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch, lagged := range h.subs {
		select {
		case ch <- e:
		default:
			lagged.Add(1) // like RecvError::Lagged(n): visible, bounded, never blocking
		}
	}
}

func (h *hubGood) Unsubscribe(ch chan Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.subs, ch)
}
