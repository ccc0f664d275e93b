package verify

import (
	"github.com/asynclint/asynclint/internal/model"
)

// bounds limit the search. They count states and instructions, never time, so
// that every machine finds the same.
type bounds struct {
	states     int // of one root
	alone      int // states in which the root has not started anybody
	testStates int // of a root in a test file, which drives whole programs
	pkg        int // states of a package after which no more tests, or programs, are explored
	instrs     int // of one root
}

// boundsFor returns the bounds that fit a number of states for each root. With
// the default nats-server, etcd, prometheus and syncthing show the same findings
// as with ten times as many.
func boundsFor(states int) bounds {
	return bounds{states: states, alone: states / 6, testStates: states / 3, pkg: states * 20, instrs: states * 500 / 3}
}

// search explores the runs of one root.
type search struct {
	*checker
	root  *model.Func
	limit int // of states
	start func() *state

	isHarness bool // the root is a method beside its type's loop
	isPool    bool // the loop has a queue, or others like it
	isShared  bool // there are others like it
	isTwice   bool // somebody else calls the method, too
	seen      map[string]bool
	company   bool     // somebody has been started
	queue     []*state // stable or about to settle, by number of moves
	instrs    int
	left      int
	over      bool
	found     []*proof
}

// proof is a state in which goroutines are stuck.
type proof struct {
	st    *state
	stuck []int
	joins []join // why some of them wait in vain for goroutines that move
}

// check explores one root and adds what it proves.
func (c *checker) check(f *model.Func, r *Result, t *Stats) {
	k := c.codeOf(f.SSA)
	if k == nil {
		return
	}
	c.isMain = isMainFunc(f)
	s := c.explore(f, k)
	t.add(s)
	c.hopeless[f] = s.over && len(s.found) == 0
	c.proved[f] = len(s.found) > 0
	for _, p := range s.found {
		r.addProof(s, p)
	}
}

// add counts one search.
func (t *Stats) add(s *search) {
	t.Roots++
	t.States += len(s.seen)
	t.Left += s.left
	t.Widest = max(t.Widest, len(s.seen))
	t.MaxTurns = max(t.MaxTurns, s.instrs)
	if s.over {
		t.Over++
	}
}

// explore visits the states of a root breadth first.
func (c *checker) explore(f *model.Func, k *code) *search {
	s := newSearch(c, f)
	s.start = func() *state { return startOf(k) }
	s.run()
	return s
}

// newSearch prepares a search.
func newSearch(c *checker, f *model.Func) *search {
	s := &search{checker: c, root: f, seen: make(map[string]bool), limit: c.bounds.states}
	if testRank(f) > 0 {
		s.limit = c.bounds.testStates
	}
	return s
}

// run explores from the start.
func (s *search) run() {
	s.queue = append(s.queue, s.start())
	for len(s.queue) > 0 && !s.over {
		s.visit(s.pop())
	}
}

// pop takes the state to visit next: the one with the fewest moves, so that the
// first proof is a shortest one; but once half of the bound is spent, the latest,
// so that at least some runs come to their end.
func (s *search) pop() *state {
	if s.isDeep() {
		st := s.queue[len(s.queue)-1]
		s.queue = s.queue[:len(s.queue)-1]
		return st
	}
	st := s.queue[0]
	s.queue = s.queue[1:]
	return st
}

// isDeep reports whether half of the bound is spent.
func (s *search) isDeep() bool { return len(s.seen) > s.limit/2 }

// startOf returns the state in which a function is called with unknown
// arguments.
func startOf(k *code) *state {
	st := &state{}
	t := target{}
	for range k.fn.Params {
		t.args = append(t.args, st.fresh())
	}
	for range k.fn.FreeVars {
		t.free = append(t.free, st.fresh())
	}
	st.gs = []*gor{{owner: st, stack: []*frame{newFrame(k, t, nil, nil)}}}
	return st
}

// visit settles a state, split by split, and adds the moves of each outcome.
func (s *search) visit(st *state) {
	stack := []*state{st}
	for len(stack) > 0 {
		st := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		m := &machine{checker: s.checker, st: st}
		o := m.settle()
		s.instrs += m.total
		if s.over = s.over || s.isOver(); s.over {
			return
		}
		switch o {
		case stands:
			s.expand(st)
		case asks:
			if s.isNew(st) && !s.isDull(st) {
				for i := len(m.ask.answers) - 1; i >= 0; i-- {
					stack = append(stack, st.answered(m.ask, m.ask.answers[i]))
				}
			}
		case leaves:
			s.left++
		}
		if s.isDeep() {
			s.queue = append(s.queue, stack...)
			return
		}
	}
}

// isOver reports whether a bound is exceeded.
func (s *search) isOver() bool {
	return len(s.seen) > s.limit || s.instrs > s.bounds.instrs || !s.company && len(s.seen) > s.bounds.alone
}

// isNew reports whether a state has not been seen before, and marks it seen.
func (s *search) isNew(st *state) bool {
	key := s.key(st)
	if s.seen[string(key)] {
		return false
	}
	s.seen[string(key)] = true
	s.company = s.company || len(st.gs) > 1
	return true
}

// expand judges a state in which all goroutines stand, and makes its moves.
func (s *search) expand(st *state) {
	if !s.isNew(st) || s.isDull(st) {
		return
	}
	ways := st.ways()
	var stuck []int
	if !st.unwinds() { // else it ends or recovers before anybody waits for long
		stuck = st.stuck(ways)
	}
	joins := s.joins(st, ways, stuck)
	for _, j := range joins {
		stuck = append(stuck, j.waits)
	}
	if len(stuck) > 0 {
		s.found = append(s.found, &proof{st: st.clone(), stuck: stuck, joins: joins})
		for _, g := range stuck {
			st.bury(g)
		}
	}
	for _, w := range ways {
		to, o := s.take(st, w)
		switch o {
		case next:
			s.queue = append(s.queue, to)
		case leaves:
			s.left++
		}
	}
}
