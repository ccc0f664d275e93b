// Package goroutineleak reports goroutines that never end, or that nobody knows to end.
//
// # Analyzer goroutineleak
//
// goroutineleak: report goroutines that never end or that nobody waits for
//
// Every goroutine should end, and somebody should know when it does. Go keeps no
// handle to a goroutine: what starts one must arrange for its end, wait for it, and
// take its error. This pass finds goroutines that cannot end, groups and results
// that nobody waits for, and work that outlives the request, test or object it
// belongs to.
//
// Waiting is read widely: a channel that somebody else receives from, a wait group,
// a condition, a callback out of view. Where any code out of view could wait for a
// goroutine or end it, the pass is silent. Goroutines that live as long as the
// process are exempt: those of main, init and TestMain, of functions called only
// from there, and of a sync.Once at package level. A comment //asynclint:daemon or
// //asynclint:detached with a reason, on the go statement or on the function it
// runs, states that a goroutine is left alone on purpose.
//
// # Rule abandoned-sender
//
// A goroutine that sends on a channel whose only receiver may have left: by an
// early return, a timeout, or because the first answer was enough; or that waits
// for a slot which another goroutine keeps on some path.
//
// Why: the goroutine, and all that it refers to, waits for ever. One leaks with
// each timeout.
//
// Example:
//
//	func ask(ctx context.Context, compute func() int) (int, error) {
//		ch := make(chan int)
//		go func() { ch <- compute() }()
//		select {
//		case v := <-ch:
//			return v, nil
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//	}
//
// Instead:
//
//	func ask(ctx context.Context, compute func() int) (int, error) {
//		ch := make(chan int, 1)
//		go func() { ch <- compute() }()
//		select {
//		case v := <-ch:
//			return v, nil
//		case <-ctx.Done():
//			return 0, ctx.Err()
//		}
//	}
//
// Not reported: channels with room for every send, channels that somebody drains,
// channels that code out of view may receive from, paths that end the process. Only
// at level strict: channels whose room is computed of more than one number, such as
// len(x)+n; goroutines that send in a loop more than once before they are stuck; runs in
// which a function value returns although what it reads is yet to be closed.
//
// A fix makes the channel with room that is proved to be enough, unless two sends in a
// row show that a return was forgotten between them. With -unsafe-fixes a bare send or
// receive is put into a select with the stop by which the other side leaves, a channel
// that it closes, or a context in scope.
//
// Known limits: maps of more than six entries; runs that need many turns of a loop.
//
// # Rule abandoned-receiver
//
// A goroutine that receives from, or ranges over, a channel that nobody sends on or
// closes any more, or that no code ever makes; that waits on a condition which
// nobody signals, or for a context of its own making that nobody cancels; or for
// another goroutine that ends only by what comes later.
//
// Why: the goroutine waits for ever, and what was to come behind the loop never
// happens.
//
// Example:
//
//	func sum(in []int) {
//		ch := make(chan int)
//		go func() {
//			t := 0
//			for v := range ch {
//				t += v
//			}
//			println(t)
//		}()
//		for _, v := range in {
//			ch <- v
//		}
//	}
//
// Instead:
//
//	func sum(in []int) {
//		ch := make(chan int)
//		go func() {
//			t := 0
//			for v := range ch {
//				t += v
//			}
//			println(t)
//		}()
//		for _, v := range in {
//			ch <- v
//		}
//		close(ch)
//	}
//
// Not reported: channels that code out of view may send on or close; waits for a
// timer or for a context that somebody else may cancel; fields that are exported,
// compared with nil or named for tests; conditions that anybody else gets hold of.
// Only at level strict: channels that a callback sends on or closes, or that are not
// closed but have room computed for a count of answers; a loop without end in a
// program's main line, served from a channel of which nobody knows whether it closes.
//
// Nor channels that nobody but the waiting function is given, and waits at the end of
// main: they are meant to last.
//
// Known limits: maps of more than six entries; buffers that many turns of a loop fill;
// fields of objects that the package does not make.
//
// # Rule group-never-done
//
// A wait group whose counter cannot reach zero on some path, whose goroutines wait
// for the waiter or leave their loop only by what comes behind the Wait, or whose
// goroutines count themselves, which may be too late; or whose goroutines keep a
// slot of a semaphore on some path. A group may be kept in a struct.
//
// Why: Wait never returns, and with it the function.
//
// Example:
//
//	func all(fs []func() error) {
//		var wg sync.WaitGroup
//		for _, f := range fs {
//			wg.Add(1)
//			go func() {
//				if f() != nil {
//					return
//				}
//				wg.Done()
//			}()
//		}
//		wg.Wait()
//	}
//
// Instead:
//
//	func all(fs []func() error) {
//		var wg sync.WaitGroup
//		for _, f := range fs {
//			wg.Add(1)
//			go func() {
//				defer wg.Done()
//				if f() != nil {
//					return
//				}
//			}()
//		}
//		wg.Wait()
//	}
//
// Not reported: groups that code out of view may tell; paths that end the process;
// goroutines that may leave their Done to another; slots that other functions give
// back; waits in a circle that goes through a lock, about which lockacrossblock
// speaks. Only at level strict: a Done in a callback, and sends that wait for room
// which is computed.
//
// A fix defers Done as the first thing that the goroutine does; where Done was not the
// last thing before each end, it is offered with -unsafe-fixes only.
//
// Known limits: panics of functions out of view.
//
// # Rule send-to-stopped-loop
//
// A bare send on an unbuffered channel whose only receivers are loops that a
// context or stop channel ends.
//
// Why: the loop may stop between the caller's last look and its send. Then the send
// waits for ever, and usually so does whoever waits for the caller: this is how
// shutdowns hang.
//
// Example:
//
//	type actor struct {
//		in   chan int
//		done chan struct{}
//	}
//
//	func newActor() *actor {
//		a := &actor{make(chan int), make(chan struct{})}
//		go a.run()
//		return a
//	}
//
//	func (a *actor) run() {
//		for {
//			select {
//			case v := <-a.in:
//				println(v)
//			case <-a.done:
//				return
//			}
//		}
//	}
//
//	func (a *actor) Put(v int) { a.in <- v }
//
//	func (a *actor) Close() { close(a.done) }
//
//	func Use() { newActor().Close() }
//
// Instead:
//
//	type actor struct {
//		in   chan int
//		done chan struct{}
//	}
//
//	func newActor() *actor {
//		a := &actor{make(chan int), make(chan struct{})}
//		go a.run()
//		return a
//	}
//
//	func (a *actor) run() {
//		for {
//			select {
//			case v := <-a.in:
//				println(v)
//			case <-a.done:
//				return
//			}
//		}
//	}
//
//	func (a *actor) Put(v int) {
//		select {
//		case a.in <- v:
//		case <-a.done:
//		}
//	}
//
//	func (a *actor) Close() { close(a.done) }
//
//	func Use() { newActor().Close() }
//
// Not reported: channels with a buffer, channels that anybody drains or receives
// from without a stop, channels that code out of view may receive from; sends to the
// loop of an object that the function makes itself, unless that is proved; sends that
// end the loop themselves, or that its stop case still receives; loops whose stop
// nobody in view gives, where all who could are in view; sends that only the turns of
// the loop make. Only at level strict: functions documented as being for tests; sends
// that every caller makes before it gives the stop itself.
//
// With -unsafe-fixes the send is put into a select with the loop's stop, where the
// sender can name it.
//
// Known limits: sends that are made only while the loop is known to run.
//
// # Rule endless-goroutine
//
// A goroutine that runs a loop without any way out, comes to a select without cases,
// or ranges over the channel of a ticker, which nobody can close; or one that nobody
// waits for and that goes on in a timed loop until its own work says so.
//
// Why: the goroutine, and all that it refers to, stays until the process ends. One
// for each object, request or reconnection adds up to a leak. Stop of a ticker ends
// its ticks, not the range over them.
//
// Example:
//
//	type cache struct{ t *time.Ticker }
//
//	func newCache(sweep func()) *cache {
//		c := &cache{time.NewTicker(time.Minute)}
//		go func() {
//			for range c.t.C {
//				sweep()
//			}
//		}()
//		return c
//	}
//
//	func (c *cache) Close() { c.t.Stop() }
//
//	func Use(sweep func()) { newCache(sweep).Close() }
//
// Instead:
//
//	type cache struct{ done chan struct{} }
//
//	func newCache(sweep func()) *cache {
//		c := &cache{make(chan struct{})}
//		go func() {
//			t := time.NewTicker(time.Minute)
//			defer t.Stop()
//			for {
//				select {
//				case <-t.C:
//					sweep()
//				case <-c.done:
//					return
//				}
//			}
//		}()
//		return c
//	}
//
//	func (c *cache) Close() { close(c.done) }
//
//	func Use(sweep func()) { newCache(sweep).Close() }
//
// Not reported: goroutines of main, init, TestMain and of functions that only they
// call; loops that listen to a stop, a flag, a deadline or an error, or that count
// their turns; loops that can end the process; handlers of operating system
// signals; loops that ask whether a channel is still open. Only at level strict: test
// files, goroutines documented as long-lived or started by the setup of the process
// only, and loops that end when a call says yes.
//
// Known limits: loops that have an exit which is never taken.
//
// # Rule errgroup-ctx
//
// The context of errgroup.WithContext thrown away, a task of the group that works
// with the parent context or waits for its end, or work with the group's context
// behind Wait.
//
// Why: the group's context is how the first error stops the other tasks. Tasks that
// do not use it run to their end for nothing. Behind Wait the context has ended,
// so all work with it fails.
//
// Example:
//
//	func all(ctx context.Context, jobs []string, run func(context.Context, string) error) error {
//		g, gctx := errgroup.WithContext(ctx)
//		for _, job := range jobs {
//			g.Go(func() error { return run(ctx, job) })
//		}
//		<-gctx.Done()
//		return g.Wait()
//	}
//
// Instead:
//
//	func all(ctx context.Context, jobs []string, run func(context.Context, string) error) error {
//		g, gctx := errgroup.WithContext(ctx)
//		for _, job := range jobs {
//			g.Go(func() error { return run(gctx, job) })
//		}
//		return g.Wait()
//	}
//
// Not reported: tasks that give work both contexts, that only log with the parent,
// or that detach it; waits that another channel in view ends, or beside tasks that
// never fail.
//
// Known limits: tasks that are named functions.
//
// # Rule request-ctx-escapes
//
// The context of an HTTP or gRPC request, or one derived from it, given to work in
// a goroutine that the handler does not wait for. The goroutine may be started by a
// function that the handler hands the context, or run a method of an object that
// holds it.
//
// Why: the server cancels the context when the handler returns. The work behind it
// is cut short, usually without anybody noticing.
//
// Example:
//
//	func audit(ctx context.Context) error {
//		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://audit", nil)
//		if err != nil {
//			return err
//		}
//		resp, err := http.DefaultClient.Do(req)
//		if err != nil {
//			return err
//		}
//		return resp.Body.Close()
//	}
//
//	func handle(w http.ResponseWriter, r *http.Request) {
//		go audit(r.Context())
//		w.WriteHeader(http.StatusAccepted)
//	}
//
// Instead:
//
//	func audit(ctx context.Context) error {
//		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://audit", nil)
//		if err != nil {
//			return err
//		}
//		resp, err := http.DefaultClient.Do(req)
//		if err != nil {
//			return err
//		}
//		return resp.Body.Close()
//	}
//
//	type server struct{ audits sync.WaitGroup }
//
//	func (s *server) handle(w http.ResponseWriter, r *http.Request) {
//		ctx := context.WithoutCancel(r.Context())
//		s.audits.Go(func() { _ = audit(ctx) })
//		w.WriteHeader(http.StatusAccepted)
//	}
//
//	func (s *server) Close() { s.audits.Wait() }
//
// Not reported: handlers that wait for the context's end themselves, or serve in a
// loop without condition until it comes; goroutines that
// the handler waits for, that only watch the context
// for its end, or that only log with it; goroutines of other functions that end
// with the context on purpose.
//
// Known limits: contexts derived by functions of this package.
//
// # Rule test-outlives
//
// A goroutine of a test that uses t and that nothing waits for.
//
// Why: once the test has returned, Log and Error panic, and Fatal ends the wrong
// goroutine. The failure hits whatever test runs next.
//
// Example:
//
//	func TestAsync(t *testing.T) {
//		go func() {
//			t.Log("still here")
//		}()
//	}
//
// Instead:
//
//	func TestAsync(t *testing.T) {
//		var wg sync.WaitGroup
//		wg.Go(func() {
//			t.Log("still here")
//		})
//		wg.Wait()
//	}
//
// Not reported: goroutines that send, close, or call Done where anybody waits for
// it, by a Cleanup as well; goroutines in a synctest bubble; goroutines that serve or use a connection,
// which ends with the other side.
//
// Known limits: waits that come too early.
//
// # Rule group-not-waited
//
// A wait group, errgroup or pool of a function's own that some path returns from
// without waiting, or one in a field of a closable type that no code waits for.
//
// Why: its goroutines go on behind the function's back, with variables the caller
// thinks are its own, and their errors are lost.
//
// Example:
//
//	func both(a, b func() error) {
//		var g errgroup.Group
//		g.Go(a)
//		g.Go(b)
//	}
//
// Instead:
//
//	func both(a, b func() error) error {
//		var g errgroup.Group
//		g.Go(a)
//		g.Go(b)
//		return g.Wait()
//	}
//
// Not reported: groups that are returned or passed on; paths that panic or end the
// process; groups that a goroutine of the function waits for; a wait under a
// condition that the start of the goroutines may depend on as well, or that is
// named for waiting; a Done that comes before the work; a return once all answers
// are in. Only at level strict: returns because of a context or stop that the
// goroutines hear too, or that cancel theirs, and errors that end a program.
//
// Known limits: goroutines started by functions that several others call.
//
// # Rule result-dropped
//
// The stop function of iter.Pull dropped or skipped by some return, a command that
// is started and not waited for on some path, or the channel that a function feeds
// from a goroutine dropped by its caller; with a buffer of one, if all it carries is
// the goroutine's error.
//
// Why: what is dropped is the only way to end or to empty what was started. The
// iterator's coroutine, the zombie process or the sending goroutine stays.
//
// Example:
//
//	func first(seq iter.Seq[int]) (int, bool) {
//		next, _ := iter.Pull(seq)
//		return next()
//	}
//
// Instead:
//
//	func first(seq iter.Seq[int]) (int, bool) {
//		next, stop := iter.Pull(seq)
//		defer stop()
//		return next()
//	}
//
// Not reported: commands that are handed to anybody, killed, released, or started by
// package main; iterators that have found nothing more; other channels with a
// buffer, and those assigned to _.
//
// Known limits: channels that are kept and not used on some path.
//
// # Rule server-not-drained
//
// A function that serves HTTP, itself or in a goroutine, and returns while another
// goroutine it started is still in Shutdown; or a Shutdown without deadline, which a
// cancel function that is only called afterwards does not give it.
//
// Why: Serve returns when Shutdown starts. If main returns then, the process ends
// in the middle of the requests that Shutdown was to wait for. And a Shutdown
// without deadline waits for a client that never hangs up.
//
// Example:
//
//	func serve(ctx context.Context, srv *http.Server) error {
//		go func() {
//			<-ctx.Done()
//			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
//			defer cancel()
//			srv.Shutdown(ctx)
//		}()
//		return srv.ListenAndServe()
//	}
//
// Instead:
//
//	func serve(ctx context.Context, srv *http.Server) error {
//		drained := make(chan struct{})
//		go func() {
//			defer close(drained)
//			<-ctx.Done()
//			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
//			defer cancel()
//			srv.Shutdown(ctx)
//		}()
//		err := srv.ListenAndServe()
//		if errors.Is(err, http.ErrServerClosed) {
//			<-drained
//		}
//		return err
//	}
//
// Not reported: functions that wait for anything the goroutine tells behind
// Shutdown; Shutdown in tests.
//
// Known limits: Serve and Shutdown in functions that do not start each other.
//
// # Rule generator-without-stop
//
// A function that returns an unbuffered channel, feeds it with bare sends from a
// goroutine, and hands the goroutine nothing that could stop it, with a reader in
// view that may stop early. At level strict: any such function.
//
// Why: a reader that breaks out of its loop leaves the goroutine in its send for
// ever. An iterator needs no goroutine and ends with its loop.
//
// Example:
//
//	func count(n int) <-chan int {
//		ch := make(chan int)
//		go func() {
//			defer close(ch)
//			for i := range n {
//				ch <- i
//			}
//		}()
//		return ch
//	}
//
//	func Find(n, want int) bool {
//		for v := range count(n) {
//			if v == want {
//				return true
//			}
//		}
//		return false
//	}
//
// Instead:
//
//	func count(n int) iter.Seq[int] {
//		return func(yield func(int) bool) {
//			for i := range n {
//				if !yield(i) {
//					return
//				}
//			}
//		}
//	}
//
//	func Find(n, want int) bool {
//		for v := range count(n) {
//			if v == want {
//				return true
//			}
//		}
//		return false
//	}
//
// Not reported: goroutines that get hold of a context, a request or a stop channel;
// readers that receive as often as the goroutine sends on any one path, or that
// hand the channel on; channels without data.
//
// With -unsafe-fixes the sends are put into selects with a context in scope.
//
// Known limits: readers in other packages.
//
// # Rule fire-and-forget
//
// Work that may wait for the network, a database or another process, or that goes
// on in a timed loop, started where a context, a request or an object with Close,
// Stop or Shutdown is in scope, while nobody waits for it, its error is lost or
// nothing ends it. An error that is only compared with nil is lost. At level strict:
// the same anywhere.
//
// Why: the caller has said how long its work may take, and the goroutine is no part
// of that. It is lost at shutdown, it races with what is closed, and its failure
// shows nowhere.
//
// Example:
//
//	func Notify(ctx context.Context, url string) {
//		go http.Get(url)
//	}
//
// Instead:
//
//	func Notify(ctx context.Context, url string) error {
//		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
//		if err != nil {
//			return err
//		}
//		resp, err := http.DefaultClient.Do(req)
//		if err != nil {
//			return err
//		}
//		return resp.Body.Close()
//	}
//
// Not reported: goroutines that tell somebody they have ended; work on connections
// and streams, which ends when they are closed; work that gives itself a deadline;
// a goroutine that a branch chooses where the other does the same work at once; work
// that leaves, under a lock, once a flag says that its object is closed; goroutines of
// the process.
//
// Known limits: work in functions of other modules that no table knows.
package goroutineleak
