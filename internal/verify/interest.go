package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file says which objects are worth following. A channel is if something
// waits on it in a way that nothing out of view can end; a variable is if it
// contains a lock or a group. Everything else counts as out of view from the
// start: it never stops anybody.

// interests is what the package offers for proofs.
type interests struct {
	makes map[*ssa.MakeChan]bool
	ctxs  map[*ssa.Call]bool       // calls that make contexts
	types map[types.Type]content   // what variables of the type contain
	joins map[types.Object]bool    // variables and fields with a group or condition that somebody waits for
	own   map[*model.Func]bool     // does the function itself make something of interest?
	acts  map[*model.Func]bool     // does it or a callee?
	ahead map[*ssa.BasicBlock]bool // may something of interest be made from here on?
	lits  map[*model.Func]bool     // do its literals act?
	conds bool                     // does anybody wait for a condition?
	tries bool                     // does anybody look whether a lock is held?
	whole bool                     // are programs of their own explored?
}

// newInterests reads off the model what the package offers for proofs; whole says
// that programs of their own are to be explored.
func newInterests(p *model.Package, whole bool) *interests {
	n := &interests{
		whole: whole,
		makes: make(map[*ssa.MakeChan]bool), ctxs: make(map[*ssa.Call]bool), types: make(map[types.Type]content),
		joins: make(map[types.Object]bool),
		own:   make(map[*model.Func]bool), acts: make(map[*model.Func]bool),
		ahead: make(map[*ssa.BasicBlock]bool), lits: make(map[*model.Func]bool),
	}
	for _, ch := range p.Chans {
		if !canHold(ch) && !n.whole {
			continue
		}
		for _, mk := range ch.Makes {
			n.makes[mk.Instr], n.own[mk.Func] = true, true
		}
	}
	n.readJoins(p)
	for _, f := range p.Funcs {
		if !n.own[f] && n.allocates(f) {
			n.own[f] = true
		}
	}
	n.readContexts(p)
	return n
}

// canHold reports whether somebody can be stuck at a channel of the class.
func canHold(c *model.Chan) bool {
	if len(c.Sends) > 0 || len(c.Recvs) > 0 {
		return true
	}
	for _, k := range c.Cases {
		if isStuckable(k.Select) {
			return true
		}
	}
	return false
}

// isStuckable reports whether no case of a select listens to something out of
// view.
func isStuckable(s *model.Select) bool {
	if s.HasDefault {
		return false
	}
	for _, k := range s.Cases {
		if k.Chan == nil || len(k.Chan.Makes) == 0 {
			return false
		}
	}
	return true
}

// allocates reports whether a function makes a group, a condition or a lock.
func (n *interests) allocates(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if a, ok := instr.(*ssa.Alloc); ok && n.matters(a) {
				return true
			}
		}
	}
	for _, o := range f.Ops { // errgroup.WithContext
		if o.Action == model.GroupGo {
			return true
		}
	}
	return n.conds && makesCond(f)
}

// matters reports whether the variable or channel made at site is worth
// following: somebody can be stuck at it.
func (n *interests) matters(site ssa.Instruction) bool {
	switch i := site.(type) {
	case *ssa.MakeChan:
		return n.makes[i]
	case *ssa.Call:
		return n.ctxs[i]
	case *ssa.Alloc:
		return n.contentOf(i) != nothing
	}
	return false
}

// doesAct reports whether a function or a callee of it makes something of
// interest.
func (n *interests) doesAct(f *model.Func) bool {
	if v, ok := n.acts[f]; ok {
		return v
	}
	n.acts[f] = false // against recursion
	v := n.own[f]
	for _, call := range f.Calls {
		v = v || n.handsBack(call.To.SSA.Signature) && n.doesAct(call.To)
	}
	n.acts[f] = v
	return v
}

// isAhead reports whether a frame may still make something of interest.
func (n *interests) isAhead(f *frame) bool {
	if f.code.model == nil {
		return false
	}
	if v, ok := n.ahead[f.block]; ok {
		return v
	}
	v := false
	for _, b := range append(between(f.block, nil), f.block) {
		if n.makesIn(f.code.model, b) {
			v = true
			break
		}
	}
	n.ahead[f.block] = v
	return v
}

// makesIn reports whether a block may make something of interest.
func (n *interests) makesIn(f *model.Func, b *ssa.BasicBlock) bool {
	for _, instr := range b.Instrs {
		switch i := instr.(type) {
		case *ssa.MakeChan, *ssa.Alloc:
			if n.matters(i) {
				return true
			}
		case ssa.CallInstruction:
			if n.mayMake(f, i) {
				return true
			}
		}
	}
	return false
}

// mayMake reports whether a call may make something of interest for its caller.
func (n *interests) mayMake(f *model.Func, i ssa.CallInstruction) bool {
	fn := i.Common().StaticCallee()
	if fn == nil {
		return !i.Common().IsInvoke() && n.litsAct(f)
	}
	m := f.Pkg.FuncOf(fn)
	if call, ok := i.(*ssa.Call); ok && n.ctxs[call] {
		return true
	}
	if m == nil {
		obj, ok := fn.Object().(*types.Func)
		return ok && symbol.Of(obj) == symbol.Name{Pkg: "golang.org/x/sync/errgroup", Func: "WithContext"} || n.conds && isNewCond(i)
	}
	return n.handsBack(fn.Signature) && n.doesAct(m)
}

// litsAct reports whether a literal in f's declaration makes something of
// interest.
func (n *interests) litsAct(f *model.Func) bool {
	d := f.Decl()
	if v, ok := n.lits[d]; ok {
		return v
	}
	v := false
	var walk func(*model.Func)
	walk = func(f *model.Func) {
		v = v || n.doesAct(f)
		for _, l := range f.Lits {
			walk(l)
		}
	}
	for _, l := range d.Lits {
		walk(l)
	}
	n.lits[d] = v
	return v
}

// isDull reports whether a state holds nothing of interest and cannot make
// any: nothing can be proved from it.
func (s *search) isDull(st *state) bool {
	for _, o := range st.objs {
		if o != nil && !o.escaped && (o.special || s.matters(o.site)) {
			return false
		}
	}
	for _, g := range st.gs {
		if g == nil {
			continue
		}
		for _, f := range g.stack {
			if s.isAhead(f) {
				return false
			}
		}
	}
	return true
}
