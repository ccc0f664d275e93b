package forgotten

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

func awaited(ctx context.Context, j job) error {
	errc := make(chan error, 1)
	go func() { errc <- work(ctx, j) }()
	return <-errc
}

func grouped(ctx context.Context, js []job) {
	var wg sync.WaitGroup
	for _, j := range js {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(ctx, j)
		}()
	}
	wg.Wait()
}

// logged hears the context, and its error shows.
func logged(ctx context.Context, j job) {
	go func() {
		if err := work(ctx, j); err != nil {
			log.Print(err)
		}
	}()
}

// bounded ends by itself.
func bounded(ctx context.Context, j job) {
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if err := work(ctx, j); err != nil {
			log.Print(err)
		}
	}()
}

// derived is ended by its own cancel function.
func derived(ctx context.Context, j job) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go work(ctx, j)
	time.Sleep(time.Second)
}

func stated(ctx context.Context, j job) {
	//asynclint:detached the audit trail is best effort
	go work(context.WithoutCancel(ctx), j)
}

type conns struct {
	mu sync.Mutex
	l  net.Listener
	n  int
	wg sync.WaitGroup
}

func (c *conns) Close() error { return c.l.Close() }

func (c *conns) accept() error {
	for {
		conn, err := c.l.Accept()
		if err != nil {
			return err
		}
		go c.serve(conn)
	}
}

func (c *conns) serve(conn net.Conn) {
	defer conn.Close()
	io.Copy(conn, conn)
}

// short takes a lock and no more.
func (c *conns) short() {
	go func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.n++
	}()
}

// closing is how a server is told to end.
func (c *conns) httpServe(srv *http.Server) { go srv.Serve(c.l) }

// callback tells its caller.
func callback(ctx context.Context, j job, done func(error)) {
	go func() { done(work(ctx, j)) }()
}

type pool struct{ wg sync.WaitGroup }

// Close waits for what submit started.
func (p *pool) Close() { p.wg.Wait() }

func (p *pool) submit(ctx context.Context, j job) {
	p.wg.Add(1)
	go p.run(ctx, j)
}

func (p *pool) run(ctx context.Context, j job) {
	defer p.wg.Done()
	_ = work(ctx, j)
}

type mirrors struct{ client *http.Client }

// told says that it has failed, and the client in the field may have a timeout.
func (m *mirrors) told(ctx context.Context, url string) {
	go func() {
		resp, err := m.client.Get(url)
		if err != nil {
			log.Print(err)
			return
		}
		resp.Body.Close()
	}()
}

// bestEffort ends with its caller's context.
func (m *mirrors) bestEffort(ctx context.Context, url string) {
	go func() {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return
		}
		resp, err := m.client.Do(req)
		if err != nil {
			return
		}
		resp.Body.Close()
	}()
}

// kept leaves the error to somebody else.
func (m *mirrors) kept(ctx context.Context, url string) (err error) {
	go func() {
		var resp *http.Response
		resp, err = m.client.Get(url)
		if err == nil {
			resp.Body.Close()
		}
	}()
	return nil
}
