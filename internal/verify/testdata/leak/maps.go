package main

import (
	"sync"
	"time"
)

type sink interface{ put() }

type box struct{ slots chan struct{} }

func newBox(n int) *box { return &box{slots: make(chan struct{}, n)} }

func (b *box) put() { b.slots <- struct{}{} } // stuck buffer-overfill

type board struct {
	mu    sync.Mutex
	sinks map[string]sink
}

// flush puts one more into every box of the board.
func (b *board) flush() {
	b.mu.Lock()
	var all []sink
	for _, s := range b.sinks {
		all = append(all, s)
	}
	b.mu.Unlock()
	for _, s := range all {
		s.put()
	}
}

var _ = run(crowdedBoard)

func crowdedBoard() {
	b := &board{sinks: map[string]sink{"a": newBox(1), "b": newBox(1)}}
	b.sinks["a"].put()
	b.flush()
}

var _ = run(crowdedBoardOK)

func crowdedBoardOK() {
	b := &board{sinks: map[string]sink{"a": newBox(1), "b": newBox(1)}}
	b.sinks["a"].put()
	delete(b.sinks, "a")
	b.flush()
}

type depot struct {
	mu    sync.Mutex
	items map[string]*item
}

type item struct {
	mu   sync.Mutex
	name string
}

func newDepot() *depot {
	s := &depot{items: make(map[string]*item)}
	s.items["left"], s.items["right"] = &item{name: "left"}, &item{name: "right"}
	return s
}

func (s *depot) find(name string) *item {
	if it, ok := s.items[name]; ok {
		return it
	}
	return nil
}

// remove gives up the depot's lock on its way, and takes it again under the
// item's.
func (s *depot) remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	it := s.find(name)
	it.mu.Lock() // also
	defer it.mu.Unlock()
	s.pause()
}

func (s *depot) pause() {
	s.mu.Unlock()
	nap()
	s.mu.Lock() // stuck lock-deadlock
}

var _ = run(sameItem)

func sameItem() {
	s := newDepot()
	go s.remove("left")
	go s.remove("left")
}

// take holds the item's lock only while it does not need the depot's.
func (s *depot) take(name string) {
	s.mu.Lock()
	it := s.find(name)
	s.mu.Unlock()
	it.mu.Lock()
	nap()
	it.mu.Unlock()
}

var _ = run(sameItemOK)

func sameItemOK() {
	s := newDepot()
	go s.take("left")
	go s.take("left")
}

type panel struct {
	mu    sync.RWMutex
	parts map[int]*part
}

type part struct{ of *panel }

func newPanel() *panel {
	p := &panel{parts: make(map[int]*part)}
	p.parts[1] = &part{of: p}
	return p
}

func (p *panel) draw() {
	p.mu.RLock()
	defer p.mu.RUnlock()
	time.Sleep(time.Millisecond)
	for _, q := range p.parts {
		q.draw()
	}
}

// draw asks the panel again: no reader gets in once a writer waits.
func (q *part) draw() { _ = q.of.size() }

func (p *panel) size() int {
	p.mu.RLock() // stuck lock-deadlock
	defer p.mu.RUnlock()
	return len(p.parts)
}

func (p *panel) add(n int) {
	nap()
	p.mu.Lock() // also
	defer p.mu.Unlock()
	p.parts[n] = &part{of: p}
}

var _ = run(readTwice)

func readTwice() {
	p := newPanel()
	go p.draw()
	go p.add(2)
}

var _ = run(readTwiceOK)

// readTwiceOK has no writer.
func readTwiceOK() {
	p := newPanel()
	go p.draw()
	go p.draw()
}
