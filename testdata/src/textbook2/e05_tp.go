package lib

import "sync"

type hubBad struct {
	mu   sync.Mutex
	subs map[chan Event]struct{}
}

func (h *hubBad) Publish(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs {
		ch <- e // one slow subscriber stops the hub, and Unsubscribe can't get the lock
	}
}

func (h *hubBad) Unsubscribe(ch chan Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.subs, ch)
}
