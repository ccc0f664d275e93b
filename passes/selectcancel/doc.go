// Package selectcancel reports waits that cancellation cannot reach.
//
// # Analyzer selectcancel
//
// selectcancel: report waits that cancellation cannot reach
//
// A function that takes a context promises to stop when the context ends, and
// a loop with a stop channel promises to hear it. Go checks neither: a select
// without a Done case, a sleep, or a bare send keeps the goroutine where it is.
// This pass finds the waits that break such a promise, and the cancellations
// that look right and do nothing.
//
// Cancellation is read widely: Done of a context, a channel that is only ever
// closed, a value sent once on a channel named for stopping, an accessor that
// returns one of these, an operating system signal. What a context is good for
// is read narrowly: a parameter of type context.Context, *http.Request or a
// gRPC server stream, or without one a channel parameter without data that is
// named for stopping (stop, stopCh, done, quit …) and that the function neither
// closes nor sends on. Only what is in view of the package can prove anything;
// dynamic calls prove nothing. In tests, and in code that only tests use (a file
// that imports testing, a directory such as testutil, interop or benchmark),
// rules speak at level strict only.
//
// # Rule select-operand-blocks
//
// A channel or value operand of a select case that itself waits: it is
// evaluated before select looks at any case.
//
// Why: the operands of all cases are evaluated first, in source order. While
// one of them waits, no case is looked at, ctx.Done() included, so the loop is
// deaf exactly when it has nothing to do.
//
// Example:
//
//	func forward(ctx context.Context, in <-chan int, out chan<- int) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case out <- <-in:
//			}
//		}
//	}
//
// Instead:
//
//	func forward(ctx context.Context, in <-chan int, out chan<- int) {
//		for {
//			var v int
//			select {
//			case <-ctx.Done():
//				return
//			case v = <-in:
//			}
//			select {
//			case <-ctx.Done():
//				return
//			case out <- v:
//			}
//		}
//	}
//
// Not reported: operands that call functions which do not wait without bound;
// literals that are sent rather than called; a getter that the function has called
// before. At level strict only: functions of the package that look at a context
// themselves.
//
// Known limits: calls through interfaces and function values are not followed.
//
// # Rule nil-done
//
// A wait on a channel that can never be ready: Done of context.Background(),
// context.TODO() or context.WithoutCancel, or a channel that is nil.
//
// Why: the Done channel of a context without cancellation is nil, and a nil
// channel is never ready. A bare wait on it hangs for ever; a case on it gives
// the select a way out that does not exist.
//
// Example:
//
//	func pause() {
//		<-context.Background().Done()
//	}
//
// Instead:
//
//	func pause(ctx context.Context) {
//		<-ctx.Done()
//	}
//
// Not reported: variables that are nil on some paths, which is how Go switches
// a case off; a dead Done case beside a timer or a stop case; select{}.
//
// Known limits: contexts that reach the wait through a field or parameter.
//
// # Rule cond-wait-not-in-loop
//
// A call of sync.Cond.Wait outside a loop, or in a worker's loop behind an if
// whose condition is not looked at again before the work that relies on it.
//
// Why: between the wake-up and the moment Wait has the lock again, another
// goroutine can make the condition false. Only a loop notices.
//
// Example:
//
//	type box struct {
//		mu   sync.Mutex
//		cond *sync.Cond
//		full bool
//	}
//
//	func (b *box) take() {
//		b.mu.Lock()
//		if !b.full {
//			b.cond.Wait()
//		}
//		b.full = false
//		b.mu.Unlock()
//	}
//
// Instead:
//
//	type box struct {
//		mu   sync.Mutex
//		cond *sync.Cond
//		full bool
//	}
//
//	func (b *box) take() {
//		b.mu.Lock()
//		for !b.full {
//			b.cond.Wait()
//		}
//		b.full = false
//		b.mu.Unlock()
//	}
//
// Not reported: functions that only wrap Wait, without the lock, and whose callers
// loop; the method Wait of a type that embeds a sync.Cond.
//
// Known limits: whether the loop's condition is the right one is not judged.
//
// # Rule timer-never-fires
//
// A time.After, or a new timer, in a looped select beside a ticker with a
// shorter period.
//
// Why: time.After starts a new timer at every turn of the loop, and the ticker
// ends every turn before the timer is due. The timeout never happens.
//
// Example:
//
//	func watch(in <-chan int) {
//		t := time.NewTicker(time.Second)
//		defer t.Stop()
//		for {
//			select {
//			case <-in:
//			case <-t.C:
//				println("alive")
//			case <-time.After(time.Minute):
//				return
//			}
//		}
//	}
//
// Instead:
//
//	func watch(in <-chan int) {
//		t := time.NewTicker(time.Second)
//		defer t.Stop()
//		timeout := time.After(time.Minute)
//		for {
//			select {
//			case <-in:
//			case <-t.C:
//				println("alive")
//			case <-timeout:
//				return
//			}
//		}
//	}
//
// Not reported: timers and tickers whose durations are not constants in view, here
// or in the call that makes the only ticker of a field.
//
// Known limits: a data channel that is always busy has the same effect and is
// not reported.
//
// # Rule done-case-stays
//
// A Done case in a loop from which no path leaves the loop, or whose break goes
// on to the next element of a range, or whose return leaves only a literal that
// the loop calls on the spot.
//
// Why: a closed channel is ready for ever. If the loop goes on, the case fires
// again at once, and the goroutine burns a processor instead of ending. The
// usual cause is a break that leaves only the select.
//
// Example:
//
//	func serve(ctx context.Context, in <-chan int) {
//		for {
//			select {
//			case <-ctx.Done():
//				break
//			case v := <-in:
//				println(v)
//			}
//		}
//	}
//
// Instead:
//
//	func serve(ctx context.Context, in <-chan int) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case v := <-in:
//				println(v)
//			}
//		}
//	}
//
// Not reported: a case that sets its own channel to nil, contexts and channels
// that the loop, or one around it, makes anew, broadcasts, loops whose condition or
// code behind the select can end them; a case that ends the process, that cancels
// or closes something beside a case which leaves, or that sets what the case of a
// clock looks at to leave.
//
// Known limits: a path that exists but is never taken counts as a way out.
//
// # Rule closed-channel-spins
//
// A receive in a loop without exit from a channel that this package closes,
// whether or not ok is looked at.
//
// Why: receiving from a closed channel never waits and yields zero values. The
// loop spins at full speed on data that nobody sent.
//
// Example:
//
//	func merge(n int) {
//		a, b := make(chan int), make(chan int)
//		go func() {
//			defer close(a)
//			for i := range n {
//				a <- i
//			}
//		}()
//		go func() {
//			for i := 0; ; i++ {
//				b <- i
//			}
//		}()
//		for {
//			select {
//			case v := <-a:
//				println(v)
//			case v := <-b:
//				println(v)
//			}
//		}
//	}
//
// Instead:
//
//	func merge(n int) {
//		a, b := make(chan int), make(chan int)
//		go func() {
//			defer close(a)
//			for i := range n {
//				a <- i
//			}
//		}()
//		go func() {
//			for i := 0; ; i++ {
//				b <- i
//			}
//		}()
//		for {
//			select {
//			case v, ok := <-a:
//				if !ok {
//					a = nil
//				}
//				println(v)
//			case v := <-b:
//				println(v)
//			}
//		}
//	}
//
// Not reported: loops with any way out behind the receive; loops that rest
// elsewhere once ok is false; channels that are set to nil or made anew.
//
// Known limits: channels closed in other packages.
//
// # Rule timeout-unused
//
// A context derived with a timeout, deadline or cancel function that nothing
// uses, or that is only read for its values, asked for its error behind the
// work, or handed to a function that ignores it.
//
// Why: a timeout bounds only what is handed the derived context. If nobody
// listens to it, the code reads as bounded and is not.
//
// Example:
//
//	func load(ctx context.Context, get func(context.Context) error) error {
//		_, cancel := context.WithTimeout(ctx, time.Second)
//		defer cancel()
//		return get(ctx)
//	}
//
// Instead:
//
//	func load(ctx context.Context, get func(context.Context) error) error {
//		ctx, cancel := context.WithTimeout(ctx, time.Second)
//		defer cancel()
//		return get(ctx)
//	}
//
// Not reported: contexts that are stored, captured, returned or passed on to
// something that listens, be it by asking for the error at each turn of a loop. At
// level strict only: contexts handed to functions that do not wait anyway.
//
// Known limits: whether what it is passed to listens is only judged for
// functions of the module.
//
// # Rule cancelled-ctx-reused
//
// A call that waits on a context behind the place where that context has ended:
// a receive from Done, a Done case, a look at Err, the function given to
// context.AfterFunc. Contexts derived from it have ended with it.
//
// Why: the context has ended, so the call gives up before it starts. A
// Shutdown with a cancelled context drains nothing.
//
// Example:
//
//	func stop(ctx context.Context, srv *http.Server) error {
//		<-ctx.Done()
//		return srv.Shutdown(ctx)
//	}
//
// Instead:
//
//	func stop(ctx context.Context, srv *http.Server) error {
//		<-ctx.Done()
//		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
//		defer cancel()
//		return srv.Shutdown(ctx)
//	}
//
// Not reported: callees that are not known to wait on the context, such as
// loggers and functions that detach it.
//
// Known limits: contexts in variables that are assigned several times.
//
// # Rule sleep-ignores-ctx
//
// A time.Sleep, a bare receive from time.After, a timer, a ticker or a clock of
// one's own, or a call of a function that always sleeps, of at least 100 ms or of
// unknown length, where a context, request or stop parameter is in scope, or in an
// endless loop where a context or stop channel of the receiver could be heard. A
// shorter sleep counts in a loop that polls without count or deadline and has a
// way round that looks at no context.
//
// Why: nothing can cut a sleep short. A shutdown waits for the longest sleep
// in the program, and a caller that has gone keeps its goroutine.
//
// Example:
//
//	func retry(ctx context.Context, try func(context.Context) error) (err error) {
//		for i := range 10 {
//			if err = try(ctx); err == nil {
//				return nil
//			}
//			time.Sleep(time.Second << i)
//		}
//		return err
//	}
//
// Instead:
//
//	func retry(ctx context.Context, try func(context.Context) error) (err error) {
//		for i := range 10 {
//			if err = try(ctx); err == nil {
//				return nil
//			}
//			select {
//			case <-time.After(time.Second << i):
//			case <-ctx.Done():
//				return ctx.Err()
//			}
//		}
//		return err
//	}
//
// Not reported: short constant sleeps, clean-up functions, what is deferred or only
// called where something failed, functions kept for events that come later, code
// behind the end of the context or where it has no Done channel, main and init, the
// drain of a stopped timer, tickers whose loop looks at something that ends it, a
// single sleep in a goroutine whose starter listens to the end of the context, a
// goroutine of its own that never ends (goroutineleak says so), functions that work
// with a context of their own in the parameter's place, which only their return ends.
// Calls of one function that sleeps are reported once.
//
// At level strict only: sleeps that all turns of their loops together keep below
// half a second, or below a second where the loop asks at each turn whether to end,
// where the length is computed and a second its limit, and after Accept; sleeps that
// hang on the environment or a hook of tests; those before access is denied, and
// before what has failed is removed.
//
// Known limits: functions that sleep on some paths only.
//
// # Rule ctx-sibling-ignored
//
// A call of a function that waits although FContext, or FWithContext, with the
// same further parameters exists and a context is in scope; the same where the
// built-in tables know another form that takes a context.
//
// Why: the author of the callee has done the work; one word makes the wait
// cancellable.
//
// Example:
//
//	func run(ctx context.Context, name string) error {
//		return exec.Command(name).Run()
//	}
//
// Instead:
//
//	func run(ctx context.Context, name string) error {
//		return exec.CommandContext(ctx, name).Run()
//	}
//
// Not reported: code that only runs if the context is nil, clean-up and
// deferred code, code behind the end of the context, loggers, requests that are
// given the context later or only written out, commands that are started to run on
// or handed to somebody else, forms with a context that panic instead of returning
// an error, calls behind a goroutine or context.AfterFunc that closes something
// when the context ends. At level strict only: sockets of this machine.
//
// Known limits: siblings under other names, unless a table knows them.
//
// # Rule ctx-unused
//
// A named context parameter that is never mentioned in a function that waits
// without bound.
//
// Why: the signature promises cancellation. Callers rely on it, and the
// function hangs all the same.
//
// Example:
//
//	func dial(ctx context.Context, addr string) (net.Conn, error) {
//		return net.Dial("tcp", addr)
//	}
//
// Instead:
//
//	func dial(ctx context.Context, addr string) (net.Conn, error) {
//		var d net.Dialer
//		return d.DialContext(ctx, "tcp", addr)
//	}
//
// Not reported: contexts named _, which says that they are ignored; functions
// whose waits are bounded or end with a stop channel.
//
// At level strict only: waits that the function's author can do nothing about with
// the context. These are waits for goroutines further away than one call within the
// package, and for the outside further than four; for the outside, where an
// interface in view or a function value demands the signature, all that the function
// does not write itself or that have no form with a context; locks, open streams,
// sleeps of a second or less, the one answer on a channel that was made with room,
// results of a goroutine for whoever started it, callees that have a context of
// their own.
//
// Known limits: waits inside callees count only if facts or tables know them.
//
// # Rule select-ignores-ctx
//
// A select without default, without a stop or timer case, where a context is in
// scope.
//
// Why: the caller cancels, and the function waits for something else that may
// never come.
//
// Example:
//
//	func next(ctx context.Context, a, b <-chan int) int {
//		select {
//		case v := <-a:
//			return v
//		case v := <-b:
//			return v
//		}
//	}
//
// Instead:
//
//	func next(ctx context.Context, a, b <-chan int) int {
//		select {
//		case v := <-a:
//			return v
//		case v := <-b:
//			return v
//		case <-ctx.Done():
//			return 0
//		}
//	}
//
// Not reported: a select with any channel that is closed to stop, sent once to
// stop, or named for it; a case on x.Err() that may leave; channels that came from a
// call which was given a context; answers of goroutines that use a context
// themselves; main, init and clean-up code; functions kept for events that come
// later; goroutines that nobody waits for and that end when what they receive from
// is closed, or that live for what their starter returned; loops with a ticker that
// ask the context at every turn.
//
// Known limits: a channel that its other end closes on cancellation, in another
// package.
//
// # Rule wait-ignores-ctx
//
// A bare send, where a context is in scope, that is proven to wait for ever in
// some run: in a loop that claims to hear cancellation (by a select, or by
// asking ctx.Err() at each turn), on a channel whose receiver is out of view or
// may have left, or on a channel without buffer all of whose receivers may leave
// by a stop case, or on a channel on which the same function sends elsewhere in a
// select that hears the end. So is a receive or a group's Wait whose goroutine
// stands in a call to the outside that nothing ends. At level strict: every bare
// send, receive, range over a channel and group wait where a context is in scope.
//
// Why: the context cannot end the send, and once the receiver has left, nothing
// else can: a loop that looks at Done between two sends never ends.
//
// Example:
//
//	func pump(ctx context.Context, in <-chan int, out chan<- int) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case v := <-in:
//				out <- v * v
//			}
//		}
//	}
//
// Instead:
//
//	func pump(ctx context.Context, in <-chan int, out chan<- int) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case v := <-in:
//				select {
//				case out <- v * v:
//				case <-ctx.Done():
//					return
//				}
//			}
//		}
//	}
//
// Not reported: channels with a buffer in view, receivers in view that go on
// until the channel is closed, replies to a request, goroutines that answer the
// function that started them, channels that came from a call which was given a
// context. At level strict only: channels handed to a function that is kept as a
// value, whose caller out of view receives; goroutines that nobody waits for; waits
// for a group of which goroutineleak says that it never ends.
//
// Known limits: a receiver in another package that never leaves.
//
// # Rule value-lost-on-cancel
//
// A received value that is forwarded in a select whose stop case leaves without
// it.
//
// Why: the source thinks the value was delivered. Sometimes that is fine on
// shutdown; where it is not, nobody notices.
//
// Example:
//
//	func pump(ctx context.Context, in <-chan int, out chan<- int) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case v := <-in:
//				select {
//				case out <- v:
//				case <-ctx.Done():
//					return
//				}
//			}
//		}
//	}
//
// Instead:
//
//	func pump(ctx context.Context, in <-chan int, out chan<- int, lost func(int)) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case v := <-in:
//				select {
//				case out <- v:
//				case <-ctx.Done():
//					lost(v)
//					return
//				}
//			}
//		}
//	}
//
// Not reported: stop cases that do something with the value before they leave.
//
// Known limits: values forwarded by functions that are called.
//
// # Rule timer-select
//
// A select that only time can end early, with a context in scope.
//
// Why: the wait is bounded, but a caller that has gone still pays for all of it.
//
// Example:
//
//	func next(ctx context.Context, a <-chan int) int {
//		select {
//		case v := <-a:
//			return v
//		case <-time.After(time.Minute):
//			return 0
//		}
//	}
//
// Instead:
//
//	func next(ctx context.Context, a <-chan int) int {
//		select {
//		case v := <-a:
//			return v
//		case <-time.After(time.Minute):
//			return 0
//		case <-ctx.Done():
//			return 0
//		}
//	}
//
// Not reported: selects that a stop channel can end.
//
// Known limits: short timeouts are reported like long ones.
//
// # Rule select-without-done
//
// Any select without default, timer or stop case.
//
// Why: the strictest reading of the principle: every wait can be cancelled.
//
// Example:
//
//	func either(a, b <-chan int) int {
//		select {
//		case v := <-a:
//			return v
//		case v := <-b:
//			return v
//		}
//	}
//
// Instead:
//
//	func either(a, b <-chan int, stop <-chan struct{}) int {
//		select {
//		case v := <-a:
//			return v
//		case v := <-b:
//			return v
//		case <-stop:
//			return 0
//		}
//	}
//
// Not reported: selects with any channel that announces an end.
//
// Known limits: a data channel that ends the loop by being closed does not
// count.
package selectcancel
