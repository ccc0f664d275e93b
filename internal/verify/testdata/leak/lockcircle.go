package main

import "sync"

var _ = run(func() { answerUnderLock(func() int { nap(); return 1 }) })

func answerUnderLock(work func() int) int {
	var mu sync.Mutex
	sum := 0
	got := make(chan int)
	go func() {
		v := work()
		mu.Lock() // stuck lock-deadlock
		sum++
		mu.Unlock()
		got <- v
	}()
	mu.Lock()
	defer mu.Unlock()
	sum += <-got // also
	return sum
}

var _ = run(func() { answerBeforeLockOK(func() int { nap(); return 1 }) })

func answerBeforeLockOK(work func() int) int {
	var mu sync.Mutex
	sum := 0
	got := make(chan int)
	go func() {
		v := work()
		mu.Lock()
		sum++
		mu.Unlock()
		got <- v
	}()
	v := <-got
	mu.Lock()
	defer mu.Unlock()
	sum += v
	return sum
}

type purse struct {
	mu sync.Mutex
	n  int
}

func pay(from, to *purse, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	nap()
	to.mu.Lock() // stuck lock-deadlock
	defer to.mu.Unlock()
	from.n, to.n = from.n-n, to.n+n
}

var _ = run(func() { payEachOther() })

func payEachOther() int {
	a, b := &purse{n: 3}, &purse{n: 5}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		pay(a, b, 1)
	}()
	go func() {
		defer wg.Done()
		pay(b, a, 2)
	}()
	wg.Wait() // also
	return a.n
}

func payInOrder(from, to *purse, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	nap()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.n, to.n = from.n-n, to.n+n
}

var _ = run(func() { payOneWayOK() })

func payOneWayOK() int {
	a, b := &purse{n: 3}, &purse{n: 5}
	var wg sync.WaitGroup
	for n := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			payInOrder(a, b, n)
		}()
	}
	wg.Wait()
	return a.n
}

type tally struct {
	mu  sync.Mutex
	wg  sync.WaitGroup
	sum int
}

func (t *tally) add(n int) {
	t.mu.Lock() // also
	t.sum += n
	t.mu.Unlock()
}

func (t *tally) feed(n int) {
	t.wg.Add(1)
	go func() {
		defer t.wg.Done()
		nap()
		t.add(n)
	}()
}

func (t *tally) join() {
	t.wg.Wait() // stuck group-never-done
}

var _ = run(func() { joinUnderLock() })

func joinUnderLock() int {
	t := &tally{}
	t.feed(1)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.join()
	return t.sum
}

var _ = run(func() { joinThenLockOK() })

func joinThenLockOK() int {
	t := &tally{}
	t.feed(1)
	t.wg.Wait()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sum
}

var _ = run(func() { lockedOnError(fails) })

func lockedOnError(load func() error) error {
	var mu sync.Mutex
	n := 0
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		nap()
		mu.Lock() // stuck lock-deadlock
		n++
		mu.Unlock()
	}()
	mu.Lock()
	err := load()
	if err == nil {
		n++
		mu.Unlock()
	}
	<-ready // also
	return err
}

var _ = run(func() { unlockedOnErrorOK(fails) })

func unlockedOnErrorOK(load func() error) error {
	var mu sync.Mutex
	n := 0
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		nap()
		mu.Lock()
		n++
		mu.Unlock()
	}()
	mu.Lock()
	err := load()
	if err == nil {
		n++
	}
	mu.Unlock()
	<-ready
	return err
}

type ticker struct {
	mu         sync.Mutex
	quit, gone chan struct{}
	turns      int
}

func newTicker() *ticker {
	t := &ticker{quit: make(chan struct{}), gone: make(chan struct{})}
	go t.run()
	return t
}

func (t *ticker) run() {
	defer close(t.gone)
	<-t.quit
	t.mu.Lock() // stuck lock-deadlock
	t.turns = 0
	t.mu.Unlock()
}

func (t *ticker) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.quit)
	<-t.gone // also
}

var _ = run(func() { stopUnderLock() })

func stopUnderLock() { newTicker().stop() }

type watch struct {
	mu  sync.RWMutex
	set chan struct{}
	v   int
}

func (w *watch) put(v int) {
	w.mu.Lock() // stuck lock-deadlock
	w.v = v
	w.mu.Unlock()
	close(w.set)
}

func (w *watch) get() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	<-w.set // also
	return w.v
}

var _ = run(func() { readerWaitsForWriter() })

func readerWaitsForWriter() int {
	w := &watch{set: make(chan struct{})}
	go func() {
		nap()
		w.put(7)
	}()
	return w.get()
}

var _ = run(func() { writerBetweenReaders(nap) })

func writerBetweenReaders(work func()) {
	var mu sync.RWMutex
	seen := make(chan struct{})
	mu.RLock()
	go func() {
		mu.Lock() // stuck lock-deadlock
		work()
		mu.Unlock()
	}()
	nap()
	go func() {
		nap()
		mu.RLock() // also
		work()
		mu.RUnlock()
		close(seen)
	}()
	<-seen // also
	mu.RUnlock()
}

var _ = run(func() { readersOnlyOK(nap) })

func readersOnlyOK(work func()) {
	var mu sync.RWMutex
	seen := make(chan struct{})
	mu.RLock()
	go func() {
		nap()
		mu.RLock()
		work()
		mu.RUnlock()
		close(seen)
	}()
	<-seen
	mu.RUnlock()
	go func() {
		mu.Lock()
		work()
		mu.Unlock()
	}()
}

var _ = run(func() { waitWithOuterLock(nap) })

func waitWithOuterLock(work func()) {
	var outer, inner sync.Mutex
	ready := false
	c := sync.NewCond(&inner)
	go func() {
		work()
		outer.Lock() // stuck lock-deadlock
		inner.Lock()
		ready = true
		inner.Unlock()
		outer.Unlock()
		c.Broadcast()
	}()
	outer.Lock()
	inner.Lock()
	for !ready {
		c.Wait() // also
	}
	inner.Unlock()
	outer.Unlock()
}

var _ = run(func() { waitWithOwnLockOK(nap) })

func waitWithOwnLockOK(work func()) {
	var outer, inner sync.Mutex
	ready := false
	c := sync.NewCond(&inner)
	go func() {
		work()
		outer.Lock()
		inner.Lock()
		ready = true
		inner.Unlock()
		outer.Unlock()
		c.Broadcast()
	}()
	inner.Lock()
	for !ready {
		c.Wait()
	}
	inner.Unlock()
	outer.Lock()
	outer.Unlock()
}

var _ = run(func() { drainUnderLock(func() int { nap(); return 1 }) })

func drainUnderLock(job func() int) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	runs, sum := 0, 0
	out := make(chan int)
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v := job()
			mu.Lock() // also
			runs++
			mu.Unlock()
			out <- v
		}()
	}
	go func() {
		wg.Wait() // stuck wait-before-receive
		close(out)
	}()
	mu.Lock()
	defer mu.Unlock()
	for v := range out { // also
		sum += v
	}
	return sum
}

var _ = run(func() { drainThenLockOK(func() int { nap(); return 1 }) })

func drainThenLockOK(job func() int) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	runs, sum := 0, 0
	out := make(chan int)
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v := job()
			mu.Lock()
			runs++
			mu.Unlock()
			out <- v
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	for v := range out {
		sum += v
	}
	mu.Lock()
	defer mu.Unlock()
	return sum + runs
}

type host struct {
	mu    sync.Mutex
	guest *guest
}

type guest struct {
	mu   sync.Mutex
	host *host
}

func (h *host) greet() {
	h.mu.Lock()
	defer h.mu.Unlock()
	nap()
	h.guest.answer()
}

func (h *host) answer() {
	h.mu.Lock() // stuck lock-deadlock
	defer h.mu.Unlock()
}

func (g *guest) greet() {
	g.mu.Lock()
	defer g.mu.Unlock()
	nap()
	g.host.answer()
}

func (g *guest) answer() {
	g.mu.Lock() // also
	defer g.mu.Unlock()
}

var _ = run(func() { greetings() })

func greetings() {
	h := &host{guest: &guest{}}
	h.guest.host = h
	go h.greet()
	h.guest.greet()
}

var _ = run(func() { greetingsInTurnOK() })

func greetingsInTurnOK() {
	h := &host{guest: &guest{}}
	h.guest.host = h
	h.greet()
	go h.guest.greet()
}

var _ = run(func() { handedOverOK(nap) })

func handedOverOK(work func()) {
	var mu sync.Mutex
	held := make(chan struct{})
	go func() {
		<-held
		work()
		mu.Unlock() // for the one who has locked
	}()
	mu.Lock()
	held <- struct{}{}
	mu.Lock()
	mu.Unlock()
}

type shelf struct {
	mu    sync.Mutex
	books []string
}

func (s *shelf) visit(f func(string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.books {
		f(b)
	}
}

func (s *shelf) add(b string) {
	s.mu.Lock() // stuck lock-deadlock
	s.books = append(s.books, b)
	s.mu.Unlock()
}

var _ = run(func() { copies("go") })

func copies(b string) *shelf {
	s := &shelf{}
	s.add(b)
	s.visit(func(b string) { s.add(b) })
	return s
}

func (s *shelf) addOnce(b string) {
	s.mu.Lock()
	s.books = append(s.books, b)
	s.mu.Unlock()
}

var _ = run(func() { copiesOK("go") })

func copiesOK(b string) *shelf {
	s, t := &shelf{}, &shelf{}
	s.addOnce(b)
	s.visit(func(b string) { t.addOnce(b) })
	return t
}
