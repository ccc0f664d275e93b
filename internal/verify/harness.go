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
// A pool is a loop like it whose queue may have room, be closed, or have more
// workers: then only what the worker does with the request it was handed is
// judged, not what becomes of the queue.
//
// It misses fields with several makes of different capacity, and types that
// hand themselves to unknown functions.

// harness is one loop beside one method.
type harness struct {
	ch     *model.Chan
	field  int // index of the channel's field in the struct
	loop   *model.Spawn
	method *model.Func
	isPool bool
	twice  bool // somebody else calls the method, too
}

// harnesses lists the loops and methods to run together, in source order.
func (c *checker) harnesses() []harness {
	var out []harness
	for _, ch := range c.pkg.Chans {
		loop := loopOf(ch)
		if loop == nil || ch.In || len(ch.Makes) == 0 {
			continue
		}
		owner := ownerOf(loop.Body, ch)
		field := fieldOf(ch, owner)
		if field < 0 {
			continue
		}
		h := harness{ch: ch, field: field, loop: loop}
		h.isPool = ch.MaxCap() != 0 || loop.Loop != nil
		seen := map[*model.Func]bool{loop.Body.Decl(): true}
		for _, m := range c.senders(h) {
			if !seen[m] && hasReceiver(m, owner) && !isCalledBy(m, loop.Body) {
				seen[m] = true
				h.method = m
				out = append(out, h)
			}
		}
	}
	return out
}

// loopOf returns the start of the only goroutine that receives from a channel,
// a method or literal started in one place and called nowhere, or nil.
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
	if loop == nil || len(loop.Started) != 1 || len(loop.Callers) > 0 {
		return nil
	}
	return loop.Started[0]
}

// ownerOf returns the pointer type through which a loop gets at its channel:
// that of its receiver, or of a variable that a literal captures; nil if there
// is none.
func ownerOf(loop *model.Func, ch *model.Chan) types.Type {
	if recv := loop.SSA.Signature.Recv(); recv != nil {
		return recv.Type()
	}
	for _, v := range loop.SSA.FreeVars {
		ptr, ok := v.Type().Underlying().(*types.Pointer)
		if ok && fieldOf(ch, ptr.Elem()) >= 0 {
			return ptr.Elem()
		}
	}
	return nil
}

// fieldOf returns the index of the channel's field in the struct that owner
// points to, or -1.
func fieldOf(ch *model.Chan, owner types.Type) int {
	if owner == nil {
		return -1
	}
	ptr, ok := owner.Underlying().(*types.Pointer)
	if !ok {
		return -1
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
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

// hasReceiver reports whether a function is a method of what a pointer type
// points to.
func hasReceiver(f *model.Func, owner types.Type) bool {
	recv := f.SSA.Signature.Recv()
	if recv == nil {
		return false
	}
	a, ok := recv.Type().Underlying().(*types.Pointer)
	b, too := owner.Underlying().(*types.Pointer)
	return ok && too && sameNamed(a.Elem(), b.Elem())
}

// sameNamed reports whether two types have the same declaration, whatever
// their type arguments.
func sameNamed(a, b types.Type) bool {
	x, ok := types.Unalias(a).(*types.Named)
	y, too := types.Unalias(b).(*types.Named)
	return ok && too && x.Origin() == y.Origin()
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
	s.isHarness, s.isPool, s.isShared, s.isTwice = true, h.isPool, h.loop.Loop != nil, h.twice
	s.run()
	r.Stats.add(s)
	n := len(r.Stuck)
	for _, p := range s.found {
		r.addProof(s, p)
	}
	if len(r.Stuck) == n && !h.isPool && !h.twice && !s.over {
		h.twice = true
		c.runHarness(h, r)
	}
}

// harnessChan is the number of the field's channel among a harness's objects.
const harnessChan = 1

// state makes the state in which both begin.
func (h harness) state(method, loop *code) *state {
	st := &state{}
	owner := st.add(&object{cells: map[string]value{"": st.fresh()}})
	site := h.ch.Makes[0]
	ch := st.add(&object{isChan: true, site: ssa.Instruction(site.Instr), cap: int(max(site.Cap, 0))})
	st.objs[owner].cells[fieldPath("", h.field)] = chanRef{ch}
	all := []*code{method, loop}
	if h.isPool && h.loop.Loop != nil {
		all = append(all, loop) // one worker more
	}
	for i, k := range all {
		t := h.target(st, k, ref{obj: owner})
		f := newFrame(k, t, nil, nil)
		f.owner = st
		g := &gor{owner: st, stack: []*frame{f}}
		if i > 0 {
			g.spawn = h.loop
		}
		st.gs = append(st.gs, g)
	}
	if h.twice {
		f := newFrame(method, h.target(st, method, ref{obj: owner}), nil, nil)
		f.owner = st
		st.gs = append(st.gs, &gor{owner: st, stack: []*frame{f}})
	}
	return st
}

// target returns the call of a method on the owner, or that of a literal which
// captures a variable that holds it.
func (h harness) target(st *state, k *code, owner ref) (t target) {
	for i := range k.fn.Params {
		if i == 0 && k.fn.Signature.Recv() != nil {
			t.args = append(t.args, owner)
		} else {
			t.args = append(t.args, st.fresh())
		}
	}
	for _, v := range k.fn.FreeVars {
		x := st.fresh()
		if ptr, ok := v.Type().Underlying().(*types.Pointer); ok && fieldOf(h.ch, ptr.Elem()) == h.field {
			x = ref{obj: st.add(&object{cells: map[string]value{"": owner}})}
		}
		t.free = append(t.free, x)
	}
	return t
}
