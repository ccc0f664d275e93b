package answered

import (
	"context"
	"sync"
)

// gate lets requests in until it is told to stop.
type gate struct {
	mu      sync.Mutex
	inside  int
	ctx     context.Context
	cancel  context.CancelFunc
	drained chan struct{}
	broken  chan struct{}
}

func (g *gate) endOfLink() <-chan struct{} { return g.broken }

// enter shows that others come for the lock.
func (g *gate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.ctx.Err() != nil {
		return false
	}
	g.inside++
	return true
}

// takeDown has heard of the end, and locks everybody out until the other ends
// are there as well.
func (g *gate) takeDown() {
	go func() {
		<-g.drained
		g.mu.Lock()
		select {
		case <-g.ctx.Done():
		case <-g.endOfLink():
			g.cancel()
		}
		g.mu.Unlock()
	}()
	close(g.drained)
}

func (g *gate) breakLink() { close(g.broken) }

// keepOut has heard of nothing: whoever wants to enter waits for the end.
func (g *gate) keepOut() {
	go func() {
		g.mu.Lock()
		select { // want "g.mu is held across a select without default"
		case <-g.ctx.Done():
		case <-g.endOfLink():
			g.cancel()
		}
		g.mu.Unlock()
	}()
}

// tell has heard of the end, but under the lock it waits for whoever listens.
func (g *gate) tell(last chan<- int) {
	go func() {
		<-g.drained
		g.mu.Lock()
		last <- g.inside // want "g.mu is held across a send on last"
		g.mu.Unlock()
	}()
}
