// Package eager makes grpc wait for its connections.
package eager

import (
	"sync"

	"google.golang.org/grpc"
)

type pool struct {
	mu    sync.Mutex
	conns map[string]*grpc.ClientConn
}

func (p *pool) get(target string) (*grpc.ClientConn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, err := grpc.Dial(target, grpc.WithBlock()) // want "p.mu is held across grpc.Dial"
	if err == nil {
		p.conns[target] = c
	}
	return c, err
}

func (p *pool) drop(target string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, target)
}
