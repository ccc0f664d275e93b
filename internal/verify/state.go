package verify

import (
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// state is one moment of one run: the goroutines, the objects they share, and
// what the run has learnt about unknown values. States are copied on write:
// clone is shallow, and mut… copies what is about to change.
type state struct {
	gs    []*gor    // slot 0 is the root; nil slots are free
	objs  []*object // by number; nil if nothing reaches the object any more
	syms  int       // syms 0…syms-1 are in use
	facts []fact    // what the run has decided
	mem   []cell    // what it has seen in memory out of view
	gone  []*ghost  // goroutines found stuck before
	log   *step     // how it came here
	sizes int       // how many unknown numbers have been chosen
	asked bool      // it has met a condition that the code in view does not decide
	turns int       // instructions since the last stop, against endless silent loops

	ownsFacts, ownsMem bool // they are not shared with another state
}

// fact says what an unknown value is.
type fact struct {
	key value
	val value // a lit or a num
}

// cell is a place out of view with the value seen or put there last.
type cell struct {
	addr value
	val  value
	by   []ssa.Instruction // the loads that saw it; a second look is a later moment
}

// object is a channel or a variable made by code in view.
type object struct {
	owner   *state
	site    ssa.Instruction
	isChan  bool
	isMap   bool
	special bool     // made by errgroup.WithContext or sync.NewCond
	escaped bool     // code out of view may use it: never a proof
	parts   []string // paths of parts that code out of view may use
	lent    access   // what code out of view may do with the channel, or with the one in the variable
	closed  bool
	cap     int
	sized   bool // the capacity was chosen for an unknown number
	buf     []value
	kids    []int // Done channels that are closed with this one
	cells   map[string]value
}

// isContext reports whether an object is the Done channel of a context.
func (o *object) isContext() bool {
	if o == nil || !o.isChan {
		return false
	}
	_, made := o.site.(*ssa.MakeChan)
	return !made
}

// gor is one goroutine.
type gor struct {
	owner *state
	stack []*frame
	spawn *model.Spawn // nil for the root
	ready bool         // stands at a visible operation
	at    *pending     // that operation
}

// frameMode says what a frame does when it is on top.
type frameMode uint8

const (
	running    frameMode = iota
	panicking            // run deferred calls, then unwind the caller
	recovering           // run deferred calls, then return
)

// frame is one call in progress.
type frame struct {
	owner  *state
	code   *code
	regs   []*chunk // registers; see reg
	block  *ssa.BasicBlock
	pc     int
	defers []deferred
	mode   frameMode
	dest   ssa.Value // the caller's register for the result, or nil
	done   value     // the group whose counter the call's end decrements, or nil
	call   ssa.Instruction

	turns    int  // of the loop over an iterator that it is in
	guessed  bool // it has taken a branch that the run could not decide
	measured bool // it was a branch of a loop, on which of two numbers is larger
}

// deferred is a call put off to the frame's end.
type deferred struct {
	instr *ssa.Defer
	call  target
}

// clone returns a copy that shares everything until it is changed.
func (s *state) clone() *state {
	s.ownsFacts, s.ownsMem = false, false
	return &state{
		gs: slices.Clone(s.gs), objs: slices.Clone(s.objs), syms: s.syms,
		facts: s.facts, mem: s.mem, log: s.log, turns: s.turns, sizes: s.sizes, asked: s.asked,
		gone: s.gone,
	}
}

// mutg returns goroutine i with its innermost frame ready to be changed.
func (s *state) mutg(i int) *gor {
	g := s.gs[i]
	if g.owner != s {
		g = &gor{owner: s, spawn: g.spawn, ready: g.ready, at: g.at, stack: slices.Clone(g.stack)}
		s.gs[i] = g
	}
	if len(g.stack) > 0 {
		s.mutFrame(g, len(g.stack)-1)
	}
	return g
}

// mutFrame returns a frame of a goroutine ready to be changed.
func (s *state) mutFrame(g *gor, k int) *frame {
	f := g.stack[k]
	if f.owner != s {
		dup := *f
		dup.owner, dup.regs, dup.defers = s, slices.Clone(f.regs), slices.Clone(f.defers)
		f = &dup
		g.stack[k] = f
	}
	return f
}

// mut returns object i ready to be changed.
func (s *state) mut(i int) *object {
	o := s.objs[i]
	if o.owner == s {
		return o
	}
	c := *o
	c.owner, c.buf, c.kids, c.cells = s, slices.Clone(o.buf), slices.Clone(o.kids), maps.Clone(o.cells)
	s.objs[i] = &c
	return &c
}

// ownFacts makes facts safe to change.
func (s *state) ownFacts() {
	if !s.ownsFacts {
		s.facts, s.ownsFacts = append(make([]fact, 0, len(s.facts)+4), s.facts...), true
	}
}

// ownMem makes memory safe to change.
func (s *state) ownMem() {
	if !s.ownsMem {
		s.mem, s.ownsMem = append(make([]cell, 0, len(s.mem)+2), s.mem...), true
	}
}

// fresh returns an unknown value that nothing is known about.
func (s *state) fresh() value {
	s.syms++
	return sym(s.syms - 1)
}

// add puts a new object into the state and returns its number.
func (s *state) add(o *object) int {
	o.owner = s
	s.objs = append(s.objs, o)
	return len(s.objs) - 1
}

// top returns the innermost frame.
func (g *gor) top() *frame { return g.stack[len(g.stack)-1] }

// get returns what a register of the frame holds.
func (f *frame) get(v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.Const:
		return constValue(v)
	case *ssa.Function:
		return &fnVal{fn: v}
	case *ssa.Global:
		return term{op: "global", p: v}
	}
	if i, ok := f.code.regs[v]; ok {
		if x := f.reg(i); x != nil {
			return x
		}
	}
	return junk{}
}

// chunk is a few registers, copied together when one of them changes.
type chunk struct {
	owner *state
	vals  [chunkSize]value
}

// chunkSize is how many registers are copied together.
const chunkSize = 8

// chunks returns how many chunks hold n registers.
func chunks(n int) int { return (n + chunkSize - 1) / chunkSize }

// reg returns what register number i holds, nil if it was never set.
func (f *frame) reg(i int) value {
	if c := f.regs[i/chunkSize]; c != nil {
		return c.vals[i%chunkSize]
	}
	return nil
}

// setReg puts a value into register number i.
func (f *frame) setReg(i int, x value) {
	c := f.regs[i/chunkSize]
	switch {
	case c == nil:
		c = &chunk{owner: f.owner}
		f.regs[i/chunkSize] = c
	case c.owner != f.owner || c.owner == nil:
		c = &chunk{owner: f.owner, vals: c.vals}
		f.regs[i/chunkSize] = c
	}
	c.vals[i%chunkSize] = x
}

// set puts a value into a register.
func (f *frame) set(v ssa.Value, x value) {
	if i, ok := f.code.regs[v]; ok {
		f.setReg(i, x)
	}
}

// instr returns the instruction the frame stands at.
func (f *frame) instr() ssa.Instruction { return f.block.Instrs[f.pc] }
