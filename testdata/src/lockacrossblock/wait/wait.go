// Package wait holds sleeps, input and output, and joins under locks.
package wait

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

type cache struct {
	mu sync.Mutex
	rw sync.RWMutex
	m  map[string]string
	db *sql.DB
	c  net.Conn
	n  int
}

func (c *cache) other() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
	c.rw.Lock()
	c.n++
	c.rw.Unlock()
}

func (c *cache) sleeps() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.n == 0 {
		time.Sleep(10 * time.Millisecond) // want "c.mu is held across time.Sleep .locked on line"
	}
}

func (c *cache) naps() {
	c.mu.Lock()
	defer c.mu.Unlock()
	time.Sleep(50 * time.Microsecond)
}

func (c *cache) sleepsBetween() {
	c.mu.Lock()
	for c.n == 0 {
		c.mu.Unlock()
		time.Sleep(10 * time.Millisecond)
		c.mu.Lock()
	}
	c.mu.Unlock()
}

func (c *cache) backoff() { time.Sleep(time.Second) }

func (c *cache) sleepsFurther() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.backoff() // want "c.mu is held across c.backoff, which calls time.Sleep"
}

func (c *cache) gets(url string) {
	c.rw.RLock()
	defer c.rw.RUnlock()
	resp, err := http.Get(url) // want "c.rw is held across http.Get"
	if err == nil {
		resp.Body.Close()
	}
}

func (c *cache) fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *cache) fetches(ctx context.Context, url string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fetch(ctx, url) // want "c.mu is held across c.fetch, which calls http.Client.Do"
}

func (c *cache) fetchesOnce(ctx context.Context, url string) error {
	c.mu.Lock()
	_, ok := c.m[url]
	c.mu.Unlock()
	if ok {
		return nil
	}
	return c.fetch(ctx, url)
}

func (c *cache) dials() (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.c, err = net.Dial("tcp", "localhost:1") // want "c.mu is held across net.Dial"
	return err
}

func (c *cache) resolves(host string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[host] = ""
	_, _ = net.LookupHost(host) // want "c.mu is held across net.LookupHost"
}

func (c *cache) executes() {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = exec.Command("true").Run() // want "c.mu is held across exec.Command"
}

func (c *cache) queries() {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = c.db.Exec("DELETE FROM t") // want "c.mu is held across c.db.Exec"
}

func (c *cache) writes(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = c.c.Write(b)
}

func (c *cache) saves(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = os.WriteFile("x", b, 0o600)
}

func (c *cache) inGoroutine(url string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	go func() { _, _ = http.Get(url) }()
	go c.backoff()
}

type device struct {
	mu sync.Mutex
	db *sql.DB
}

func (d *device) a() { d.mu.Lock(); defer d.mu.Unlock(); _, _ = d.db.Exec("a") }
func (d *device) b() { d.mu.Lock(); defer d.mu.Unlock(); _, _ = d.db.Exec("b") }
func (d *device) c() { d.mu.Lock(); defer d.mu.Unlock(); _, _ = d.db.Exec("c") }

type reloader struct {
	reloadMu sync.Mutex
	n        int
}

func (r *reloader) reload() {
	r.reloadMu.Lock()
	defer r.reloadMu.Unlock()
	_, _ = http.Get("http://localhost/config")
}
