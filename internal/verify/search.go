package verify

import (
	"crypto/sha256"

	"github.com/asynclint/asynclint/internal/model"
)

// Bounds of one root. They count states and instructions, never time, so that
// every machine finds the same.
const (
	maxStates     = 600
	maxTestStates = 200    // of a root in a test file, which drives whole programs
	maxPackage    = 12_000 // states after which no more tests are explored
	maxInstrs     = 100_000
)

// search explores the runs of one root.
type search struct {
	*checker
	root  *model.Func
	limit int // of states
	start func() *state

	isHarness bool // the root is a method beside its type's loop
	isPool    bool // the loop has a queue, or others like it
	seen      map[[sha256.Size]byte]bool
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
func (c *checker) check(f *model.Func, r *Result) {
	k := c.codeOf(f.SSA)
	if k == nil {
		return
	}
	c.isMain = isMainFunc(f)
	s := c.explore(f, k)
	r.Stats.add(s)
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
	s := &search{checker: c, root: f, seen: make(map[[sha256.Size]byte]bool), limit: maxStates}
	if f.Pkg.IsTestFile(f.Syntax.Pos()) {
		s.limit = maxTestStates
	}
	return s
}

// run explores from the start.
func (s *search) run() {
	s.queue = append(s.queue, s.start())
	for len(s.queue) > 0 && !s.over {
		st := s.queue[0]
		s.queue = s.queue[1:]
		s.visit(st)
	}
}

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
		if s.over = s.over || len(s.seen) > s.limit || s.instrs > maxInstrs; s.over {
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
	}
}

// isNew reports whether a state has not been seen before, and marks it seen.
func (s *search) isNew(st *state) bool {
	key := sha256.Sum256(s.key(st))
	if s.seen[key] {
		return false
	}
	s.seen[key] = true
	return true
}

// expand judges a state in which all goroutines stand, and makes its moves.
func (s *search) expand(st *state) {
	if !s.isNew(st) || s.isDull(st) {
		return
	}
	ways := st.ways()
	stuck := st.stuck(ways)
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
