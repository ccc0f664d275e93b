// Package loops holds event loops that wait without bound, and their twins.
package loops

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type event struct{ url string }

func get(url string) {
	if resp, err := http.Get(url); err == nil {
		resp.Body.Close()
	}
}

func fetch(url string) { get(url) }

// Two events: while the loop waits for one, nobody serves the other.

func deafThroughCalls(quit <-chan struct{}, in, more <-chan event) {
	for {
		select {
		case <-quit:
			return
		case e := <-in:
			fetch(e.url) // want "fetch → get → http.Get waits without bound, so quit and more are not served"
		case <-more:
		}
	}
}

func deafBehindSelect(ctx context.Context, in, more <-chan event) {
	for {
		var e event
		select {
		case <-ctx.Done():
			return
		case e = <-in:
		case e = <-more:
		}
		get(e.url) // want "get → http.Get waits without bound"
	}
}

func deafWhile(ctx context.Context, in, more <-chan event) {
	for ctx.Err() == nil {
		select {
		case e := <-in:
			get(e.url) // want "get → http.Get waits without bound"
		case <-more:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return
		}
		select {
		case e := <-in:
			_ = e
		case <-ctx.Done():
			return
		}
	}
}

func deafLabelled(ctx context.Context, in, more <-chan event) {
loop:
	for {
		select {
		case e := <-in:
			if e.url == "" {
				continue loop
			}
			net.LookupHost(e.url) // want "net.LookupHost waits without bound, so ctx.Done.. and more are not served"
		case <-more:
		case <-ctx.Done():
			break loop
		}
	}
}

func deafInLiteral(ctx context.Context, in, more <-chan event) {
	handle := func(e event) { get(e.url) } // want "get → http.Get waits without bound"
	for {
		select {
		case e := <-in:
			handle(e)
		case <-more:
		case <-ctx.Done():
			return
		}
	}
}

func deafByMethodValue(ctx context.Context, s *server[event], more <-chan event) {
	handle := s.store
	for {
		select {
		case e := <-s.in:
			handle(e) // want "handle → sql.DB.Exec waits without bound, so ctx.Done.. and more are not served"
		case <-more:
		case <-ctx.Done():
			return
		}
	}
}

func (s *server[T]) store(v T) { s.db.Exec("insert into t values (?)", v) }

type server[T any] struct {
	in   chan T
	size chan int
	done chan struct{}
	db   *sql.DB
}

func (s *server[T]) run() {
	for {
		select {
		case v := <-s.in:
			s.db.Exec("insert into t values (?)", v) // want "s.db.Exec waits without bound, so s.done and s.size are not served"
		case <-s.size:
		case <-s.done:
			return
		}
	}
}

func (s *server[T]) close() { close(s.done) }

func deafRange(ctx context.Context, in <-chan []string, more <-chan event) {
	for {
		select {
		case urls := <-in:
			for _, u := range urls {
				get(u) // want "get → http.Get waits without bound"
			}
		case <-more:
		case <-ctx.Done():
			return
		}
	}
}

// One event and an end that the function is handed, and a wait that hears
// nothing beside it.

func deaf(ctx context.Context, in <-chan event) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-in:
			http.Get(e.url) // want "http.Get waits without bound, so ctx.Done.. is not served meanwhile; bound it or move it to a goroutine"
		}
	}
}

func deafGoroutine(ctx context.Context, in <-chan event) {
	go func() {
		for {
			select {
			case e := <-in:
				exec.Command("touch", e.url).Run() // want "waits without bound, so ctx.Done.. is not served"
			case <-ctx.Done():
				return
			}
		}
	}()
}

// One event and an end: a worker, whose job it is to wait.

func workerThroughCalls(ctx context.Context, in <-chan event) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-in:
			get(e.url)
		}
	}
}

type ownWorker struct {
	in   chan event
	quit chan struct{}
}

func (w *ownWorker) run() {
	for {
		select {
		case e := <-w.in:
			exec.Command("touch", e.url).Run()
		case <-w.quit:
			return
		}
	}
}

func (w *ownWorker) close() { close(w.quit) }

// Several events: pauses count, too.

func pauses(in, kill <-chan event, quit <-chan struct{}) {
	for {
		select {
		case <-in:
			time.Sleep(time.Second) // want "time.Sleep takes 1s, so quit and kill are not served meanwhile; wait for a timer in a case of its own"
		case <-kill:
		case <-quit:
			return
		}
	}
}

func pausesFor(in, more <-chan event, d time.Duration) {
	for {
		select {
		case <-in:
			time.Sleep(d) // want "time.Sleep takes a variable time, so more is not served"
		case e, ok := <-more:
			if !ok {
				return
			}
			_ = e
		}
	}
}

func joins(in, more <-chan []event) {
	var wg sync.WaitGroup
	for {
		select {
		case list := <-in:
			for _, e := range list {
				wg.Go(func() { get(e.url) })
			}
			wg.Wait() // want "wg.Wait waits without bound, so more is not served meanwhile; wait in a goroutine and select on its result"
		case <-more:
			return
		}
	}
}

func joinsErrors(in, more <-chan []event) {
	for {
		select {
		case list := <-in:
			var g errgroup.Group
			for _, e := range list {
				g.Go(func() error { get(e.url); return nil })
			}
			g.Wait() // want "g.Wait waits without bound, so more is not served"
		case <-more:
		}
	}
}

// A join that a callee does, of goroutines that wait for the outside.

type fleet struct {
	wg   sync.WaitGroup
	urls chan string
	done chan event
}

func (f *fleet) start(url string) { f.wg.Go(func() { get(url) }) }

func (f *fleet) settle() { f.wg.Wait() }

func (f *fleet) run() {
	for {
		select {
		case u := <-f.urls:
			f.start(u)
		case <-f.done:
			f.settle() // want "f.settle → sync.WaitGroup.Wait waits without bound, so f.urls is not served"
		}
	}
}

func joinsInCallee(in, more <-chan []event) {
	for {
		select {
		case list := <-in:
			getAll(list) // want "getAll → errgroup.Group.Wait waits without bound, so more is not served"
		case <-more:
		}
	}
}

func getAll(list []event) error {
	var g errgroup.Group
	for _, e := range list {
		g.Go(func() error { get(e.url); return nil })
	}
	return g.Wait()
}

func joinsByHand(in, more <-chan []event) {
	for {
		select {
		case list := <-in:
			getAllByHand(list) // want "getAllByHand → sync.WaitGroup.Wait waits without bound, so more is not served"
		case <-more:
		}
	}
}

func getAllByHand(list []event) {
	var wg sync.WaitGroup
	for _, e := range list {
		wg.Add(1)
		go func() {
			defer wg.Done()
			get(e.url)
		}()
	}
	wg.Wait()
}

// A join of computations is over soon.
func joinsShortWork(in, more <-chan []event) {
	for {
		select {
		case list := <-in:
			measure(list)
		case <-more:
		}
	}
}

func measure(list []event) {
	var wg sync.WaitGroup
	for i := range list {
		wg.Go(func() { list[i].url += "/" })
	}
	wg.Wait()
}

// One function called by two cases is one report.
func twice(ctx context.Context, in, more <-chan event) {
	for {
		select {
		case e := <-in:
			get(e.url) // want "get → http.Get waits without bound"
		case e := <-more:
			get(e.url)
		case <-ctx.Done():
			return
		}
	}
}

// What is fine.

func bounded(ctx context.Context, in <-chan event) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-in:
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, e.url, nil)
			if err != nil {
				continue
			}
			if resp, err := http.DefaultClient.Do(req); err == nil {
				resp.Body.Close()
			}
		}
	}
}

func timed(ctx context.Context, in <-chan event) {
	client := &http.Client{Timeout: time.Second}
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-in:
			if resp, err := client.Get(e.url); err == nil {
				resp.Body.Close()
			}
		}
	}
}

func offloaded(ctx context.Context, in <-chan event) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-in:
			go get(e.url)
		}
	}
}

func onTheWayOut(ctx context.Context, in <-chan event, wg *sync.WaitGroup) {
	for {
		select {
		case <-ctx.Done():
			get("http://example.com/bye")
			return
		case e, ok := <-in:
			if !ok {
				wg.Wait()
				get("http://example.com/done")
				return
			}
			_ = e
		}
	}
}

func deferred(ctx context.Context, in <-chan event) {
	defer get("http://example.com/bye")
	for {
		select {
		case <-ctx.Done():
			return
		case <-in:
		}
	}
}

func worker(jobs <-chan event) {
	for e := range jobs {
		get(e.url)
	}
}

func lonely(in <-chan event) {
	for {
		select {
		case e, ok := <-in:
			if !ok {
				return
			}
			get(e.url)
		}
	}
}

func oneEventSleeps(in <-chan event, quit <-chan struct{}) {
	for {
		select {
		case <-in:
			time.Sleep(time.Second)
		case <-quit:
			return
		}
	}
}

// A signal that only ends the loop is no event, whatever it is called.
func oneEventAndEnd(in <-chan event, last chan struct{}) {
	for {
		select {
		case <-in:
			time.Sleep(time.Second)
		case <-last:
			return
		}
	}
}

func napsUntil(in, more <-chan event, last time.Time, d time.Duration) {
	for {
		select {
		case <-in:
			time.Sleep(time.Until(last.Add(10 * time.Millisecond)))
			time.Sleep(min(d, 10*time.Millisecond))
		case <-more:
			return
		}
	}
}

// A back-off whose limit is in view.

const longestBackOff = 2 * time.Second

var usualPause = 5 * time.Second

func clamps(in, more <-chan event, d time.Duration) {
	for {
		select {
		case <-in:
			if d *= 2; d > longestBackOff {
				d = longestBackOff
			}
			time.Sleep(d)
		case <-more:
			return
		}
	}
}

func clampsElsewhere(in, more <-chan event, tries int) {
	for {
		select {
		case <-in:
			backOff(tries)
		case <-more:
			return
		}
	}
}

func backOff(tries int) {
	d := time.Duration(tries) * time.Second
	if d > longestBackOff {
		d = longestBackOff
	}
	time.Sleep(d)
}

func pausesAsUsual(in, more <-chan event) {
	for {
		select {
		case <-in:
			pause := usualPause
			time.Sleep(pause)
		case <-more:
			return
		}
	}
}

func growsWithoutLimit(in, more <-chan event) {
	d := time.Millisecond
	for {
		select {
		case <-in:
			d *= 2
			time.Sleep(d) // want "time.Sleep takes a variable time, so more is not served"
		case e, ok := <-more:
			if !ok {
				return
			}
			_ = e
		}
	}
}

func shortPause(in, kill <-chan event) {
	for {
		select {
		case <-in:
			time.Sleep(time.Millisecond)
		case <-kill:
			return
		}
	}
}

func once(ctx context.Context, in <-chan event) {
	select {
	case e := <-in:
		get(e.url)
	case <-ctx.Done():
	}
}

func handler(w http.ResponseWriter, r *http.Request, in <-chan event) {
	for {
		select {
		case e := <-in:
			get(e.url)
		case <-r.Context().Done():
			return
		}
	}
}

// A pump reads and writes one connection; it ends when that is closed.
func pump(conn net.Conn, out <-chan []byte, quit <-chan struct{}) {
	for {
		select {
		case b := <-out:
			conn.Write(b)
		case <-quit:
			return
		}
	}
}

// Looking at a stop flag between two units of work is no event loop.
func looks(ln net.Listener, quit <-chan struct{}) {
	for {
		select {
		case <-quit:
			return
		default:
		}
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go conn.Close()
	}
}

// A retry asks a few times and pauses in between.
func retry(ctx context.Context, url string) {
	for range 3 {
		get(url)
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return
		}
	}
}
