package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A harness answers what happens between a type's own loop and its other
// methods: the goroutine that alone receives from a channel field runs beside
// one call of a method that sends on it. The value they share is made up: the
// field holds a channel as the package makes it, everything else is unknown, so
// that contexts and stop channels may fire at any time.
//
// It misses loops that are not methods, fields with several makes of different
// capacity, and types that hand themselves to unknown functions.

// harness is one loop beside one method.
type harness struct {
	ch     *model.Chan
	field  int // index of the channel's field in the struct
	loop   *model.Spawn
	method *model.Func
}

// harnesses lists the loops and methods to run together, in source order.
func (c *checker) harnesses() []harness {
	var out []harness
	for _, ch := range c.pkg.Chans {
		loop := loopOf(ch)
		if loop == nil || ch.In || len(ch.Makes) == 0 || ch.MaxCap() != 0 || len(ch.Closes) > 0 {
			continue
		}
		field := fieldOf(ch, loop.Body)
		if field < 0 {
			continue
		}
		seen := map[*model.Func]bool{loop.Body: true}
		for _, o := range ch.Sends {
			m := o.Func
			if m.Obj != nil && !seen[m] && hasReceiver(m, loop.Body) && !isCalledBy(m, loop.Body) {
				seen[m] = true
				out = append(out, harness{ch, field, loop, m})
			}
		}
		out = append(out, c.askers(ch, field, loop, seen)...)
	}
	return out
}

// askers lists the methods that send on a loop's channel in a select: what they
// hand over may leave the loop stuck.
func (c *checker) askers(ch *model.Chan, field int, loop *model.Spawn, seen map[*model.Func]bool) (out []harness) {
	for _, k := range ch.Cases {
		m := k.Select.Func()
		if k.Dir == types.SendOnly && c.own[m] && m.Obj != nil && !seen[m] && hasReceiver(m, loop.Body) && !isCalledBy(m, loop.Body) {
			seen[m] = true
			out = append(out, harness{ch, field, loop, m})
		}
	}
	return out
}

// loopOf returns the start of the only goroutine that receives from a channel,
// a method started in one place and called nowhere, or nil.
func loopOf(ch *model.Chan) *model.Spawn {
	var loop *model.Func
	add := func(f *model.Func) bool {
		if loop == nil {
			loop = f
		}
		return loop == f
	}
	for _, o := range ch.Recvs {
		if !add(o.Func) {
			return nil
		}
	}
	for _, k := range ch.Cases {
		if k.Dir == types.RecvOnly && !add(k.Select.Func()) {
			return nil
		}
	}
	if loop == nil || loop.Obj == nil || len(loop.Started) != 1 || len(loop.Callers) > 0 || loop.RecvNamed() == nil {
		return nil
	}
	return loop.Started[0]
}

// fieldOf returns the index of the channel's field in the receiver of a method,
// or -1.
func fieldOf(ch *model.Chan, f *model.Func) int {
	st, ok := f.RecvNamed().Underlying().(*types.Struct)
	if !ok {
		return -1
	}
	for i := range st.NumFields() {
		for _, v := range ch.Vars {
			if st.Field(i).Origin() == v {
				return i
			}
		}
	}
	return -1
}

// hasReceiver reports whether a method has the same pointer receiver as
// another.
func hasReceiver(f, as *model.Func) bool {
	sig := f.SSA.Signature
	if sig.Recv() == nil || as.SSA.Signature.Recv() == nil {
		return false
	}
	_, isPtr := sig.Recv().Type().Underlying().(*types.Pointer)
	return isPtr && types.Identical(sig.Recv().Type(), as.SSA.Signature.Recv().Type())
}

// isCalledBy reports whether f runs in the goroutine of a loop, as far as
// static calls say.
func isCalledBy(f, loop *model.Func) bool {
	seen := make(map[*model.Func]bool)
	var visit func(*model.Func) bool
	visit = func(g *model.Func) bool {
		if g == f {
			return true
		}
		if seen[g] {
			return false
		}
		seen[g] = true
		for _, call := range g.Calls {
			if visit(call.To) {
				return true
			}
		}
		for _, l := range g.Lits {
			if visit(l) {
				return true
			}
		}
		return false
	}
	return visit(loop)
}

// runHarness explores a method beside a loop.
func (c *checker) runHarness(h harness, r *Result) {
	method, loop := c.codeOf(h.method.SSA), c.codeOf(h.loop.Body.SSA)
	if method == nil || loop == nil {
		return
	}
	c.isMain = false
	s := newSearch(c, h.method)
	s.start = func() *state { return h.state(method, loop) }
	s.isHarness = true
	s.run()
	r.Stats.add(s)
	for _, p := range s.found {
		r.addProof(s, p)
	}
}

// harnessChan is the number of the field's channel among a harness's objects.
const harnessChan = 1

// state makes the state in which both begin.
func (h harness) state(method, loop *code) *state {
	st := &state{}
	owner := st.add(&object{cells: map[string]value{"": st.fresh()}})
	ch := st.add(&object{isChan: true, site: ssa.Instruction(h.ch.Makes[0].Instr)})
	st.objs[owner].cells[fieldPath("", h.field)] = chanRef{ch}
	for i, k := range []*code{method, loop} {
		t := target{args: []value{ref{obj: owner}}}
		for range k.fn.Params[1:] {
			t.args = append(t.args, st.fresh())
		}
		f := newFrame(k, t, nil, nil)
		f.owner = st
		g := &gor{owner: st, stack: []*frame{f}}
		if i == 1 {
			g.spawn = h.loop
		}
		st.gs = append(st.gs, g)
	}
	return st
}
