// Package unlock holds returns that leave locks held.
package unlock

import (
	"errors"
	"iter"
	"sync"
)

type table struct {
	mu sync.Mutex
	rw sync.RWMutex
	m  map[string]int
}

var errMissing = errors.New("missing")

func (t *table) early(k string) error {
	t.mu.Lock()
	if _, ok := t.m[k]; !ok {
		return errMissing // want "t.mu is still locked at this return .locked on line [0-9]+., other returns unlock it"
	}
	delete(t.m, k)
	t.mu.Unlock()
	return nil
}

func (t *table) inSwitch(k string, n int) {
	t.rw.RLock()
	switch {
	case n == 0:
		return // want "t.rw is still locked at this return"
	case n == 1:
		t.rw.RUnlock()
		return
	}
	t.rw.RUnlock()
}

func (t *table) deferred(k string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.m[k]; !ok {
		return errMissing
	}
	return nil
}

func (t *table) deferredLate(k string) error {
	t.mu.Lock()
	if t.m == nil {
		t.mu.Unlock()
		return errMissing
	}
	defer t.mu.Unlock()
	return nil
}

func (t *table) deferredTooLate(k string) error {
	t.mu.Lock()
	if t.m == nil {
		return errMissing // want "t.mu is still locked at this return"
	}
	defer t.mu.Unlock()
	delete(t.m, k)
	return nil
}

func (t *table) correlated(lock bool) int {
	if lock {
		t.mu.Lock()
	}
	n := len(t.m)
	if lock {
		t.mu.Unlock()
	}
	return n
}

type held struct {
	mu   sync.Mutex
	n    int
	rest []func()
}

func (h *held) lockIfNeeded(need bool) bool {
	h.mu.Lock()
	if need {
		return true
	}
	h.mu.Unlock()
	return false
}

func (h *held) handsOut(ok bool) (func(), error) {
	h.mu.Lock()
	if ok {
		return h.mu.Unlock, nil
	}
	h.mu.Unlock()
	return nil, errMissing
}

type txn struct {
	mu sync.Mutex
	n  int
}

func (t *txn) open(ok bool) bool {
	t.mu.Lock()
	if ok {
		return true
	}
	t.mu.Unlock()
	return false
}

func (t *txn) commit() {
	t.n++
	t.mu.Unlock()
}

type viaLiteral struct {
	mu sync.Mutex
	n  int
}

func (v *viaLiteral) get(k int) int {
	v.mu.Lock()
	done := func() { v.mu.Unlock() }
	if k == 0 {
		done()
		return 0
	}
	v.n++
	v.mu.Unlock()
	return v.n
}

func methodValue(mu *sync.RWMutex, m map[string]int, k string) int {
	mu.RLock()
	release := mu.RUnlock
	if v, ok := m[k]; ok {
		release()
		return v
	}
	release()
	return 0
}

type tried struct {
	mu sync.Mutex
	n  int
}

func (t *tried) try() bool {
	if !t.mu.TryLock() {
		return false
	}
	t.n++
	t.mu.Unlock()
	return true
}

type iterated struct {
	mu sync.Mutex
	n  int
}

func (i *iterated) find(seq iter.Seq[int], want int) bool {
	i.mu.Lock()
	for v := range seq {
		if v == want {
			i.mu.Unlock()
			return true
		}
	}
	i.mu.Unlock()
	return false
}

type looped struct {
	mu sync.Mutex
	n  int
}

func (l *looped) spin() int {
	for {
		l.mu.Lock()
		if l.n > 0 {
			l.mu.Unlock()
			break
		}
		if l.n < 0 {
			return -1 // want "l.mu is still locked at this return"
		}
		l.mu.Unlock()
	}
	return l.n
}

func (l *looped) panics() {
	l.mu.Lock()
	if l.n == 0 {
		panic("empty")
	}
	l.mu.Unlock()
}

func start(l *looped) {
	go func() {
		l.mu.Lock()
		if l.n == 0 {
			return // want "l.mu is still locked at this return"
		}
		l.mu.Unlock()
	}()
}

type turns struct {
	mu sync.Mutex
	n  int
}

func (t *turns) ranges(xs []int) {
	for _, x := range xs {
		t.mu.Lock()
		if x == 0 {
			continue // want "t.mu is still locked when the loop comes round and locks it again .on line"
		}
		t.n += x
		t.mu.Unlock()
	}
}

func (t *turns) counts() {
	for i := range 10 {
		t.mu.Lock()
		if i == 3 {
			continue // want "t.mu is still locked when the loop comes round"
		}
		t.mu.Unlock()
	}
}

func (t *turns) unlocks(xs []int) {
	for _, x := range xs {
		t.mu.Lock()
		if x == 0 {
			t.mu.Unlock()
			continue
		}
		t.n += x
		t.mu.Unlock()
	}
}

func (t *turns) flagged(xs []int) {
	for _, x := range xs {
		t.mu.Lock()
		free := x == 0
		if free {
			t.mu.Unlock()
		}
		t.n += x
		if !free {
			t.mu.Unlock()
		}
	}
}

func (t *turns) pauses(f func() bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		t.mu.Unlock()
		ok := f()
		t.mu.Lock()
		if !ok {
			continue
		}
		return
	}
}

type passedOn struct {
	mu   sync.Mutex
	full chan bool
}

// produce leaves the lock to consume, turn by turn.
func (p *passedOn) produce() {
	for i := range 10 {
		p.mu.Lock()
		if i%2 == 0 {
			continue
		}
		p.mu.Unlock()
	}
}

func (p *passedOn) consume() { p.mu.Unlock() }

type blocks struct {
	mu sync.Mutex
	m  map[int]int
}

func (b *blocks) readBlock(k int) (int, error) {
	b.mu.Lock()
	v, ok := b.m[k]
	if !ok {
		return 0, errMissing // want "b.mu is still locked at this return"
	}
	b.mu.Unlock()
	return v, nil
}

type worklist struct {
	mu    sync.Mutex
	items []int
	done  chan struct{}
}

func (w *worklist) add(v int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.items = append(w.items, v)
}

// sum leaves the loop with the lock in hand.
func (w *worklist) sum() (n int) {
	for {
		w.mu.Lock()
		if len(w.items) == 0 {
			break // want "w.mu is still locked at this break .locked on line [0-9]+., other ways unlock it"
		}
		n += w.items[0]
		w.items = w.items[1:]
		w.mu.Unlock()
	}
	return n
}

func (w *worklist) sumRight() (n int) {
	for {
		w.mu.Lock()
		if len(w.items) == 0 {
			w.mu.Unlock()
			break
		}
		n += w.items[0]
		w.items = w.items[1:]
		w.mu.Unlock()
	}
	return n
}

func (w *worklist) sumUnlocksBehind() (n int) {
	for {
		w.mu.Lock()
		if len(w.items) == 0 {
			break
		}
		n += w.items[0]
		w.items = w.items[1:]
		w.mu.Unlock()
	}
	w.mu.Unlock()
	return n
}

// poll has a case that goes away with the lock.
func (w *worklist) poll() {
	for {
		w.mu.Lock()
		select {
		case <-w.done:
			return // want "w.mu is still locked at this return"
		default:
		}
		w.items = nil
		w.mu.Unlock()
	}
}

// find breaks out of a loop that can also end.
func (w *worklist) find(vs []int) int {
	at := -1
	for i, v := range vs {
		w.mu.Lock()
		if len(w.items) > v {
			at = i
			break // want "w.mu is still locked at this break"
		}
		w.mu.Unlock()
	}
	return at
}

func (w *worklist) findLabelled(vs []int) int {
	at := -1
outer:
	for i, v := range vs {
		w.mu.Lock()
		switch {
		case v < 0:
			break
		case len(w.items) > v:
			at = i
			break outer // want "w.mu is still locked at this break"
		}
		w.mu.Unlock()
	}
	return at
}

// joined leaves by one return, which some paths reach with the lock.
func (w *worklist) joined(v int) (err error) {
	w.mu.Lock()
	if v < 0 {
		err = errMissing
	} else {
		w.items = append(w.items, v)
		w.mu.Unlock()
	}
	return err // want "w.mu is still locked at this return"
}

func (w *worklist) joinedRight(v int) (err error) {
	w.mu.Lock()
	if v < 0 {
		err = errMissing
	} else {
		w.items = append(w.items, v)
	}
	w.mu.Unlock()
	return err
}

type turnstile struct {
	mu    sync.Mutex
	ready bool
}

// awaitReady comes back with the lock held once it is ready.
func (t *turnstile) awaitReady() {
	for {
		t.mu.Lock()
		if t.ready {
			return
		}
		t.mu.Unlock()
	}
}

func (t *turnstile) pass() {
	t.awaitReady()
	t.ready = false
	t.mu.Unlock()
}

// Door can be unlocked by other packages.
type Door struct {
	Mu   sync.Mutex
	open bool
}

// WaitOpen comes back with the lock held.
func (d *Door) WaitOpen() {
	for {
		d.Mu.Lock()
		if d.open {
			return
		}
		d.Mu.Unlock()
	}
}

type keyed struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
	vals  map[string]int
}

func (k *keyed) lockOf(key string) *sync.Mutex {
	k.mu.Lock()
	defer k.mu.Unlock()
	l, ok := k.locks[key]
	if !ok {
		l = new(sync.Mutex)
		k.locks[key] = l
	}
	return l
}

func (k *keyed) set(key string, f func() (int, error)) error {
	l := k.lockOf(key)
	l.Lock()
	v, err := f()
	if err != nil {
		return err // want "l is still locked at this return"
	}
	k.vals[key] = v
	l.Unlock()
	return nil
}

func (k *keyed) setRight(key string, f func() (int, error)) error {
	l := k.lockOf(key)
	l.Lock()
	defer l.Unlock()
	v, err := f()
	if err != nil {
		return err
	}
	k.vals[key] = v
	return nil
}

func direct(locks map[int]*sync.Mutex, k int, ok bool) bool {
	mu := locks[k]
	mu.Lock()
	if !ok {
		return false // want "mu is still locked at this return"
	}
	mu.Unlock()
	return true
}

func kept(locks map[int]*sync.Mutex, k int, ok bool, keep func(*sync.Mutex)) bool {
	mu := locks[k]
	mu.Lock()
	if !ok {
		keep(mu)
		return false
	}
	mu.Unlock()
	return true
}

type node struct {
	mu   sync.Mutex
	kids map[int]*node
	n    int
}

func (n *node) child(k int) *node { return n.kids[k] }

func (n *node) bump(k int) bool {
	c := n.child(k)
	c.mu.Lock()
	if c.n > 9 {
		return false // want "c.mu is still locked at this return"
	}
	c.n++
	c.mu.Unlock()
	return true
}

type link struct {
	mu   sync.Mutex
	kids map[int]*link
	n    int
}

func (n *link) child(k int) *link { return n.kids[k] }

// handOver gives the child to the caller with its lock, or unlocks it.
func (n *link) handOver(k int) *link {
	c := n.child(k)
	c.mu.Lock()
	if c.n > 9 {
		return c
	}
	c.mu.Unlock()
	return nil
}

// handOverHand always holds one lock and takes the next one first.
func handOverHand(n *link, k int) bool {
	n.mu.Lock()
	for n.n < k {
		c := n.child(k)
		if c == nil {
			n.mu.Unlock()
			return false
		}
		c.mu.Lock()
		n.mu.Unlock()
		n = c
	}
	n.mu.Unlock()
	return true
}

type wrapped struct {
	mu sync.Mutex
	n  int
}

func (w *wrapped) in()  { w.mu.Lock() }
func (w *wrapped) out() { w.mu.Unlock() }

func (w *wrapped) set(v int) bool {
	w.in()
	if v < 0 {
		return false // want "w.mu is still locked at this return"
	}
	w.n = v
	w.out()
	return true
}

func (w *wrapped) setRight(v int) bool {
	w.in()
	defer w.out()
	if v < 0 {
		return false
	}
	w.n = v
	return true
}

type visit struct {
	mu sync.Mutex
	n  int
}

func (s *visit) in()  { s.mu.Lock() }
func (s *visit) out() { s.mu.Unlock() }

// start leaves the visit to finish if it may go on.
func (s *visit) start(v int) bool {
	s.in()
	if v > 0 {
		return true
	}
	s.out()
	return false
}

func (s *visit) finish() {
	s.n++
	s.out()
}

// early leaves with what TryLock got.
func (t *tried) early(v int) bool {
	if !t.mu.TryLock() {
		return false
	}
	if v < 0 {
		return false // want "t.mu is still locked at this return"
	}
	t.n += v
	t.mu.Unlock()
	return true
}

type failer interface{ Fatal(args ...any) }

// resume does not come back from Fatal.
func (w *worklist) resume(t failer, n int) {
	w.mu.Lock()
	switch {
	case n < 0:
		t.Fatal("negative")
	default:
		w.mu.Unlock()
	}
}

// swaps gives the lock back for a while; the deferred lock runs before the
// deferred unlock.
func (w *worklist) swaps(f func() error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.items) == 0 {
		return nil
	}
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.items = nil
	}()
	return f()
}
