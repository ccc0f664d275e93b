package unused

import (
	"context"
	"net"
	"net/rpc"
	"sync"
	"time"
)

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	once  sync.Once
	items []int
	room  chan struct{}
	conn  net.Conn
}

func (q *queue) await() {
	q.mu.Lock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	q.mu.Unlock()
}

// One call away the package's own code waits, and could be handed the context.
func (q *queue) First(ctx context.Context) int { // want `ctx is never used although queue\.First waits at q\.await \(on line 30\)`
	q.await()
	return q.items[0]
}

func (q *queue) Reset(ctx context.Context) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.once.Do(func() { q.items = nil })
}

func (q *queue) deep() { q.deeper() }

func (q *queue) deeper() { q.await() }

// Two calls away it is somebody else's choice.
func (q *queue) Deep(ctx context.Context) { q.deep() }

// Writing to an open stream ends when the stream is closed.
func (q *queue) Encode(ctx context.Context, b []byte) error {
	_, err := q.conn.Write(b)
	return err
}

// Nothing in view asks for this form: its author may drop the context.
func ask(ctx context.Context, c *rpc.Client) error { // want `ctx is never used although ask waits at c\.Call \(on line 55\)`
	return c.Call("Service.Ask", 1, nil)
}

type plugin interface {
	Create(ctx context.Context, name string) error
}

type remote struct{ c *rpc.Client }

// The interface asks for a context, and the library takes none.
func (r *remote) Create(ctx context.Context, name string) error {
	return r.c.Call("Plugin.Create", name, nil)
}

var _ plugin = (*remote)(nil)

type local struct{ addr string }

// The interface asks for it too, but here there is a way to use it.
func (l *local) Create(ctx context.Context, name string) error { // want `ctx is never used although local\.Create waits at net\.Dial`
	c, err := net.Dial("tcp", l.addr)
	if err == nil {
		err = c.Close()
	}
	return err
}

type commands map[string]func(context.Context, *rpc.Client) error

func remove(ctx context.Context, c *rpc.Client) error { return c.Call("Service.Remove", 1, nil) }

// A table says what remove has to look like.
var table = commands{"remove": remove}

type owner struct {
	ctx  context.Context
	in   chan int
	quit chan struct{}
}

func (o *owner) Close() { close(o.quit) }

func (o *owner) next() int {
	select {
	case v := <-o.in:
		return v
	case <-o.ctx.Done():
		return 0
	}
}

// The receiver's own context ends the wait.
func (o *owner) Next(ctx context.Context) int { return o.next() }

type plain struct {
	in   chan int
	quit chan struct{}
}

func (p *plain) Close() { close(p.quit) }

func dialed(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }

// The select hears the package's stop, and could hear the context just as well,
// while the function behind it dials.
func (p *plain) Connect(ctx context.Context, addr string) (net.Conn, error) { // want `ctx is never used although plain\.Connect waits at`
	c, err := dialed(addr)
	select {
	case <-p.quit:
		return nil, err
	case <-p.in:
	}
	return c, err
}

type results struct {
	mu    sync.Mutex
	byKey map[string]chan int
}

// Pop takes what was put under a key.
func (r *results) Pop(key string) (chan int, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.byKey[key]
	delete(r.byKey, key)
	return c, ok
}

func (r *results) wait(key string) int {
	c := make(chan int, 1)
	r.mu.Lock()
	r.byKey[key] = c
	r.mu.Unlock()
	return <-c
}

// The channel was made with room for the one answer.
func (r *results) Respond(ctx context.Context, key string, v int) {
	c, ok := r.Pop(key)
	if !ok {
		return
	}
	c <- v
}

// A worker hands its result to whoever started it.
func validate(ctx context.Context, wg *sync.WaitGroup, v int, res *chan int) {
	defer wg.Done()
	*res <- v * v
}

func validateAll(all []int) {
	res := make(chan int, len(all))
	var wg sync.WaitGroup
	for _, v := range all {
		wg.Add(1)
		go validate(context.Background(), &wg, v, &res)
	}
	wg.Wait()
}

func collect(parts []func() int) (sum int) {
	c := make(chan int)
	for _, part := range parts {
		go func() { c <- part() }()
	}
	for range parts {
		sum += <-c
	}
	return sum
}

// The work is spread over goroutines, that is all.
func Sum(ctx context.Context, parts []func() int) int { return collect(parts) }

func pause() { time.Sleep(200 * time.Millisecond) }

func rest() { time.Sleep(20 * time.Second) }

func Pause(ctx context.Context) { pause() }

func Rest(ctx context.Context) { rest() } // want `rest always sleeps`

type fetcher struct{ base string }

func (f *fetcher) get(id string) error { return f.pull(f.base + id) }

func (f *fetcher) pull(url string) error {
	c, err := net.Dial("tcp", url)
	if err == nil {
		err = c.Close()
	}
	return err
}

// The author chose to take a context, and the network is two calls away.
func (f *fetcher) Fetch(ctx context.Context, id string) error { // want `ctx is never used although fetcher\.Fetch waits at f\.get`
	return f.get(id)
}
