package verify

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file asks which channel operations ahead of a goroutine can never go on
// because nobody is left to serve them (must): the channel is in view, and no
// function that the other goroutines may run has an operation for the other
// end.

// isUnserved reports whether an operation of a frame is on a channel in view
// that nobody will serve.
func (x *ender) isUnserved(f *frame, ch ssa.Value, dir types.ChanDir) bool {
	c, ok := x.constant(f, ch, 0).(chanRef)
	return ok && x.isDeadEnd(c, dir)
}

// isDeadEnd reports whether nobody will serve an operation on a channel.
func (x *ender) isDeadEnd(c chanRef, dir types.ChanDir) bool {
	if x.isOpenFor(c, dir) {
		return false
	}
	for i, g := range x.st.gs {
		if g != nil && !slices.Contains(x.without, i) && x.mayServe(g, c.obj, dir) {
			return false
		}
	}
	return true
}

// isOpenFor reports whether an operation on a channel may go on without another
// goroutine in view.
func (x *ender) isOpenFor(c chanRef, dir types.ChanDir) bool {
	o := x.st.objs[c.obj]
	if o == nil || o.escaped || o.closed {
		return true
	}
	if dir == types.SendOnly {
		return o.lent&mayRecv != 0 || len(o.buf) < o.cap
	}
	return o.lent&maySend != 0 || len(o.buf) > 0
}

// constant returns what a register holds each time: it is set once, or loaded
// from a variable that is. It is nil if that is not certain.
func (x *ender) constant(f *frame, v ssa.Value, depth int) value {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return f.get(v)
	case *ssa.MakeChan, *ssa.Alloc:
		return x.st.known(f.get(v))
	case *ssa.ChangeType:
		return x.constant(f, v.X, depth+1)
	case *ssa.Call:
		if !isDone(v) {
			return nil
		}
		if c, ok := x.constant(f, v.Call.Value, depth+1).(ctxRef); ok {
			return chanRef{c.done}
		}
	case *ssa.Extract:
		if contextFunc(v) != "" {
			return f.get(v)
		}
	case *ssa.UnOp:
		if v.Op != token.MUL || !x.staysSame(v) {
			return nil
		}
		if r, ok := x.address(f, v.X, depth+1).(ref); ok && x.st.objs[r.obj] != nil {
			return x.st.objs[r.obj].cells[r.path]
		}
	}
	return nil
}

// address returns the variable that a register points to each time.
func (x *ender) address(f *frame, v ssa.Value, depth int) value {
	fa, ok := v.(*ssa.FieldAddr)
	if !ok {
		return x.constant(f, v, depth)
	}
	if r, ok := x.address(f, fa.X, depth+1).(ref); ok {
		return ref{r.obj, fieldPath(r.path, fa.Field)}
	}
	return nil
}

// staysSame reports whether what a load finds never changes: a channel of the
// only make of its class, or a variable that is stored to once.
func (x *ender) staysSame(v *ssa.UnOp) bool {
	if ch := x.pkg.ChanOf(v); ch != nil {
		return len(ch.Makes) == 1 && !ch.In && !ch.MaybeNil
	}
	addr := v.X
	if fv, ok := addr.(*ssa.FreeVar); ok {
		addr = model.Binding(fv)
	}
	a, ok := addr.(*ssa.Alloc)
	return ok && stores(a) <= 1
}

// stores counts the places that write to a variable or may do so.
func stores(v ssa.Value) (n int) {
	for _, u := range *v.Referrers() {
		switch u := u.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			n++
		case *ssa.UnOp, *ssa.FieldAddr:
		case *ssa.MakeClosure:
			for k, b := range u.Bindings {
				if b == v {
					n += stores(u.Fn.(*ssa.Function).FreeVars[k])
				}
			}
		default:
			n += 2
		}
	}
	return n
}

// mayServe reports whether a goroutine may at any time do what lets an
// operation on a channel go on.
func (x *ender) mayServe(g *gor, ch int, dir types.ChanDir) bool {
	m := &marker{s: x.st, seen: make(map[int]bool), fns: make(map[*ssa.Function]bool)}
	m.gor(g)
	if !m.seen[ch] {
		return false
	}
	mk, ok := x.st.objs[ch].site.(*ssa.MakeChan)
	if !ok {
		return true // only a cancel function leads here
	}
	class := x.pkg.ChanOf(mk)
	if !class.IsClosedWorld() || m.boxed {
		return true
	}
	return slices.ContainsFunc(servers(class, dir), func(o *model.Op) bool {
		for fn := range m.fns { // any order: only whether
			if x.runs(x.pkg.FuncOf(fn))[o.Func] {
				return true
			}
		}
		return slices.ContainsFunc(g.stack, func(f *frame) bool { return x.runs(f.code.model)[o.Func] })
	})
}

// servers lists the operations that let one on the other end of a channel go
// on.
func servers(ch *model.Chan, dir types.ChanDir) (out []*model.Op) {
	if dir == types.SendOnly {
		out = slices.Clone(ch.Recvs)
	} else {
		out = slices.Concat(ch.Sends, ch.Closes)
	}
	for _, k := range ch.Cases {
		if k.Dir != dir {
			out = append(out, k.Select.Op)
		}
	}
	return out
}

// runs is the set of functions that a function may run, itself included.
func (c *checker) runs(f *model.Func) map[*model.Func]bool {
	set, ok := c.reach[f]
	if !ok {
		set = make(map[*model.Func]bool)
		addRuns(f, set)
		c.reach[f] = set
	}
	return set
}

// addRuns adds what a function may run: its callees, literals and goroutines.
func addRuns(f *model.Func, runs map[*model.Func]bool) {
	if f == nil || runs[f] {
		return
	}
	runs[f] = true
	for _, c := range f.AllCalls() {
		addRuns(c.To, runs)
	}
	for _, l := range f.Lits {
		addRuns(l, runs)
	}
	for _, s := range f.Spawns {
		addRuns(s.Body, runs)
	}
}
