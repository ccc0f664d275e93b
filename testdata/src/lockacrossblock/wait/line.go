package wait

import "sync"

// journal lets one writer at a time through, who may have to wait for room. Whoever
// makes room needs the other lock only.
type journal struct {
	turn sync.Mutex
	cur  []int

	mu   sync.Mutex
	room *sync.Cond
	full [][]int
	max  int
}

func newJournal() *journal {
	j := &journal{max: 2}
	j.room = sync.NewCond(&j.mu)
	go j.drain()
	return j
}

func (j *journal) write(v int) {
	j.turn.Lock()
	defer j.turn.Unlock()
	j.cur = append(j.cur, v)
	if len(j.cur) > 9 {
		j.seal() // ok
	}
}

func (j *journal) seal() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for len(j.full) >= j.max {
		j.room.Wait()
	}
	j.full, j.cur = append(j.full, j.cur), nil
	j.room.Broadcast()
}

func (j *journal) drain() {
	for {
		j.mu.Lock()
		for len(j.full) == 0 {
			j.room.Wait()
		}
		j.full = j.full[1:]
		j.room.Broadcast()
		j.mu.Unlock()
	}
}

// ledger is read by others, who wait for room that is not theirs.
type ledger struct {
	turn sync.Mutex
	cur  []int

	mu   sync.Mutex
	room *sync.Cond
	full [][]int
	max  int
}

func newLedger() *ledger {
	l := &ledger{max: 2}
	l.room = sync.NewCond(&l.mu)
	go l.drain()
	return l
}

func (l *ledger) write(v int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.cur = append(l.cur, v)
	if len(l.cur) > 9 {
		l.seal() // want "l.turn is held across ledger.seal, which waits for a signal on l.room, which releases another lock"
	}
}

func (l *ledger) size() int {
	l.turn.Lock()
	defer l.turn.Unlock()
	return len(l.cur)
}

func (l *ledger) seal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.full) >= l.max {
		l.room.Wait()
	}
	l.full, l.cur = append(l.full, l.cur), nil
	l.room.Broadcast()
}

func (l *ledger) drain() {
	for {
		l.mu.Lock()
		for len(l.full) == 0 {
			l.room.Wait()
		}
		l.full = l.full[1:]
		l.room.Broadcast()
		l.mu.Unlock()
	}
}

// silent has nobody but its writers to make room.
type silent struct {
	turn sync.Mutex
	mu   sync.Mutex
	room *sync.Cond
	n    int
}

func newSilent() *silent {
	s := &silent{}
	s.room = sync.NewCond(&s.mu)
	return s
}

func (s *silent) write() {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.wait() // want "s.turn is held across silent.wait"
	s.more()
}

func (s *silent) wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.n > 3 {
		s.room.Wait()
	}
}

func (s *silent) more() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.room.Broadcast()
}
