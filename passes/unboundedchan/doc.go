// Package unboundedchan reports queues, fan-outs and buffers without a bound.
//
// # Analyzer unboundedchan
//
// unboundedchan: report queues, fan-outs and buffers without a bound
//
// A channel is Go's bounded queue: when it is full, whoever produces waits.
// Work that is queued in a slice, started in a goroutine of its own, or kept in
// a buffer for a million elements, makes nobody wait. Under load it piles up
// until memory, file descriptors or the peer's patience run out, far away from
// the cause.
//
// Sizes that the program chooses (constants, literals, the number of CPUs,
// settings) are bounds; sizes that a caller, a peer or a stream of events
// chooses are not. What limits a start is recognised widely: a semaphore, a
// token, a group's limit, a rate limiter, a counter, a Wait for each batch. What
// only tests, examples and tools run is held to level strict.
//
// # Rule buffer-overfill
//
// A channel made with a constant capacity is sent to more often than it holds,
// before anybody can receive from it.
//
// Why: the send that no longer fits waits for a receiver that only starts
// afterwards, so it waits for ever. With few elements it works, which is why
// tests do not notice.
//
// Example:
//
//	func check(parts []string, verify func(string) error) error {
//		errs := make(chan error, 10)
//		for _, p := range parts {
//			errs <- verify(p)
//		}
//		close(errs)
//		for err := range errs {
//			if err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
// Instead:
//
//	func check(parts []string, verify func(string) error) error {
//		errs := make(chan error, len(parts))
//		for _, p := range parts {
//			errs <- verify(p)
//		}
//		close(errs)
//		for err := range errs {
//			if err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
// Not reported: loops that look at the channel's length, or that count; channels
// that code out of view may receive from before they are full; capacities that are
// computed of more than one number; loops over what an object keeps, if something in the package compares
// its length or cuts it.
//
// Known limits: in loops, only sends of the function that makes the channel.
//
// # Rule limit-after-spawn
//
// A limit that comes too late: a semaphore acquired inside the goroutine that it
// should limit, SetLimit after Go, Go inside a goroutine of the same limited
// group, or an Acquire whose error is dropped.
//
// Why: a semaphore taken inside limits the work, not the goroutines: all of them
// exist at once, each with its stack and whatever it captured. A nested Go waits
// for a slot while holding one; as soon as all slots are held by such goroutines
// nobody goes on. An Acquire that failed gave no slot, and Release panics.
//
// Example:
//
//	func crawl(urls []string, visit func(string)) {
//		slots := make(chan struct{}, 8)
//		var wg sync.WaitGroup
//		for _, u := range urls {
//			wg.Go(func() {
//				slots <- struct{}{}
//				defer func() { <-slots }()
//				visit(u)
//			})
//		}
//		wg.Wait()
//	}
//
// Instead:
//
//	func crawl(urls []string, visit func(string)) {
//		slots := make(chan struct{}, 8)
//		var wg sync.WaitGroup
//		for _, u := range urls {
//			slots <- struct{}{}
//			wg.Go(func() {
//				defer func() { <-slots }()
//				visit(u)
//			})
//		}
//		wg.Wait()
//	}
//
// Not reported: loops whose number of turns the program chooses; TryGo; a limit
// that is changed after Wait; Acquire with a context that cannot end, or of all
// that the semaphore has, which waits for those who hold slots. A semaphore that
// is taken too late in several loops of a function is reported once. A Go inside a task
// that a run is found to end at is reported by group-never-done, with the run. Only at
// level strict: loops over what lies on a disk.
//
// Known limits: groups in fields are taken for the same group only if they are
// handed on as parameters.
//
// # Rule huge-buffer
//
// A channel with a constant capacity that is no bound in practice: 65536
// elements or more, or 64 MiB.
//
// Why: such a number is a way of saying "never wait". The producer hears of the
// consumer's trouble when memory is gone, and everything in the buffer is older
// than it should be by then.
//
// Example:
//
//	type entry struct{ text string }
//
//	func newSink() chan entry {
//		return make(chan entry, 1<<20)
//	}
//
// Instead:
//
//	type entry struct{ text string }
//
//	func newSink() chan entry {
//		return make(chan entry, 256)
//	}
//
// Not reported: capacities that are computed. Only at level strict: elements
// without size; channels of up to 32 MiB whose senders all drop what finds no
// room; a comment at the make that says how many bytes that is, or that sends do
// not block.
//
// Known limits: capacities that reach make through a parameter.
//
// # Rule timer-per-event
//
// time.AfterFunc in a loop over events or input, with its result dropped.
//
// Why: each turn starts a timer that nobody can stop, so a burst of events
// becomes a burst of calls later on. What was meant is mostly one timer that
// every event pushes back.
//
// Example:
//
//	func debounce(in <-chan string, save func(string)) {
//		for name := range in {
//			time.AfterFunc(200*time.Millisecond, func() { save(name) })
//		}
//	}
//
// Instead:
//
//	func debounce(in <-chan string, save func(string)) {
//		var pending *time.Timer
//		for name := range in {
//			if pending != nil {
//				pending.Stop()
//			}
//			pending = time.AfterFunc(200*time.Millisecond, func() { save(name) })
//		}
//	}
//
// Not reported: timers that are kept; loops whose number of turns the program
// chooses, or that go on by a batch at a time; callbacks that first ask whether
// they are still wanted.
//
// Known limits: timers started by a function that the loop calls.
//
// # Rule unbounded-spawn
//
// A goroutine for each element of what a caller hands in, or for each event of
// an endless input, that waits for something outside the process, with nothing
// that limits how many run at once.
//
// Why: the number of connections, file descriptors and requests at the peer is
// decided by whoever sends the list. A thousand elements are a thousand
// simultaneous requests.
//
// Example:
//
//	func fetchAll(urls []string) {
//		var wg sync.WaitGroup
//		for _, u := range urls {
//			wg.Go(func() {
//				if resp, err := http.Get(u); err == nil {
//					resp.Body.Close()
//				}
//			})
//		}
//		wg.Wait()
//	}
//
// Instead:
//
//	func fetchAll(urls []string) error {
//		var g errgroup.Group
//		g.SetLimit(8)
//		for _, u := range urls {
//			g.Go(func() error {
//				resp, err := http.Get(u)
//				if err != nil {
//					return err
//				}
//				return resp.Body.Close()
//			})
//		}
//		return g.Wait()
//	}
//
// Not reported: a goroutine per accepted connection or datagram, which is how Go
// serves; goroutines that serve or watch as long as their element exists, by their
// loop or their name; loops whose turns pass a semaphore, a rate limiter, a
// counter, a clock or a Wait; collections named for parts of an installation
// (brokers, replicas, regions …), or cut to a length; maps from keys to objects,
// which the program has in memory anyway; what the function takes out of its own
// map; cases of a switch over constants.
//
// Known limits: waits behind interfaces and function values are not known.
//
// # Rule unbuffered-queue
//
// A channel without buffer used as a work queue: exported functions send bare,
// and the only receiver waits for something outside between two receives.
//
// Why: every caller runs at the pace of the receiver's network. A buffer takes
// the bursts, and still bounds the backlog.
//
// Example:
//
//	type Mailer struct{ jobs chan string }
//
//	func NewMailer() *Mailer {
//		m := &Mailer{jobs: make(chan string)}
//		go m.run()
//		return m
//	}
//
//	func (m *Mailer) Send(to string) { m.jobs <- to }
//
//	func (m *Mailer) run() {
//		for to := range m.jobs {
//			if resp, err := http.Get(to); err == nil {
//				resp.Body.Close()
//			}
//		}
//	}
//
// Instead:
//
//	type Mailer struct{ jobs chan string }
//
//	func NewMailer() *Mailer {
//		m := &Mailer{jobs: make(chan string, 64)}
//		go m.run()
//		return m
//	}
//
//	func (m *Mailer) Send(to string) { m.jobs <- to }
//
//	func (m *Mailer) run() {
//		for to := range m.jobs {
//			if resp, err := http.Get(to); err == nil {
//				resp.Body.Close()
//			}
//		}
//	}
//
// Not reported: signals, orders to stop, requests that wait for their answer,
// sends in a select or in Write, several receivers, receivers that only forward.
//
// Known limits: receivers that wait behind interfaces and function values.
//
// # Rule unbounded-queue
//
// A slice, list or map next to a lock or channel that one function adds to and
// another takes the first element of, while nothing compares its length.
//
// Why: a producer that is faster than the consumer is never told. The queue
// grows until memory ends, and every element waits longer than the one before.
//
// Example:
//
//	type inbox struct {
//		mu   sync.Mutex
//		mail []string
//	}
//
//	func (b *inbox) put(m string) {
//		b.mu.Lock()
//		defer b.mu.Unlock()
//		b.mail = append(b.mail, m)
//	}
//
//	func (b *inbox) take() (m string, ok bool) {
//		b.mu.Lock()
//		defer b.mu.Unlock()
//		if len(b.mail) == 0 {
//			return "", false
//		}
//		m, b.mail = b.mail[0], b.mail[1:]
//		return m, true
//	}
//
// Instead:
//
//	type inbox struct {
//		mu   sync.Mutex
//		mail []string
//	}
//
//	func (b *inbox) put(m string) bool {
//		b.mu.Lock()
//		defer b.mu.Unlock()
//		if len(b.mail) >= 100 {
//			return false
//		}
//		b.mail = append(b.mail, m)
//		return true
//	}
//
//	func (b *inbox) take() (m string, ok bool) {
//		b.mu.Lock()
//		defer b.mu.Unlock()
//		if len(b.mail) == 0 {
//			return "", false
//		}
//		m, b.mail = b.mail[0], b.mail[1:]
//		return m, true
//	}
//
// Not reported: queues that the pusher drops from, or waits at; types whose name
// starts with Unbounded; stacks; batches that are taken over as a whole; queues
// that hold each key once; free lists, by their names or because the pop makes
// what it does not find; walks that remove; lists that one function fills in a loop
// and works off behind it. Only at level strict: queues whose
// length is handed to a gauge, or that a comment calls unbounded and gives a reason
// for; functions that are run one by one.
//
// Known limits: queues in local variables and behind interfaces.
//
// # Rule spawn-in-loop
//
// Any goroutine that a loop starts without a limit.
//
// Why: the loop, not the program, decides how many run at once.
//
// Example:
//
//	func notify(subscribers []func()) {
//		for _, f := range subscribers {
//			go f()
//		}
//	}
//
// Instead:
//
//	func notify(subscribers []func()) {
//		var wg sync.WaitGroup
//		slots := make(chan struct{}, 4)
//		for _, f := range subscribers {
//			slots <- struct{}{}
//			wg.Go(func() {
//				defer func() { <-slots }()
//				f()
//			})
//		}
//		wg.Wait()
//	}
//
// Not reported: loops whose number of turns the program chooses.
//
// Known limits: starts in a function that the loop calls.
//
// # Rule unbuffered-data-channel
//
// Any data channel without a buffer that is sent to bare and leaves the function
// that makes it.
//
// Why: every send waits for its receiver, and the receiver is elsewhere.
//
// Example:
//
//	type feed struct{ out chan int }
//
//	func newFeed() *feed { return &feed{out: make(chan int)} }
//
//	func (f *feed) publish(v int) { f.out <- v }
//
//	func (f *feed) next() int { return <-f.out }
//
// Instead:
//
//	type feed struct{ out chan int }
//
//	func newFeed() *feed { return &feed{out: make(chan int, 8)} }
//
//	func (f *feed) publish(v int) { f.out <- v }
//
//	func (f *feed) next() int { return <-f.out }
//
// Not reported: channels without data, hand-offs within one function, sends in a
// select.
//
// Known limits: channels whose make is out of view.
package unboundedchan
