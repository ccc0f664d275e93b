// Package lockacrossblock reports locks that are held across waits.
//
// # Analyzer lockacrossblock
//
// lockacrossblock: report locks held across waits, and locks that deadlock
//
// A critical section should be short: whoever waits with a lock held makes
// everybody wait who needs the lock, and if one of those is the one waited for,
// nobody ever moves again. Go has no guard type that a compiler could watch, so
// this pass follows each lock from Lock to Unlock along all paths, through
// defer, TryLock, wrappers, literals and unlock functions, into literals that are
// handed to a function which calls them under its lock, and through interfaces
// that the package alone knows and fills with one type. What a function of another
// package of the module always does to a lock of its receiver or of an argument is
// known as well, also if it returns how to unlock, and so is which lock it takes under which, and under which locks it
// calls a function that it is handed.
//
// That a lock is held is certain (it is held on every path to the wait); that
// the operation waits is possible. Locks are told apart by where they live; a
// lock whose object may have been exchanged in between is given up, and so is
// everything that goes through unknown function values.
//
// Where a function makes the locks, channels and groups itself, or calls what makes
// them, the model checker behind goroutineleak runs it with the goroutines that it
// starts. If somebody then waits for ever for a lock, or with others in a circle
// that goes through a lock, this pass says so, by the rule that fits what the owner
// of the lock does, with the run as numbered steps; goroutineleak is silent about
// it. What is found both ways is reported once.
//
// # Rule double-lock
//
// A lock that is taken again while it is held, here or first thing in a function
// that is called, by a deferred call that runs before the deferred Unlock, or by
// a literal or loop body that runs under the lock of what it is handed to; by the
// one function that a field keeps and that captured the object; for an element of
// what the object keeps, by way of a pointer back to it that is set where elements
// are made; a read lock that is turned into a write lock; a second read
// lock of a lock that somebody also locks for writing; a lock that each turn of
// a loop takes and defers to unlock, which happens only after the last turn. What
// the model checker proves to wait for a lock of its own is reported as well,
// however deep the call. Of functions of other packages it is known what they, and
// what they call, always do to locks of their arguments and of package variables.
//
// Why: Go's locks know no owner. The second Lock waits for the first Unlock,
// which comes after it: this goroutine never goes on, and nobody else gets the
// lock. A second RLock works until a writer asks in between.
//
// Example:
//
//	type counter struct {
//		mu sync.Mutex
//		n  int
//	}
//
//	func (c *counter) Get() int {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return c.n
//	}
//
//	func (c *counter) Twice() int {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return 2 * c.Get()
//	}
//
// Instead:
//
//	type counter struct {
//		mu sync.Mutex
//		n  int
//	}
//
//	func (c *counter) Get() int {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return c.getLocked()
//	}
//
//	func (c *counter) Twice() int {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return 2 * c.getLocked()
//	}
//
//	// getLocked returns the count; c.mu must be held.
//	func (c *counter) getLocked() int { return c.n }
//
// Not reported: a callee that locks on some paths only, unless a constant argument
// says which ("if needLock") or the others give up with an error before; locks of
// other objects of the same type; a lock behind a pointer that is assigned again;
// what a function assumes because of its name or comment.
//
// Known limits: function values are followed out of fields and variables, slices and
// maps of them included, that no other package can set, if the package stores three
// there at most; interfaces only if they hold one type. The lock of a condition's L is
// known if the condition was made with a mutex of the same object.
//
// # Rule unlock-of-unlocked
//
// An Unlock that finds the lock unlocked on every path: it was unlocked before, or
// a deferred Unlock is still to come; an RUnlock of a lock that was taken by Lock,
// or an Unlock of one that was taken by RLock.
//
// Why: the runtime ends the process, and no recover helps. Often the second Unlock
// was meant for another lock, which stays held.
//
// Example:
//
//	type counter struct {
//		mu sync.Mutex
//		n  int
//	}
//
//	func (c *counter) Take() bool {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		if c.n == 0 {
//			c.mu.Unlock()
//			return false
//		}
//		c.n--
//		return true
//	}
//
// Instead:
//
//	type counter struct {
//		mu sync.Mutex
//		n  int
//	}
//
//	func (c *counter) Take() bool {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		if c.n == 0 {
//			return false
//		}
//		c.n--
//		return true
//	}
//
// Not reported: locks that somebody who is called may take in between, or that are
// taken under another name; locks that are taken twice.
//
// Known limits: functions that unlock what their callers have locked are not asked
// whether all callers have.
//
// # Rule defer-lock
//
// A deferred Lock or RLock where Unlock is meant, itself or in a function that is
// called; a deferred call of a function that locks and returns how to unlock.
//
// Why: the deferred call takes the lock when the function returns. If it is
// held already the function never returns; if not, nobody ever releases it.
//
// Example:
//
//	type counter struct {
//		mu sync.Mutex
//		n  int
//	}
//
//	func (c *counter) Add() {
//		c.mu.Lock()
//		defer c.mu.Lock()
//		c.n++
//	}
//
// Instead:
//
//	type counter struct {
//		mu sync.Mutex
//		n  int
//	}
//
//	func (c *counter) Add() {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.n++
//	}
//
// Not reported: a function that releases its caller's lock and defers taking it
// back.
//
// Known limits: none.
//
// # Rule ignored-trylock
//
// A TryLock or TryRLock whose result nobody looks at, also through a function that
// returns it.
//
// Why: if the lock was not free, the code behind runs without it, and the
// Unlock behind that ends the process or frees somebody else's lock.
//
// Example:
//
//	func refresh(mu *sync.Mutex, f func()) {
//		mu.TryLock()
//		f()
//		mu.Unlock()
//	}
//
// Instead:
//
//	func refresh(mu *sync.Mutex, f func()) {
//		if !mu.TryLock() {
//			return // somebody is at it
//		}
//		f()
//		mu.Unlock()
//	}
//
// Not reported: a result that is kept, whatever is done with it.
//
// Known limits: none.
//
// # Rule lock-deadlock
//
// A send or receive with a lock held, all of whose counterparts need that lock
// before they come to it, each time, in themselves or in what they call; a wait
// for the end of a goroutine that was announced under the lock, if the goroutine
// needs the lock on its way out or in its loop. And whatever the model checker
// proves: a channel operation under a lock in a circle with somebody who waits for
// the lock, through other goroutines, a group or a semaphore, too, or for a read
// lock behind a writer who waits for the first reader.
//
// Why: the one waits for the channel with the lock in hand, the other for the
// lock. Neither ever moves, nor does anybody who needs the lock later.
//
// Example:
//
//	type queue struct {
//		mu    sync.Mutex
//		items []int
//		wake  chan struct{}
//	}
//
//	func newQueue() *queue {
//		q := &queue{wake: make(chan struct{})}
//		go q.run()
//		return q
//	}
//
//	func (q *queue) push(v int) {
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		q.items = append(q.items, v)
//		q.wake <- struct{}{}
//	}
//
//	func (q *queue) run() {
//		for range q.wake {
//			q.mu.Lock()
//			q.items = nil
//			q.mu.Unlock()
//		}
//	}
//
// Instead:
//
//	type queue struct {
//		mu    sync.Mutex
//		items []int
//		wake  chan struct{}
//	}
//
//	func newQueue() *queue {
//		q := &queue{wake: make(chan struct{})}
//		go q.run()
//		return q
//	}
//
//	func (q *queue) push(v int) {
//		q.mu.Lock()
//		q.items = append(q.items, v)
//		q.mu.Unlock()
//		q.wake <- struct{}{}
//	}
//
//	func (q *queue) run() {
//		for range q.wake {
//			q.mu.Lock()
//			q.items = nil
//			q.mu.Unlock()
//		}
//	}
//
// Not reported: channels that code out of view may use, and buffered ones, unless
// the send is made each time and loops take from it, or all the goroutines that a
// receive waits for are started under the lock: then it is chan-op-under-lock. Nor
// locks that a receiver takes before it hands on the
// channel that it made, or once both sides have heard of the end. Nor receives
// whose closer or sender takes the lock on some paths only, unless it is proved.
// Semaphores are reported if all that give back a permit take the lock first, in
// other functions than the one that waits.
//
// Known limits: that sender and receiver belong to one object is assumed. A
// loop before the close or the send is taken to turn at least once. A function out
// of view is taken not to panic.
//
// # Rule lock-order
//
// Two locks that are taken in one order here and in the other order there, or
// three in a circle, if it is clear which objects they belong to: fields of one
// object, an object and what it points to or keeps in a slice or map, package
// variables, variables that goroutines of one function share. What a callee takes
// some calls down or on some paths counts, and what a function value takes that a
// field keeps; a callee that gives a lock back and takes it again; a function that
// gives back, at its end, what it has not taken. And circles of any
// length, two objects of one type among them, if the model checker proves that
// goroutines of one function get into it.
//
// Why: two goroutines, each with one of the locks, wait for the other's.
//
// Example:
//
//	type bank struct {
//		accounts, log sync.Mutex
//		n, lines      int
//	}
//
//	func (b *bank) transfer() {
//		b.accounts.Lock()
//		defer b.accounts.Unlock()
//		b.log.Lock()
//		defer b.log.Unlock()
//		b.n, b.lines = b.n+1, b.lines+1
//	}
//
//	func (b *bank) audit() int {
//		b.log.Lock()
//		defer b.log.Unlock()
//		b.accounts.Lock()
//		defer b.accounts.Unlock()
//		return b.n + b.lines
//	}
//
// Instead:
//
//	type bank struct {
//		accounts, log sync.Mutex
//		n, lines      int
//	}
//
//	func (b *bank) transfer() {
//		b.accounts.Lock()
//		defer b.accounts.Unlock()
//		b.log.Lock()
//		defer b.log.Unlock()
//		b.n, b.lines = b.n+1, b.lines+1
//	}
//
//	func (b *bank) audit() int {
//		b.accounts.Lock()
//		defer b.accounts.Unlock()
//		b.log.Lock()
//		defer b.log.Unlock()
//		return b.n + b.lines
//	}
//
// Not reported: orders that a third lock keeps apart; read locks on both sides;
// locks of objects that cannot be told to be the same, such as those of an element
// if the other side does not reach its keeper by a pointer back; locks that are only
// taken if a parameter says so; functions that only one
// goroutine runs, or that are handed over in one list, such as a timer's tasks; objects that nobody else knows yet, or that were taken out of
// the map that kept them; circles of more than three.
// Level strict adds two arguments of one type locked in the order of arguments.
//
// Known limits: that both sides run at the same time is assumed, and that an
// element of a slice or map belongs to the object that keeps it.
//
// # Rule missing-unlock
//
// A return or break that leaves a lock held which another way through the same
// function releases, also where a parameter says whether to lock; a turn of a loop
// that leaves a lock held which the next turn takes, or that of an element which
// the next turn does not come back to; a function that gives its lock
// back nowhere, if everybody who unlocks such a lock has taken it himself; a return
// of nil in place of the function that unlocks; a panic, or a call of a function
// value, with a lock held that only the code behind it unlocks, if the function or
// who calls it recovers and goes on.
// A lock that is left behind on some path, or still held at a wait on some
// path, if the model checker proves that somebody then waits for it for ever.
//
// Why: the next one who needs the lock waits for ever, far away from the cause.
//
// Example:
//
//	type table struct {
//		mu sync.Mutex
//		m  map[string]int
//	}
//
//	func (t *table) take(k string) (int, bool) {
//		t.mu.Lock()
//		v, ok := t.m[k]
//		if !ok {
//			return 0, false
//		}
//		delete(t.m, k)
//		t.mu.Unlock()
//		return v, true
//	}
//
// Instead:
//
//	type table struct {
//		mu sync.Mutex
//		m  map[string]int
//	}
//
//	func (t *table) take(k string) (int, bool) {
//		t.mu.Lock()
//		defer t.mu.Unlock()
//		v, ok := t.m[k]
//		if !ok {
//			return 0, false
//		}
//		delete(t.m, k)
//		return v, true
//	}
//
// Not reported: functions named for locking, if anybody can give the lock back;
// functions that return a function or the object of the lock; locks that some other function of the package releases
// without taking, unless it is proved that nobody does; a lock that is taken on some
// paths and released on some behind them, as the same question may decide both.
//
// A fix unlocks before the return, or, where the return reads what is guarded and
// every other way out unlocks as the last thing it does, defers the unlock behind
// the lock.
//
// Known limits: of panics, only those of the panic statement and of function values
// are looked at.
//
// # Rule chan-op-under-lock
//
// A send, a receive, a range over a channel or a select without default with a
// lock held, here or in a function of the package that is called; a send in what
// that always calls; a call of a function of another package that sends on a channel which that package makes
// without a buffer only.
//
// Why: the wait lasts until somebody else comes to the channel, and until then
// everybody who needs the lock waits too. If that somebody needs the lock it is
// a deadlock.
//
// Example:
//
//	type hub struct {
//		mu   sync.Mutex
//		subs map[chan int]bool
//	}
//
//	func (h *hub) leave(ch chan int) {
//		h.mu.Lock()
//		defer h.mu.Unlock()
//		delete(h.subs, ch)
//	}
//
//	func (h *hub) publish(v int) {
//		h.mu.Lock()
//		defer h.mu.Unlock()
//		for ch := range h.subs {
//			ch <- v
//		}
//	}
//
// Instead:
//
//	type hub struct {
//		mu   sync.Mutex
//		subs map[chan int]bool
//	}
//
//	func (h *hub) leave(ch chan int) {
//		h.mu.Lock()
//		defer h.mu.Unlock()
//		delete(h.subs, ch)
//	}
//
//	func (h *hub) publish(v int) {
//		h.mu.Lock()
//		defer h.mu.Unlock()
//		for ch := range h.subs {
//			select {
//			case ch <- v:
//			default: // too slow: it misses this one
//			}
//		}
//	}
//
// Not reported: sends, in a select too, that have room (a capacity of one, or a channel made
// here); semaphores, and channels that serve as a lock; objects that nobody
// else knows yet; receives from a channel that the function has closed; the drain
// of a stopped timer; a send after a test that there is room, if all senders hold
// the lock, or the only one on a channel of capacity one, after which an entry is
// deleted or marked; a condition variable that a wrapper waits for. Level
// strict adds: selects that a stop ends if those at the other end are in view and
// need no lock, or with a capacity of 64 or more; waits that end because whoever
// else wants the lock cancels first; read locks that guard a close; sends to
// a receiver that made the channel for it; a lock that one literal takes, unless
// whoever ends the wait holds it too; locks whose comment says that they let
// one at a time through; a lock that only lets one caller at a time through one function,
// keeps several sends together, or is named for it (sendMu), a receive of a done
// signal right after the end was announced, a wait for nothing but ends by code that took
// its lock after it had heard of one, selects with a timer unless whoever else ends them
// takes the lock first, functions that close or stop something, methods that return
// their receiver. One report per critical section and channel.
//
// A fix puts the unlock before a send that is the last thing done under the lock, if
// what is sent needs no lock; a deferred unlock is moved there if nothing in between
// can return or panic. Where nothing else is done under the lock the fix is unsafe: an
// empty critical section would be left.
//
// Known limits: the lock may be one that nobody else needs meanwhile.
//
// # Rule sleep-under-lock
//
// A sleep of a millisecond or more with a lock held.
//
// Why: whoever needs the lock sleeps too, often the one whose work is awaited.
//
// Example:
//
//	type bucket struct {
//		mu     sync.Mutex
//		tokens int
//	}
//
//	func (b *bucket) take() {
//		b.mu.Lock()
//		defer b.mu.Unlock()
//		for b.tokens == 0 {
//			time.Sleep(10 * time.Millisecond)
//		}
//		b.tokens--
//	}
//
// Instead:
//
//	type bucket struct {
//		mu     sync.Mutex
//		cond   *sync.Cond // of mu
//		tokens int
//	}
//
//	func (b *bucket) take() {
//		b.mu.Lock()
//		defer b.mu.Unlock()
//		for b.tokens == 0 {
//			b.cond.Wait()
//		}
//		b.tokens--
//	}
//
// Not reported: tests and stand-ins for tests, sleeps below a millisecond, sleeps in
// a call that io-under-lock is about. Level
// strict adds methods that return their receiver, which set up an object that nobody
// else has yet, sleeps of just a millisecond, of what a constant of up to 100 ms leaves,
// of up to 100 ms after an error, those that are several calls away, not counting
// functions that always sleep, and the lock of one function that spaces out its callers and
// notes the time under it.
//
// Known limits: none.
//
// # Rule io-under-lock
//
// The network, DNS, a database, a message broker or another process waited for
// with a lock held, here or through calls, in this package or others.
//
// Why: somebody else's trouble becomes everybody's: while a server far away is
// slow, all who need the lock stand still.
//
// Example:
//
//	type cache struct {
//		mu sync.Mutex
//		m  map[string]*http.Response
//	}
//
//	func (c *cache) get(url string) (*http.Response, error) {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		if r := c.m[url]; r != nil {
//			return r, nil
//		}
//		r, err := http.Get(url)
//		c.m[url] = r
//		return r, err
//	}
//
// Instead:
//
//	type cache struct {
//		mu sync.Mutex
//		m  map[string]*http.Response
//	}
//
//	func (c *cache) get(url string) (*http.Response, error) {
//		c.mu.Lock()
//		r := c.m[url]
//		c.mu.Unlock()
//		if r != nil {
//			return r, nil
//		}
//		r, err := http.Get(url)
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.m[url] = r
//		return r, err
//	}
//
// Not reported: files. Level strict adds reads and writes of one connection (not
// of those that the object of the lock keeps in a slice or map, nor of one that the
// function which is called makes itself), short answers to
// a request, statements that are prepared, datagram sockets that are connected, one's
// own address that is resolved, grpc's Dial without WithBlock, waits that end after a fixed time
// (but for connecting with the lock of an object that keeps a map),
// locks named or documented for what they keep apart (reloadMu), methods that return
// their receiver, locks that most
// users hold across such waits because they guard the device, locks that one
// function takes to fill an entry or a value once, and chains of more than four
// calls. One report per critical section.
//
// Known limits: which functions wait is known from tables and from bodies in the
// main module.
//
// # Rule wait-under-lock
//
// A lock held while goroutines are waited for that need the lock to finish, up to
// four calls down, or
// across Cond.Wait, which releases another lock only, in particular when whoever
// signals needs the one held. And
// such waits that the model checker proves to be stuck, deferred ones, too.
//
// Why: the goroutines cannot finish, so the wait never ends; and whoever wants the
// lock waits for the signal too.
//
// Example:
//
//	type pool struct {
//		mu sync.Mutex
//		wg sync.WaitGroup
//		n  int
//	}
//
//	func (p *pool) start() {
//		p.wg.Go(func() {
//			p.mu.Lock()
//			p.n++
//			p.mu.Unlock()
//		})
//	}
//
//	func (p *pool) Close() {
//		p.mu.Lock()
//		defer p.mu.Unlock()
//		p.wg.Wait()
//	}
//
// Instead:
//
//	type pool struct {
//		mu sync.Mutex
//		wg sync.WaitGroup
//		n  int
//	}
//
//	func (p *pool) start() {
//		p.wg.Go(func() {
//			p.mu.Lock()
//			p.n++
//			p.mu.Unlock()
//		})
//	}
//
//	func (p *pool) Close() {
//		p.wg.Wait()
//		p.mu.Lock()
//		defer p.mu.Unlock()
//		p.n = 0
//	}
//
// Not reported: goroutines that do not need the lock; level strict reports these.
// So it does condition variables made with different locks, locks that the caller
// holds by convention, and those that chan-op-under-lock leaves to it; a lock that one
// function takes and holds while it waits for a condition, if somebody signals who
// needs none: all that wait for that lock wait for the condition anyway.
//
// Known limits: that goroutine and waiter use the same object is assumed.
//
// # Rule rlock-across-wait
//
// A read lock held across a wait that is excused at level default.
//
// Why: a read lock looks harmless, but as soon as a writer asks for the lock, no
// reader gets it any more: the wait of one reader stops everybody.
//
// Example:
//
//	type registry struct {
//		mu   sync.RWMutex
//		open bool
//		done chan struct{}
//	}
//
//	func (r *registry) Close() {
//		r.mu.RLock()
//		defer r.mu.RUnlock()
//		if r.open {
//			<-r.done
//		}
//	}
//
// Instead:
//
//	type registry struct {
//		mu   sync.RWMutex
//		open bool
//		done chan struct{}
//	}
//
//	func (r *registry) Close() {
//		r.mu.RLock()
//		open := r.open
//		r.mu.RUnlock()
//		if open {
//			<-r.done
//		}
//	}
//
// Not reported: see the rule for the kind of wait.
//
// Known limits: see there.
//
// # Rule callback-under-lock
//
// A function that a caller supplied, as a parameter or in a field, called with a
// lock held.
//
// Why: nobody knows what it does: it may wait, or call back and need the lock.
//
// Example:
//
//	type list struct {
//		mu sync.Mutex
//		s  []int
//	}
//
//	func (l *list) each(f func(int)) {
//		l.mu.Lock()
//		defer l.mu.Unlock()
//		for _, v := range l.s {
//			f(v)
//		}
//	}
//
// Instead:
//
//	type list struct {
//		mu sync.Mutex
//		s  []int
//	}
//
//	func (l *list) each(f func(int)) {
//		l.mu.Lock()
//		s := slices.Clone(l.s)
//		l.mu.Unlock()
//		for _, v := range s {
//			f(v)
//		}
//	}
//
// Not reported: methods of interfaces, cancel functions of contexts.
//
// Known limits: the function may be harmless; that is why the rule is strict.
//
// # Rule file-io-under-lock
//
// Files read or written with a lock held.
//
// Why: a disk takes milliseconds, a network file system as long as it likes.
//
// Example:
//
//	type state struct {
//		mu   sync.Mutex
//		data []byte
//	}
//
//	func (s *state) save(name string) error {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		return os.WriteFile(name, s.data, 0o600)
//	}
//
// Instead:
//
//	type state struct {
//		mu   sync.Mutex
//		data []byte
//	}
//
//	func (s *state) save(name string) error {
//		s.mu.Lock()
//		data := slices.Clone(s.data)
//		s.mu.Unlock()
//		return os.WriteFile(name, data, 0o600)
//	}
//
// Not reported: see io-under-lock for what is no file.
//
// Known limits: a lock may be there to keep writers of one file apart.
//
// # Rule lock-across-call
//
// A lock held across a call that waits in the end: for a channel, a group or a
// condition some calls further on.
//
// Why: see chan-op-under-lock; the further away the wait, the harder it is to
// see that the lock is held.
//
// Example:
//
//	type feed struct {
//		mu  sync.Mutex
//		out chan int
//	}
//
//	func (f *feed) raw(v int)  { f.out <- v }
//	func (f *feed) pass(v int) { f.raw(v) }
//	func (f *feed) emit(v int) { f.pass(v) }
//
//	func (f *feed) publish(v int) {
//		f.mu.Lock()
//		defer f.mu.Unlock()
//		f.emit(v)
//	}
//
// Instead:
//
//	type feed struct {
//		mu  sync.Mutex
//		out chan int
//		n   int
//	}
//
//	func (f *feed) raw(v int)  { f.out <- v }
//	func (f *feed) pass(v int) { f.raw(v) }
//	func (f *feed) emit(v int) { f.pass(v) }
//
//	func (f *feed) publish(v int) {
//		f.mu.Lock()
//		f.n++
//		f.mu.Unlock()
//		f.emit(v)
//	}
//
// Not reported: calls whose wait another rule reports.
//
// Known limits: the wait may be on a path that is not taken with the lock held.
package lockacrossblock
