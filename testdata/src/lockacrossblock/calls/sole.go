package calls

import (
	"bytes"
	"net/http"
	"sync"
)

// Only this package knows the interface, and it puts one type into it.
type loader interface{ load(string) error }

type webLoader struct{ c http.Client }

func (w *webLoader) load(u string) error {
	r, err := w.c.Get(u)
	if err != nil {
		return err
	}
	return r.Body.Close()
}

type store struct {
	mu sync.Mutex
	m  map[string]bool
	l  loader
}

func newStore() *store { return &store{m: map[string]bool{}, l: &webLoader{}} }

func (s *store) drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, k)
}

func (s *store) fill(k string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = true
	return s.l.load(k) // want "s.mu is held across s.l.load, which calls http.Client.Get"
}

// This one may hold either.
type reader interface{ read(string) error }

type webReader struct{ c http.Client }

func (w *webReader) read(u string) error {
	_, err := w.c.Get(u)
	return err
}

type memReader struct{ b bytes.Buffer }

func (m *memReader) read(u string) error {
	_, err := m.b.WriteString(u)
	return err
}

type index struct {
	mu sync.Mutex
	n  int
	r  reader
}

func newIndex(local bool) *index {
	if local {
		return &index{r: &memReader{}}
	}
	return &index{r: &webReader{}}
}

func (x *index) reset() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.n = 0
}

func (x *index) fill(k string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.n++
	return x.r.read(k)
}

// Another package may hand in what it likes.
type source interface{ next() error }

type webSource struct{ c http.Client }

func (w *webSource) next() error {
	_, err := w.c.Get("http://x/")
	return err
}

// Feed has what callers give it.
type Feed struct {
	mu  sync.Mutex
	n   int
	src source
}

// NewFeed takes any source.
func NewFeed(src source) *Feed {
	if src == nil {
		src = &webSource{}
	}
	return &Feed{src: src}
}

// Reset starts anew.
func (f *Feed) Reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n = 0
}

// Next asks the source.
func (f *Feed) Next() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	return f.src.next()
}

// A method that sends, behind an interface.
type notifier interface{ notify(int) }

type pipe struct{ c chan int }

func (p *pipe) notify(v int) { p.c <- v }

func (p *pipe) wait() int { return <-p.c }

type board struct {
	mu sync.Mutex
	n  int
	to notifier
}

func newBoard() (*board, *pipe) {
	p := &pipe{c: make(chan int)}
	return &board{to: p}, p
}

func (b *board) get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
}

func (b *board) set(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n = v
	b.to.notify(v) // want "b.mu is held across pipe.notify, which sends on p.c"
}

// An object that is handed on as an interface comes back for its lock.
type sized interface{ size() int }

type bag struct {
	mu sync.Mutex
	m  map[int]int
}

func (b *bag) size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.m)
}

func sizeOf(s sized) int { return s.size() }

func (b *bag) report() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return sizeOf(b) // want "sizeOf locks b.mu, which is held already"
}

func (b *bag) reportRight() int {
	b.mu.Lock()
	clear(b.m)
	b.mu.Unlock()
	return sizeOf(b)
}
