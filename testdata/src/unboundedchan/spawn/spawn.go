// Package spawn starts goroutines in loops.
package spawn

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/conc/pool"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

// get asks the network.
func get(ctx context.Context, url string) error {
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

func perElement(ctx context.Context, urls []string) {
	for _, u := range urls {
		go get(ctx, u) // want "a goroutine per element of urls waits for the network"
	}
}

func perElementOfGroup(ctx context.Context, urls []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, u := range urls {
		g.Go(func() error { return get(ctx, u) }) // want "without limit; call SetLimit on g first"
	}
	return g.Wait()
}

func zeroGroup(ctx context.Context, urls map[string]bool) error {
	var g errgroup.Group
	for u := range urls {
		g.Go(func() error { return get(ctx, u) }) // want "call SetLimit on g first"
	}
	return g.Wait()
}

func limitedGroup(ctx context.Context, urls []string) error {
	var g errgroup.Group
	g.SetLimit(4)
	for _, u := range urls {
		g.Go(func() error { return get(ctx, u) })
	}
	return g.Wait()
}

func negativeLimit(ctx context.Context, urls []string) error {
	var g errgroup.Group
	g.SetLimit(-1)
	for _, u := range urls {
		g.Go(func() error { return get(ctx, u) }) // want "call SetLimit on g first"
	}
	return g.Wait()
}

func groupOfCaller(ctx context.Context, g *errgroup.Group, urls []string) {
	for _, u := range urls {
		g.Go(func() error { return get(ctx, u) })
	}
}

func poolWithoutLimit(ctx context.Context, urls []string) {
	p := pool.New()
	for _, u := range urls {
		p.Go(func() { _ = get(ctx, u) }) // want "per element of urls waits for the network"
	}
	p.Wait()
}

func poolWithLimit(ctx context.Context, urls []string) {
	p := pool.New().WithMaxGoroutines(4)
	for _, u := range urls {
		p.Go(func() { _ = get(ctx, u) })
	}
	p.Wait()
}

func byIndex(ctx context.Context, urls []string) {
	var wg sync.WaitGroup
	for i := 0; i < len(urls); i++ {
		wg.Add(1)
		go func() { // want "per turn of the loop waits for the network"
			defer wg.Done()
			_ = get(ctx, urls[i])
		}()
	}
	wg.Wait()
}

func overInt(ctx context.Context, urls []string) {
	var wg sync.WaitGroup
	for i := range len(urls) {
		wg.Go(func() { _ = get(ctx, urls[i]) }) // want "per element of len"
	}
	wg.Wait()
}

func generic[S ~[]string](ctx context.Context, urls S) {
	for _, u := range urls {
		go func() { _ = get(ctx, u) }() // want "per element of urls"
	}
}

func overIterator(ctx context.Context, urls iter.Seq[string]) {
	for u := range urls {
		go func() { _ = get(ctx, u) }() // want "per element of urls"
	}
}

func overSortedCopy(ctx context.Context, urls []string) {
	sorted := slices.Clone(urls)
	for _, u := range sorted {
		go func() { _ = get(ctx, u) }() // want "per element of sorted"
	}
}

func perFiltered(ctx context.Context, urls []string) {
	var todo []string
	for _, u := range urls {
		if u != "" {
			todo = append(todo, u)
		}
	}
	for _, u := range todo {
		go func() { _ = get(ctx, u) }() // want "per element of todo"
	}
}

type fetchRequest struct{ URLs []string }

func perRequested(ctx context.Context, r *fetchRequest) {
	for _, u := range r.URLs {
		go func() { _ = get(ctx, u) }() // want "per element of r.URLs"
	}
}

func perEvent(ctx context.Context, in <-chan string) {
	for u := range in {
		go get(ctx, u) // want "per element of in waits for the network"
	}
}

func perSelected(ctx context.Context, in <-chan string) {
	for {
		select {
		case u := <-in:
			go func() { // want "per event waits for the other process"
				_ = exec.CommandContext(ctx, "convert", u).Run()
			}()
		case <-ctx.Done():
			return
		}
	}
}

type service struct{ peers []string }

func (s *service) perMethodCall(ctx context.Context, urls ...string) {
	for _, u := range urls {
		go s.visit(ctx, u) // want "per element of urls"
	}
}

func (s *service) visit(ctx context.Context, u string) { _ = get(ctx, u) }

// Peers are few, and somebody configured them.
func (s *service) perPeer(ctx context.Context) {
	for _, p := range s.peers {
		go s.visit(ctx, p)
	}
}

func inPlace(ctx context.Context, urls []string) {
	for _, u := range urls {
		func() {
			go get(ctx, u) // want "per element of urls"
		}()
	}
}

func (s *service) starting(f func()) { go f() }

func (s *service) byWrapper(ctx context.Context, urls []string) {
	for _, u := range urls {
		s.starting(func() { _ = get(ctx, u) }) // want "per element of urls"
	}
}

func perDecoded(w http.ResponseWriter, r *http.Request) {
	var asked struct{ URLs []string }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return
	}
	for _, u := range asked.URLs {
		go func() { _ = get(context.Background(), u) }() // want "per element of asked.URLs"
	}
}

var handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	for _, u := range r.URL.Query()["url"] {
		go func() { _ = get(context.Background(), u) }() // want "per element of r.URL.Query"
	}
})

func perFile(ctx context.Context, dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		go get(ctx, f.Name()) // want "per element of files"
	}
	return nil
}

func perLine(ctx context.Context, in io.Reader) {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		u := lines.Text()
		go get(ctx, u) // want "per turn of the loop"
	}
}

type upstreamConfig struct{ URL string }

// Upstreams are configured: whoever runs the program chose how many.
func perConfigured(ctx context.Context, upstreams []upstreamConfig) {
	for _, u := range upstreams {
		go get(ctx, u.URL)
	}
}

// A clock turns at the program's own pace.
func perTick(ctx context.Context, t *time.Ticker) {
	for {
		select {
		case <-t.C:
			go get(ctx, "http://a")
		case <-ctx.Done():
			return
		}
	}
}

func perPause(ctx context.Context) {
	for ctx.Err() == nil {
		go get(ctx, "http://a")
		time.Sleep(time.Minute)
	}
}

type link struct{ closed atomic.Bool }

func (l *link) isOpen() bool { return !l.closed.Load() }

// keep holds a connection for as long as the link is wanted.
func (l *link) keep(ctx context.Context, u string) {
	for l.isOpen() {
		_ = get(ctx, u)
	}
}

func (l *link) keepAll(ctx context.Context, urls []string) {
	for _, u := range urls {
		go func() { l.keep(ctx, u) }()
	}
}

// The loop waits for both before it goes on.
func restarts(ctx context.Context, quit <-chan struct{}) {
	for {
		var wg sync.WaitGroup
		wg.Go(func() { _ = get(ctx, "http://a") })
		wg.Go(func() { _ = get(ctx, "http://b") })
		done := make(chan struct{})
		go func() {
			wg.Wait()
			close(done)
		}()
		select {
		case <-done:
		case <-quit:
			return
		}
	}
}

func (s *service) begin(ctx context.Context, u string) {
	go s.visit(ctx, u) // want "a goroutine per element of urls waits for the network"
}

func (s *service) beginAll(ctx context.Context, urls []string) {
	for _, u := range urls {
		s.begin(ctx, u)
	}
}

// What follows is limited, or not the caller's to decide.

func bySemaphore(ctx context.Context, urls []string) {
	slots := make(chan struct{}, 8)
	for _, u := range urls {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			_ = get(ctx, u)
		}()
	}
}

func bySelectedSemaphore(ctx context.Context, urls []string) {
	slots := make(chan struct{}, 8)
	for _, u := range urls {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		go func() {
			defer func() { <-slots }()
			_ = get(ctx, u)
		}()
	}
}

func orDrop(ctx context.Context, in <-chan string) {
	slots := make(chan struct{}, 8)
	for u := range in {
		select {
		case slots <- struct{}{}:
			go func() {
				defer func() { <-slots }()
				_ = get(ctx, u)
			}()
		default:
		}
	}
}

func byToken(ctx context.Context, urls []string) {
	tokens := make(chan int, 4)
	for i := range 4 {
		tokens <- i
	}
	for _, u := range urls {
		tok := <-tokens
		go func() {
			_ = get(ctx, u)
			tokens <- tok
		}()
	}
}

func byWeighted(ctx context.Context, urls []string) error {
	sem := semaphore.NewWeighted(4)
	for _, u := range urls {
		if err := sem.Acquire(ctx, 1); err != nil {
			return err
		}
		go func() {
			defer sem.Release(1)
			_ = get(ctx, u)
		}()
	}
	return nil
}

func byRate(ctx context.Context, l *rate.Limiter, in <-chan string) error {
	for u := range in {
		if err := l.Wait(ctx); err != nil {
			return err
		}
		go get(ctx, u)
	}
	return nil
}

func byBatch(ctx context.Context, urls []string) {
	for batch := range slices.Chunk(urls, 10) {
		var wg sync.WaitGroup
		for _, u := range batch {
			wg.Go(func() { _ = get(ctx, u) })
		}
		wg.Wait()
	}
}

func byHandCutBatch(ctx context.Context, urls []string) {
	for i := 0; i < len(urls); i += 10 {
		var wg sync.WaitGroup
		for _, u := range urls[i:min(i+10, len(urls))] {
			wg.Go(func() { _ = get(ctx, u) })
		}
		wg.Wait()
	}
}

func oneAtATime(ctx context.Context, urls []string) {
	for _, u := range urls {
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = get(ctx, u)
		}()
		<-done
	}
}

func byCounter(ctx context.Context, in <-chan string, done chan struct{}) {
	running := 0
	for {
		if running >= 8 {
			<-done
			running--
			continue
		}
		u := <-in
		running++
		go func() {
			_ = get(ctx, u)
			done <- struct{}{}
		}()
	}
}

func perCPU(ctx context.Context, jobs <-chan string) {
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for u := range jobs {
				_ = get(ctx, u)
			}
		}()
	}
}

func perWorker(ctx context.Context, workers int, jobs <-chan string) {
	for i := 0; i < workers; i++ {
		go func() {
			for u := range jobs {
				_ = get(ctx, u)
			}
		}()
	}
}

func perLiteral(ctx context.Context) {
	for _, u := range []string{"http://a", "http://b"} {
		go get(ctx, u)
	}
}

func firstFew(ctx context.Context, urls []string) {
	for _, u := range urls[:min(len(urls), 3)] {
		go get(ctx, u)
	}
}

func clamped(ctx context.Context, urls []string) {
	n := len(urls)
	if n > 4 {
		n = 4
	}
	for i := range n {
		go get(ctx, urls[i])
	}
}

func onlyFirst(ctx context.Context, urls []string) {
	for _, u := range urls {
		if u != "" {
			go get(ctx, u)
			return
		}
	}
}

// A goroutine per connection is how Go serves.
func accept(ctx context.Context, l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			_ = get(ctx, c.RemoteAddr().String())
		}()
	}
}

// A loop that switches its input off while a goroutine works has one of them.
func loop(ctx context.Context, in <-chan string, beat *time.Ticker) {
	var done chan error
	for {
		next := in
		if done != nil {
			next = nil
		}
		select {
		case u := <-next:
			c := make(chan error, 1)
			done = c
			go func() { c <- get(ctx, u) }()
		case <-done:
			done = nil
		case <-beat.C:
		case <-ctx.Done():
			return
		}
	}
}

// What does not wait is over at once.
func quick(names []string, see func(string)) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Go(func() { _ = len(n) })
	}
	wg.Wait()
}

type gate struct{ slots chan struct{} }

func newGate() *gate { return &gate{slots: make(chan struct{}, 4)} }

func (g *gate) begin(ctx context.Context, u string) {
	g.slots <- struct{}{}
	go func() {
		defer func() { <-g.slots }()
		_ = get(ctx, u)
	}()
}

func (g *gate) beginAll(ctx context.Context, urls []string) {
	for _, u := range urls {
		g.begin(ctx, u)
	}
}

func waited(ctx context.Context, u string) error {
	errs := make(chan error, 1)
	go func() { errs <- get(ctx, u) }()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func waitedAll(ctx context.Context, urls []string) {
	for _, u := range urls {
		_ = waited(ctx, u)
	}
}

// What is started once for a reason that the elements do not give is no fan-out.
func (s *service) note(ctx context.Context, u string) {
	if u == "last" {
		go s.visit(ctx, "http://done")
	}
}

func (s *service) noteAll(ctx context.Context, urls []string) {
	for _, u := range urls {
		s.note(ctx, u)
	}
}

type cache struct {
	mu      sync.Mutex
	loading map[string]chan struct{}
}

// load starts what is not under way yet.
func (c *cache) load(ctx context.Context, u string) chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	done, ok := c.loading[u]
	if !ok {
		done = make(chan struct{})
		c.loading[u] = done
		go func() {
			_ = get(ctx, u)
			close(done)
		}()
	}
	return done
}

func (c *cache) loadAll(ctx context.Context, urls []string) {
	for _, u := range urls {
		c.load(ctx, u)
	}
}

// poll asks for as long as anybody wants to know.
func poll(ctx context.Context, u string) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			_ = get(ctx, u)
		case <-ctx.Done():
			return
		}
	}
}

func pollAll(ctx context.Context, urls []string) {
	for _, u := range urls {
		go poll(ctx, u)
	}
}
