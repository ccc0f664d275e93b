package unlock

import "sync"

// Each order has a lock of its own.
type order struct {
	mu    sync.Mutex
	state string
	tries int
}

func (o *order) get() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.state
}

func requeue(orders []*order, limit int) (n int) {
	for _, o := range orders {
		o.mu.Lock() // want "o.mu is still locked when the loop goes on to the next one"
		if o.state != "failed" {
			o.mu.Unlock()
			continue
		}
		if o.tries >= limit {
			o.state = "dead"
			continue
		}
		o.state = "queued"
		n++
		o.mu.Unlock()
	}
	return n
}

func requeueAll(orders map[string]*order, limit int) (n int) {
	for _, o := range orders {
		o.mu.Lock()
		if o.tries < limit {
			o.state = "queued"
			n++
		}
		o.mu.Unlock()
	}
	return n
}

// Those that fit stay locked until all are known.
func reserve(orders []*order, limit int) {
	var kept []*order
	for _, o := range orders {
		o.mu.Lock()
		if o.tries >= limit {
			o.mu.Unlock()
			continue
		}
		kept = append(kept, o)
	}
	for _, o := range kept {
		o.state = "reserved"
		o.mu.Unlock()
	}
}
