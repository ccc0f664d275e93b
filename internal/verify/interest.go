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
	types map[types.Type]bool      // does a variable of the type contain a lock or group?
	own   map[*model.Func]bool     // does the function itself make something of interest?
	acts  map[*model.Func]bool     // does it or a callee?
	ahead map[*ssa.BasicBlock]bool // may something of interest be made from here on?
	lits  map[*model.Func]bool     // do its literals act?
	conds bool                     // does anybody wait for a condition?
	tries bool                     // does anybody look whether a lock is held?
}

// newInterests reads off the model what the package offers for proofs.
func newInterests(p *model.Package) *interests {
	n := &interests{
		makes: make(map[*ssa.MakeChan]bool), ctxs: make(map[*ssa.Call]bool), types: make(map[types.Type]bool),
		own: make(map[*model.Func]bool), acts: make(map[*model.Func]bool),
		ahead: make(map[*ssa.BasicBlock]bool), lits: make(map[*model.Func]bool),
	}
	for _, ch := range p.Chans {
		if !canHold(ch) {
			continue
		}
		for _, mk := range ch.Makes {
			n.makes[mk.Instr], n.own[mk.Func] = true, true
		}
	}
	for _, f := range p.Funcs {
		for _, o := range f.Ops {
			n.conds = n.conds || o.Action == model.CondWait
			n.tries = n.tries || o.Action == model.TryLock || o.Action == model.TryRLock
		}
	}
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

// allocates reports whether a function makes a group, or a lock that it shares
// with goroutines of its own.
func (n *interests) allocates(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if a, ok := instr.(*ssa.Alloc); ok && n.isShared(f, a.Type().Underlying().(*types.Pointer).Elem()) {
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

// isShared reports whether a variable of f of type t contains a group, is a
// lock, or contains one and f starts goroutines.
func (n *interests) isShared(f *model.Func, t types.Type) bool {
	_, isStruct := types.Unalias(t).(*types.Struct)
	named, ok := types.Unalias(t).(*types.Named)
	isLock := !isStruct && ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync"
	return n.contains(t, isLock || len(f.Spawns) > 0)
}

// contains reports whether a variable of type t contains a group, or also a
// lock.
func (n *interests) contains(t types.Type, locks bool) bool { return contains(t, locks, 0) }

// lockTypes are the types that one goroutine holds against another.
var lockTypes = map[symbol.Name]bool{
	{Pkg: "sync", Func: "Mutex"}: true, {Pkg: "sync", Func: "RWMutex"}: true, {Pkg: "sync", Func: "Once"}: true,
}

// groupTypes are the types whose Wait waits for other goroutines.
var groupTypes = map[symbol.Name]bool{
	{Pkg: "sync", Func: "Cond"}:      true,
	{Pkg: "sync", Func: "WaitGroup"}: true, {Pkg: "golang.org/x/sync/errgroup", Func: "Group"}: true,
}

// contains does the work of interests.contains, to a bounded depth.
func contains(t types.Type, locks bool, depth int) bool {
	if depth > 4 {
		return false
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		name := symbol.Name{Pkg: named.Obj().Pkg().Path(), Func: named.Obj().Name()}
		if groupTypes[name] || locks && lockTypes[name] {
			return true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if contains(f.Type(), locks, depth+1) {
				return true
			}
		}
	case *types.Array:
		return contains(u.Elem(), locks, depth+1)
	}
	return false
}

// matters reports whether the variable or channel made at site is worth
// following.
func (n *interests) matters(site ssa.Instruction) bool {
	switch i := site.(type) {
	case *ssa.MakeChan:
		return n.makes[i]
	case *ssa.Call:
		return n.ctxs[i]
	case *ssa.Alloc:
		t := i.Type().Underlying().(*types.Pointer).Elem()
		v, ok := n.types[t]
		if !ok {
			v = n.contains(t, true)
			n.types[t] = v
		}
		return v
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
		v = v || handsBack(call.To.SSA.Signature) && n.doesAct(call.To)
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
	return handsBack(fn.Signature) && n.doesAct(m)
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
		if o != nil && !o.escaped && (o.isChan && o.site != nil || o.special || s.matters(o.site)) {
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
