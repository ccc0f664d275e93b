package spawn

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// What follows is not for a caller to decide, or nearly so.

type broker struct{ addr string }

// A cluster has as many brokers as somebody has set up.
func perBroker(ctx context.Context, all []*broker) {
	for _, b := range all {
		go get(ctx, b.addr)
	}
}

func perReplica(ctx context.Context, replicas []string) {
	for _, r := range replicas {
		go get(ctx, r)
	}
}

func perPartition(ctx context.Context, claims map[string][]int32) {
	for topic, partitions := range claims {
		for range partitions {
			go get(ctx, topic)
		}
	}
}

type entry struct{ url string }

// A table holds what the program has anyway.
func perLoaded(ctx context.Context, entries map[string]*entry) {
	for _, e := range entries {
		go get(ctx, e.url)
	}
}

func perListed(ctx context.Context, entries []*entry) {
	for _, e := range entries {
		go get(ctx, e.url) // want "a goroutine per element of entries waits for the network"
	}
}

func cutShort(ctx context.Context, urls []string) {
	n := min(len(urls), 5)
	urls = urls[:n]
	for _, u := range urls {
		go get(ctx, u)
	}
}

func cutFront(ctx context.Context, urls []string) {
	urls = urls[1:]
	for _, u := range urls {
		go get(ctx, u) // want "per element of urls"
	}
}

// kinds are few, whatever a request lists.
func perKind(ctx context.Context, r *fetchRequest) {
	for _, k := range r.URLs {
		switch k {
		case "http", "icmp":
			go get(ctx, k)
		default:
			continue
		}
	}
}

func perOtherKind(ctx context.Context, r *fetchRequest, known string) {
	for _, k := range r.URLs {
		switch k {
		case known:
			continue
		default:
			go get(ctx, k) // want "per element of r.URLs"
		}
	}
}

type call struct{ url string }

func (c *call) finish(ctx context.Context) { _ = get(ctx, c.url) }

type client struct {
	mu      sync.Mutex
	pending map[string]*call
}

// settle goes on with calls that this client has made itself.
func (c *client) settle(ctx context.Context, r *fetchRequest) {
	for _, id := range r.URLs {
		own := c.pending[id]
		if own == nil {
			continue
		}
		delete(c.pending, id)
		go own.finish(ctx)
	}
}

// reopen starts as many as it is asked for.
func (c *client) reopen(ctx context.Context, r *fetchRequest) {
	for _, id := range r.URLs {
		own := &call{id}
		c.pending[id] = own
		go own.finish(ctx) // want "per element of r.URLs"
	}
}

func serveAddr(addr string) { _ = http.ListenAndServe(addr, nil) }

func serveAll(addrs []string) {
	for _, a := range addrs {
		go serveAddr(a)
	}
}

// keepUp goes on until somebody stops it.
func keepUp(ctx context.Context, u string, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if get(ctx, u) != nil {
			continue
		}
		if ctx.Err() != nil {
			return
		}
	}
}

func keepUpAll(ctx context.Context, urls []string, stop <-chan struct{}) {
	for _, u := range urls {
		go keepUp(ctx, u, stop)
	}
}

// tryHard goes on until it has what it wants.
func tryHard(ctx context.Context, u string, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if get(ctx, u) == nil {
			return
		}
	}
}

func tryHardAll(ctx context.Context, urls []string, stop <-chan struct{}) {
	for _, u := range urls {
		go tryHard(ctx, u, stop) // want "per element of urls"
	}
}

// A goroutine per datagram is the twin of one per connection.
func datagrams(ctx context.Context, pc net.PacketConn) {
	for {
		buf := make([]byte, 1500)
		n, _, err := pc.ReadFrom(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		go get(ctx, string(buf[:n]))
	}
}

// Each turn waits for the clock.
func paced(ctx context.Context, u string) {
	t := time.NewTicker(time.Hour)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-ctx.Done():
			return
		}
		if strings.HasPrefix(u, "http") {
			go get(ctx, u)
		}
	}
}

type updater struct {
	mu      sync.Mutex
	running bool
}

func (u *updater) tryStart() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.running {
		return false
	}
	u.running = true
	return true
}

func (u *updater) update(ctx context.Context, url string) {
	if !u.tryStart() {
		return
	}
	go get(ctx, url)
}

func (u *updater) updateAll(ctx context.Context, in <-chan string) {
	for url := range in {
		u.update(ctx, url)
	}
}

// names gathers what is installed.
func names(dir string) ([]string, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, f := range files {
		list = append(list, f.Name())
	}
	return list, nil
}

func perInstalled(ctx context.Context, dir string) error {
	list, err := names(dir)
	if err != nil {
		return err
	}
	for _, n := range list {
		go get(ctx, n)
	}
	return nil
}
