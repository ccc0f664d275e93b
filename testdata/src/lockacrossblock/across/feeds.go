package across

import (
	"net"
	"sync"
	"time"

	"lockacrossblock/across/vault"
)

// A rollout tells of versions while it holds its lock.
type rollout struct {
	mu       sync.Mutex
	versions map[string]string
	lost     int
	feed     *vault.Feed
	pipe     *vault.Pipe
}

func (r *rollout) version(s string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.versions[s]
}

func (r *rollout) set(s, v string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.versions[s] = v
	if !r.feed.Emit(s) { // want "r.mu is held across r.feed.Emit, which sends on an unbuffered channel .locked on line [0-9]+.; unlock first"
		r.lost++
	}
}

func (r *rollout) offer(s, v string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.versions[s] = v
	if !r.feed.Offer(s) {
		r.lost++
	}
	r.pipe.Emit(s)
}

func (r *rollout) setFirst(s, v string) {
	r.mu.Lock()
	r.versions[s] = v
	r.mu.Unlock()
	r.feed.Emit(s)
}

// A token is renewed by somebody who sleeps between attempts.
type token struct {
	mu    sync.Mutex
	value string
	ask   func() (string, error)
}

func (t *token) get() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.value
}

func (t *token) renew() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return vault.Retry(5, func() (err error) { // want "t.mu is held across vault.Retry, which calls time.Sleep"
		t.value, err = t.ask()
		return err
	})
}

func (t *token) renewFirst() error {
	var fresh string
	err := vault.Retry(5, func() (err error) {
		fresh, err = t.ask()
		return err
	})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.value = fresh
	return err
}

// An idle connection is looked for, and made with the lock of them all.
type pool struct {
	mu   sync.Mutex
	idle map[string][]net.Conn
	open int
}

func (p *pool) put(addr string, c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle[addr] = append(p.idle[addr], c)
}

func (p *pool) get(addr string) (net.Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open++
	return net.DialTimeout("tcp", addr, 30*time.Second) // want "p.mu is held across net.DialTimeout"
}

func (p *pool) greeted(addr string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, err := vault.Greet(addr, "me") // want "p.mu is held across vault.Greet"
	p.idle[addr] = append(p.idle[addr], c)
	return err
}

// The line has one connection and a lock to use it.
type line struct {
	mu   sync.Mutex
	conn net.Conn
	sent int
}

func (l *line) say(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent++
	return vault.Say(l.conn, name)
}

func (l *line) redial(addr string) (err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn, err = net.DialTimeout("tcp", addr, time.Second)
	return err
}
