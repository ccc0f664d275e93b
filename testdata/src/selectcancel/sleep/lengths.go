package sleep

import (
	"context"
	"errors"
	"log"
	"math/rand"
	"net"
	"net/http"
	"os"
	"time"
)

var errAgain = errors.New("again")

// Half a second is what people notice.
func halfSecond(ctx context.Context) {
	use(ctx)
	time.Sleep(500 * time.Millisecond) // want `time\.Sleep cannot be cut short by ctx`
}

func blink(ctx context.Context) {
	use(ctx)
	time.Sleep(200 * time.Millisecond)
}

// Ten turns make a second.
func tenTurns(ctx context.Context, try func(context.Context) error) (err error) {
	for attempt := 0; attempt < 10; attempt++ {
		if err = try(ctx); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond) // want `time\.Sleep cannot be cut short by ctx`
	}
	return err
}

func threeTurns(ctx context.Context, try func(context.Context) error) (err error) {
	for attempt := range 3 {
		if attempt > 0 {
			time.Sleep(time.Duration(100*attempt) * time.Millisecond)
		}
		if err = try(ctx); err == nil {
			return nil
		}
	}
	return err
}

func countsDown(ctx context.Context, try func(context.Context) error) {
	for left := 3; left >= 0; left-- {
		if try(ctx) == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func countsFarDown(ctx context.Context, try func(context.Context) error) {
	for left := 30; left > 0; left-- {
		if try(ctx) == nil {
			return
		}
		time.Sleep(100 * time.Millisecond) // want `time\.Sleep cannot be cut short by ctx`
	}
}

// Nobody knows how many turns it takes, and nothing in the loop asks.
func untilReady(ctx context.Context, ready func() bool) {
	for !ready() {
		time.Sleep(100 * time.Millisecond) // want `time\.Sleep cannot be cut short by ctx`
	}
	use(ctx)
}

// What is tried is given the context, but its failure only means another turn.
func untilTried(ctx context.Context, try func(context.Context) error) {
	for {
		if err := try(ctx); err == nil {
			return
		}
		time.Sleep(200 * time.Millisecond) // want `time\.Sleep cannot be cut short by ctx`
	}
}

// A failure leaves, so that each turn asks.
func untilFailed(ctx context.Context, check func(context.Context) (bool, error)) error {
	for {
		ok, err := check(ctx)
		if err != nil {
			return err
		}
		if ok {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func asksBySelect(ctx context.Context, poll func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		poll()
		time.Sleep(700 * time.Millisecond)
	}
}

func asksButLong(ctx context.Context, poll func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		poll()
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
	}
}

func asksErr(ctx context.Context, poll func()) {
	for {
		if ctx.Err() != nil {
			return
		}
		poll()
		time.Sleep(300 * time.Millisecond)
	}
}

// The name says exit, but it counts.
func countsExits(ctx context.Context, remove func(string) error, exitCounts map[string]int, path string) error {
	use(ctx)
	for {
		err := remove(path)
		if err == nil || exitCounts[path] > 50 {
			return err
		}
		exitCounts[path]++
		time.Sleep(100 * time.Millisecond) // want `time\.Sleep cannot be cut short by ctx`
	}
}

// A random start, less than a second.
func jitter(ctx context.Context, r *rand.Rand) {
	time.Sleep(time.Duration(r.Float64() * float64(time.Second)))
	time.Sleep(time.Duration(r.Int63n(int64(800 * time.Millisecond))))
	use(ctx)
}

func wideJitter(ctx context.Context, r *rand.Rand) {
	time.Sleep(time.Duration(r.Float64() * float64(5*time.Second))) // want `time\.Sleep cannot be cut short by ctx`
	use(ctx)
}

func atLeast(ctx context.Context, r *rand.Rand) {
	time.Sleep(max(time.Duration(r.Int63n(int64(time.Minute))), time.Second)) // want `time\.Sleep cannot be cut short by ctx`
	use(ctx)
}

const pace = 300 * time.Millisecond

func paced(ctx context.Context, work func()) {
	began := time.Now()
	work()
	use(ctx)
	if took := time.Since(began); took < pace {
		time.Sleep(pace - took)
	}
}

type menu struct {
	delay   time.Duration
	refresh time.Duration
}

func newMenu(slow bool) *menu {
	m := &menu{delay: 5 * time.Millisecond, refresh: time.Minute}
	if slow {
		m.delay = 150 * time.Millisecond
	}
	return m
}

// The field only ever gets short delays.
func (m *menu) open(ctx context.Context) {
	use(ctx)
	time.Sleep(m.delay)
}

func (m *menu) redraw(ctx context.Context) {
	use(ctx)
	time.Sleep(m.refresh) // want `time\.Sleep cannot be cut short by ctx`
}

// The system is out of descriptors for a moment; closing the listener ends it.
func accepts(ctx context.Context, ln net.Listener, serve func(context.Context, net.Conn)) error {
	delay := 5 * time.Millisecond
	for {
		conn, err := ln.Accept()
		if err != nil {
			var ne net.Error
			if !errors.As(err, &ne) {
				return err
			}
			if delay *= 2; delay > time.Second {
				delay = time.Second
			}
			time.Sleep(delay)
			continue
		}
		go serve(ctx, conn)
	}
}

// Only tests ask for it.
func slowed(ctx context.Context) error {
	if s := os.Getenv("SLOW_COPY"); s != "" {
		d, err := time.ParseDuration(s)
		if err != nil {
			return err
		}
		time.Sleep(d)
	}
	use(ctx)
	return nil
}

var testHookDelay time.Duration

func hooked(ctx context.Context) {
	if testHookDelay > 0 {
		time.Sleep(testHookDelay)
	}
	use(ctx)
}

// Guessing passwords shall take its time.
func login(w http.ResponseWriter, r *http.Request, ok bool, penalty time.Duration) {
	if !ok {
		if penalty > 0 {
			time.Sleep(penalty)
		}
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func throttled(w http.ResponseWriter, r *http.Request, penalty time.Duration) {
	time.Sleep(penalty) // want `time\.Sleep cannot be cut short by r\.Context\(\)`
	w.WriteHeader(http.StatusOK)
}

type object struct{ name string }

func (o *object) Remove(ctx context.Context) error { return ctx.Err() }

// The context may have ended long before what is left behind is removed.
func upload(ctx context.Context, o *object, put func(context.Context) error, remove func(string)) error {
	drop := func() {
		time.Sleep(time.Second)
		remove(o.name)
	}
	if err := put(ctx); err != nil {
		drop()
		return err
	}
	if err := put(ctx); err != nil {
		time.Sleep(2 * time.Second)
		o.Remove(ctx)
		return err
	}
	return nil
}

// Here the same pause belongs to the next try.
func uploadAgain(ctx context.Context, put func(context.Context) error) {
	again := func() { time.Sleep(time.Second) } // want `time\.Sleep cannot be cut short by ctx`
	for {
		if err := put(ctx); err != nil {
			log.Print(err)
			again()
			continue
		}
		return
	}
}

func onFailure(err *error, f func()) func() {
	return func() {
		if *err != nil {
			f()
		}
	}
}

func handedToDefer(ctx context.Context, put func(context.Context) error) (err error) {
	defer onFailure(&err, func() { time.Sleep(3 * time.Second) })()
	return put(ctx)
}

// This context never ends.
func withoutEnd(ctx context.Context, d time.Duration) {
	if done := ctx.Done(); done != nil {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-done:
			return
		case <-t.C:
			return
		}
	}
	time.Sleep(d)
}

type peer struct{ onOpen func() }

// OnOpen keeps f until the connection is there.
func (p *peer) OnOpen(f func()) { p.onOpen = f }

// Signal answers at once; the peer talks for hours.
func signal(w http.ResponseWriter, r *http.Request, p *peer, send func() error) {
	p.OnOpen(func() {
		for send() == nil {
			time.Sleep(3 * time.Second)
		}
	})
	w.WriteHeader(http.StatusOK)
}

// Each calls f at once.
func (p *peer) Each(f func() error) error { return f() }

func each(w http.ResponseWriter, r *http.Request, p *peer, send func() error) {
	p.Each(func() error {
		for send() != nil {
			time.Sleep(3 * time.Second) // want `time\.Sleep cannot be cut short by r\.Context\(\)`
		}
		return nil
	})
}

// A task without end that was started beside the work: that it has no end is
// what is wrong with it.
func nags(ctx context.Context) {
	use(ctx)
	go func() {
		for {
			println("please restart")
			time.Sleep(5 * time.Minute)
		}
	}()
}

type daemon struct {
	startupDone chan struct{}
	closed      chan struct{}
}

func (d *daemon) start() { close(d.startupDone) }

func (d *daemon) Close() { close(d.closed) }

type collector struct{ loaded chan struct{} }

func (c *collector) init() { close(c.loaded) }

// A channel that says that all is loaded ends nothing.
func (c *collector) run(collect func()) {
	for {
		collect()
		time.Sleep(time.Minute)
	}
}

func (d *daemon) run(collect func()) {
	for {
		collect()
		time.Sleep(time.Minute) // want `time\.Sleep cannot be cut short by d\.closed`
	}
}

func nap(d time.Duration) { time.Sleep(d) }

// One function to mend, one report.
func napsHere(ctx context.Context, d time.Duration) {
	use(ctx)
	nap(d) // want `nap always sleeps, which cannot be cut short by ctx`
}

func napsThere(ctx context.Context, d time.Duration) {
	use(ctx)
	nap(d)
}

// The answer of Stop in a variable.
func drains(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	use(ctx)
	stopped := t.Stop()
	if !stopped {
		<-t.C
	}
}

var _ = errAgain

// The literal is short, the loop that calls it is not.
func waitsByName(ctx context.Context, ready func() bool) {
	wait := func() { time.Sleep(200 * time.Millisecond) } // want `time\.Sleep cannot be cut short by ctx`
	for !ready() {
		wait()
	}
	use(ctx)
}

func waitsTwice(ctx context.Context, ready func() bool) {
	wait := func() { time.Sleep(200 * time.Millisecond) }
	for range 2 {
		wait()
	}
	use(ctx)
}
