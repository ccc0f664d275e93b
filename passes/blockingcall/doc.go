// Package blockingcall reports waits that keep a goroutine from those who rely
// on it.
//
// # Analyzer blockingcall
//
// blockingcall: report waits that keep a goroutine from those who rely on it
//
// A goroutine that waits costs Go nothing, so waiting is no mistake in itself. It
// is one where others rely on the goroutine: a loop that selects over several
// events or owes a heartbeat, an actor that answers requests, an accept loop, a
// callback on a library's only goroutine, a function stated to be nonblocking.
// Between two visits of its wait point such a goroutine is the only consumer of
// some event, and somebody waits, times out or drops data while it is away. This
// pass finds what keeps it away without bound, directly or through calls, and
// names who is not served meanwhile.
//
// A loop counts as an event loop if its select receives from two channels or
// more, a ticker's included; timers and cancellation are no events. Workers never
// count: loops over a channel of jobs, with or without an end, loops that only
// tick, goroutines started several at a time, handlers of requests, main. What
// waits is known from the code of the module and from tables of libraries; calls
// through interfaces and function values that no table lists prove nothing.
//
// # Rule nonblocking-violated
//
// A function marked //asynclint:nonblocking, or one that implements an interface
// method marked so, that may wait. The whole chain of calls is shown.
//
// Why: somebody wrote down that this function returns at once, and callers rely
// on it. A wait deep inside a callee breaks that silently.
//
// Example:
//
//	//asynclint:nonblocking
//	func report(url string) {
//		send(url)
//	}
//
//	func send(url string) {
//		if resp, err := http.Get(url); err == nil {
//			resp.Body.Close()
//		}
//	}
//
// Instead:
//
//	//asynclint:nonblocking
//	func report(url string, queue chan<- string) {
//		select {
//		case queue <- url:
//		default: // dropped rather than waited for
//		}
//	}
//
// Not reported: locks and log records, unless the level is strict; what only
// happens in goroutines that the function starts.
//
// Known limits: calls through interfaces and function values are not followed.
//
// # Rule loop-sends-to-itself
//
// A loop that sends on an unbuffered channel from which only the loop itself
// receives.
//
// Why: nobody is left to receive: the loop waits for itself, for ever.
//
// Example:
//
//	func run(stop <-chan struct{}, start func() bool) {
//		retry := make(chan int)
//		go func() {
//			for {
//				select {
//				case n := <-retry:
//					if !start() {
//						retry <- n + 1
//					}
//				case <-stop:
//					return
//				}
//			}
//		}()
//	}
//
// Instead:
//
//	func run(stop <-chan struct{}, start func() bool) {
//		retry := make(chan int)
//		go func() {
//			for {
//				select {
//				case n := <-retry:
//					for !start() {
//						n++
//					}
//				case <-stop:
//					return
//				}
//			}
//		}()
//	}
//
// Not reported: sends in a select, channels with a buffer, channels that code out
// of view may receive from, loops that several goroutines may run.
//
// Known limits: the send is followed through three calls, and only where each is
// given the object that holds the channel.
//
// # Rule reply-blocks-actor
//
// A reply channel without a buffer that travels with a request, whose requester
// may leave (timeout, cancellation) before the answer comes, while the actor
// sends the answer bare.
//
// Why: once the requester has left, nobody receives. The actor waits for ever on
// a dead client's channel, and every other client waits for the actor.
//
// Example:
//
//	type request struct {
//		key   string
//		reply chan int
//	}
//
//	func ask(ctx context.Context, inbox chan<- request, key string) (int, error) {
//		r := request{key, make(chan int)}
//		select {
//		case inbox <- r:
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//		select {
//		case v := <-r.reply:
//			return v, nil
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//	}
//
//	func actor(inbox <-chan request) {
//		for r := range inbox {
//			r.reply <- len(r.key)
//		}
//	}
//
// Instead:
//
//	type request struct {
//		key   string
//		reply chan int
//	}
//
//	func ask(ctx context.Context, inbox chan<- request, key string) (int, error) {
//		r := request{key, make(chan int, 1)}
//		select {
//		case inbox <- r:
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//		select {
//		case v := <-r.reply:
//			return v, nil
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//	}
//
//	func actor(inbox <-chan request) {
//		for r := range inbox {
//			r.reply <- len(r.key)
//		}
//	}
//
// Not reported: requesters that stay until the answer comes, channels of many
// values that a loop goes on receiving, a last word after which the sender's loop
// ends, actors that answer
// in a select, answers from a goroutine of their own.
//
// Known limits: requester and actor must be in one package.
//
// # Rule starves-heartbeat
//
// In an event loop with a ticker, another case that sleeps or may time out no
// sooner than the ticker ticks, or that waits for the outside without bound,
// reading from an open connection included; or that takes a lock which another
// function holds while it reads from a connection.
//
// Why: a ticker drops the ticks nobody receives. Keep-alives, leases and
// elections that hang on the tick fail although the process is well.
//
// Example:
//
//	func lead(beat func(), in <-chan string, stop <-chan struct{}) {
//		tick := time.NewTicker(time.Second)
//		defer tick.Stop()
//		for {
//			select {
//			case <-tick.C:
//				beat()
//			case name := <-in:
//				exec.Command("rotate", name).Run()
//			case <-stop:
//				return
//			}
//		}
//	}
//
// Instead:
//
//	func lead(beat func(), in <-chan string, stop <-chan struct{}) {
//		tick := time.NewTicker(time.Second)
//		defer tick.Stop()
//		var done chan struct{}
//		for {
//			next := in
//			if done != nil {
//				next = nil // one at a time
//			}
//			select {
//			case <-tick.C:
//				beat()
//			case name := <-next:
//				finished := make(chan struct{})
//				done = finished
//				go func() {
//					defer close(finished)
//					exec.Command("rotate", name).Run()
//				}()
//			case <-done:
//				done = nil
//			case <-stop:
//				return
//			}
//		}
//	}
//
// Not reported: waits shorter than a period that is known, waits that a context
// or deadline bounds. A constant timeout, of a context, a dial, a dialer or an
// http.Client, that is not shorter than a known period is reported.
//
// Known limits: the period is known if the ticker is made with a constant in the
// same function, or for a field that never holds another, and a client's timeout if the only value of its variable or
// field sets it.
//
// # Rule blocks-event-loop
//
// In a case of an event loop, or beside its select, a long wait: for network,
// name servers, databases or other processes without a context or deadline, a
// long sleep, or waiting for a group of goroutines. It may be in a function that
// is called; the message shows the way. An actor that ranges over requests and
// answers each on a channel that came with it must not wait for the outside
// without bound either. A lock is such a wait if another function of the package
// holds it while it waits for goroutines that take long, or reads from a connection
// without a deadline; the message names that function.
//
// Why: while the loop waits it looks at none of its other cases. Cancellation is
// not heard, senders pile up, and nothing bounds how long.
//
// Example:
//
//	func watch(ctx context.Context, urls <-chan string, limits <-chan int64) {
//		limit := int64(0)
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case limit = <-limits:
//			case u := <-urls:
//				if resp, err := http.Get(u); err == nil {
//					io.CopyN(io.Discard, resp.Body, limit)
//					resp.Body.Close()
//				}
//			}
//		}
//	}
//
// Instead:
//
//	func watch(ctx context.Context, urls <-chan string, limits <-chan int64) {
//		limit := int64(0)
//		var got chan *http.Response
//		for {
//			next := urls
//			if got != nil {
//				next = nil // one at a time
//			}
//			select {
//			case <-ctx.Done():
//				return
//			case limit = <-limits:
//			case u := <-next:
//				answer := make(chan *http.Response, 1)
//				got = answer
//				go func() { answer <- get(ctx, u) }()
//			case resp := <-got:
//				if got = nil; resp != nil {
//					io.CopyN(io.Discard, resp.Body, limit)
//					resp.Body.Close()
//				}
//			}
//		}
//	}
//
//	func get(ctx context.Context, url string) *http.Response {
//		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
//		if err != nil {
//			return nil
//		}
//		resp, _ := http.DefaultClient.Do(req)
//		return resp
//	}
//
// Not reported: the join of goroutines that were told to stop on the lines before,
// that have sent what the case received, or of one that is not known to wait; waits
// on the way out of the loop, waits with a context or
// deadline, sleeps below the settings' minimum, reading and writing a connection
// (what a pump is for), workers. At level strict only: sleeps whose length is
// computed and whose limit is in view, which are back-offs, sleeps more than three
// calls away, and loops with a single event or only a ticker, which keep nobody
// waiting but who stops them. Of those, a loop that is reported all the same hears
// a context or stop channel that its function is given, and itself calls what
// waits for the outside without it. Of locks: those held for reading on both sides,
// those under which what the loop calls waits in the same way, holders that run in
// the loop's goroutine or begin and end things. A lock held across a request or a
// channel operation is one defect and belongs to lockacrossblock, which reports or
// excuses it where the wait stands; here it is reported at level strict, or if that
// pass is switched off.
//
// Known limits: a select in a function that is called in a loop does not count as
// an event loop. Locks that are held by another object of the same type count as
// the same.
//
// # Rule serial-accept
//
// An accept loop that reads from a connection, or serves it, before it accepts
// the next one.
//
// Why: one client that sends nothing keeps all others out.
//
// Example:
//
//	func serve(ln net.Listener) error {
//		for {
//			conn, err := ln.Accept()
//			if err != nil {
//				return err
//			}
//			io.Copy(conn, conn)
//			conn.Close()
//		}
//	}
//
// Instead:
//
//	func serve(ln net.Listener) error {
//		for {
//			conn, err := ln.Accept()
//			if err != nil {
//				return err
//			}
//			go func() {
//				defer conn.Close()
//				io.Copy(conn, conn)
//			}()
//		}
//	}
//
// Not reported: servers for one connection, connections with a deadline, a short
// answer written before the connection is closed.
//
// Known limits: handlers behind interfaces and function values are not followed.
//
// # Rule callback-blocks
//
// A long wait in a callback whose library says that it must not wait, or calls it
// on the only goroutine of its loop.
//
// Why: while the callback waits, the library serves nobody.
//
// Example:
//
//	func serve(ln net.Listener) error {
//		srv := &http.Server{
//			ReadHeaderTimeout: time.Second,
//			ConnState: func(conn net.Conn, state http.ConnState) {
//				http.Get("http://stats.example/" + state.String())
//			},
//		}
//		return srv.Serve(ln)
//	}
//
// Instead:
//
//	func serve(ln net.Listener, states chan<- http.ConnState) error {
//		srv := &http.Server{
//			ReadHeaderTimeout: time.Second,
//			ConnState: func(conn net.Conn, state http.ConnState) {
//				select {
//				case states <- state:
//				default:
//				}
//			},
//		}
//		return srv.Serve(ln)
//	}
//
// Not reported: waits with a context or deadline, sends into a buffer or on a
// channel whose capacity is not in view, values that the function takes out of a
// channel of one and puts back, the join of one goroutine that is not known to wait.
//
// Known limits: the table of contracts lists the libraries; types that satisfy an
// interface of a package they do not import are missed.
//
// # Rule busy-wait
//
// A loop that only asks and pauses, over and over, for what it could wait for: a
// flag, a counter, a length, or a select that a default keeps from waiting.
//
// Why: polling is late by half its interval, or burns a processor, and hears no
// cancellation meanwhile.
//
// Example:
//
//	func await(ready *atomic.Bool) {
//		for !ready.Load() {
//			time.Sleep(100 * time.Millisecond)
//		}
//	}
//
// Instead:
//
//	func await(ready <-chan struct{}) {
//		<-ready
//	}
//
// Not reported: loops with a counter or deadline, compare-and-swap loops, loops
// that ask something outside the process, loops that do work between two looks,
// the runtime's own packages. Only at level strict: sleeps of a second or more with a
// context in scope, which selectcancel says are deaf.
//
// Known limits: conditions that call functions of other packages are not judged.
//
// # Rule slow-event-loop
//
// In an event loop, what is usually short and sometimes not: files, long
// computations, locks, streams, sends on a channel without buffer.
//
// Why: the strictest reading of the principle: an event loop only decides, others
// work.
//
// Example:
//
//	type store struct {
//		dirty chan []byte
//		quit  chan struct{}
//		file  *os.File
//	}
//
//	func (s *store) loop(tick *time.Ticker) {
//		for {
//			select {
//			case b := <-s.dirty:
//				s.flush(b)
//			case <-tick.C:
//			case <-s.quit:
//				return
//			}
//		}
//	}
//
//	func (s *store) flush(b []byte) {
//		s.file.Write(b)
//		s.file.Sync()
//	}
//
// Instead:
//
//	type store struct {
//		dirty chan []byte
//		quit  chan struct{}
//		file  *os.File
//	}
//
//	func (s *store) loop(tick *time.Ticker, writer chan<- []byte) {
//		for {
//			select {
//			case b := <-s.dirty:
//				select {
//				case writer <- b:
//				default:
//				}
//			case <-tick.C:
//			case <-s.quit:
//				return
//			}
//		}
//	}
//
// Not reported: loops that are no event loops, waits with a context or deadline.
//
// Known limits: of a lock that nobody is seen to hold for long it is not known how
// long it takes.
package blockingcall
