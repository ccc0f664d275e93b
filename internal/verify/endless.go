package verify

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds joins that hold up what would end the goroutines they wait
// for: a goroutine that can still move, on a timer, say, but leaves its loop
// only by a channel that is closed behind the Wait. That it never gets to its
// end is read off the control flow from where it stands (may: every branch has
// both sides, every call returns), without the operations that nobody but the
// waiting goroutine could serve.

// join is a goroutine that waits and another that it waits for in vain.
type join struct{ waits, endless int }

// joins lists the goroutines that wait for another one which moves on but ends
// only after the wait has ended. (One that does not move is found stuck when
// everybody else has come to rest.)
func (c *checker) joins(s *state, ways []way, dead []int) (out []join) {
	for w, g := range s.gs {
		if g == nil || slices.Contains(dead, w) {
			continue
		}
		before := &ender{checker: c, st: s, without: append([]int{w}, dead...)}
		after := &ender{checker: c, st: s, without: dead}
		e := -1
		switch {
		case g.at.action == model.GroupWait && !s.passes(g.at):
			e = before.unfinished(w, g.at.on, after)
		case g.at.action == model.Recv && !isAlive(ways, w):
			e = before.silent(w, g.at.on, after)
		}
		if e >= 0 && isAlive(ways, e) {
			out = append(out, join{w, e})
		}
	}
	return out
}

// isAlive reports whether a goroutine takes part in a move.
func isAlive(ways []way, g int) bool {
	return slices.ContainsFunc(ways, func(w way) bool { return w.g == g || w.kind == byPeer && w.peer == g })
}

// unfinished returns a goroutine that a group waits for, which does not end
// before w goes on but may end after; -1 if there is none.
func (x *ender) unfinished(w int, group value, after *ender) int {
	for e, g := range x.st.gs {
		if g == nil || slices.Contains(x.without, e) {
			continue
		}
		if depth := x.owes(x.st, g, group); depth >= 0 && !x.ends(g, depth) && after.ends(g, depth) {
			return e
		}
	}
	return -1
}

// silent returns a goroutine that sends to w or closes its channel only after w
// has gone on; -1 if there is none, or if anybody may do so before.
func (x *ender) silent(w int, on value, after *ender) int {
	c, ok := on.(chanRef)
	if !ok || x.isOpenFor(c, types.RecvOnly) {
		return -1
	}
	found := -1
	for e, g := range x.st.gs {
		switch {
		case g == nil || slices.Contains(x.without, e) || !x.mayServe(g, c.obj, types.RecvOnly):
		case x.getsToServe(g, c.obj):
			return -1
		case found < 0 && after.getsToServe(g, c.obj):
			found = e
		}
	}
	return found
}

// owes returns the number of the frame at whose end a goroutine counts a group
// down, or -1.
func (c *checker) owes(s *state, g *gor, group value) int {
	for i, f := range g.stack {
		if f.done == group {
			return i
		}
		for _, d := range f.defers {
			if c.countsDown(s, d.call, group) {
				return i
			}
		}
	}
	return -1
}

// countsDown reports whether a deferred call is Done of a group, or a literal
// that calls it.
func (c *checker) countsDown(s *state, t target, group value) bool {
	if action, ok := model.SyncAction(t.obj); ok {
		return action == model.GroupDone && len(t.args) > 0 && t.args[0] == group
	}
	if t.fn == nil {
		return false
	}
	f, r := c.pkg.FuncOf(t.fn), group.(ref)
	m := &marker{s: s, seen: make(map[int]bool)}
	m.values(t.free)
	m.values(t.args)
	return f != nil && m.seen[r.obj] && slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return o.Action == model.GroupDone })
}

// ender asks whether a goroutine can come to an end.
type ender struct {
	*checker
	st      *state
	without []int // goroutines that serve nobody
}

// ends reports whether a goroutine may leave the frame at some depth of its
// stack.
func (x *ender) ends(g *gor, depth int) bool {
	for i := len(g.stack) - 1; i >= depth; i-- {
		if !x.leaves(g.stack[i]) {
			return false
		}
	}
	return true
}

// leaves reports whether control may get from where a frame stands to its end.
func (x *ender) leaves(f *frame) bool {
	return f.mode != running || x.stretch(f, func(ssa.Instruction) bool { return false })
}

// stretch visits what a frame may still execute, and reports whether it may end
// or whether stop says so of an instruction.
func (x *ender) stretch(f *frame, stop func(ssa.Instruction) bool) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var visit func(b *ssa.BasicBlock, pc int) bool
	visit = func(b *ssa.BasicBlock, pc int) bool {
		for _, instr := range b.Instrs[pc:] {
			switch i := instr.(type) {
			case *ssa.Return, *ssa.RunDefers:
				return true
			case *ssa.Panic:
				return !isNoReturn(i) && !isNoCase(i)
			}
			if stop(instr) {
				return true
			}
			if x.isDead(f, instr) {
				return false
			}
		}
		for n, s := range b.Succs {
			if !seen[s] && !x.isDeadEdge(f, b, n) {
				seen[s] = true
				if visit(s, 0) {
					return true
				}
			}
		}
		return false
	}
	return visit(f.block, f.pc)
}

// getsToServe reports whether a goroutine that could serve a receiver may get
// to do so: by an instruction, or at its end.
func (x *ender) getsToServe(g *gor, ch int) bool {
	mk, ok := x.st.objs[ch].site.(*ssa.MakeChan)
	if !ok {
		return true
	}
	ops := servers(x.pkg.ChanOf(mk), types.RecvOnly)
	f := g.top()
	return f.mode != running || x.stretch(f, func(instr ssa.Instruction) bool { return x.mayDo(f, instr, ops) })
}

// mayDo reports whether an instruction is one of several operations, or runs a
// function that may have one.
func (x *ender) mayDo(f *frame, instr ssa.Instruction, ops []*model.Op) bool {
	if slices.ContainsFunc(ops, func(o *model.Op) bool { return o.Instr == instr }) {
		return true
	}
	var fn *ssa.Function
	switch i := instr.(type) {
	case *ssa.MakeClosure:
		fn = i.Fn.(*ssa.Function)
	case ssa.CallInstruction:
		fn = i.Common().StaticCallee()
		if _, isBuiltin := i.Common().Value.(*ssa.Builtin); isBuiltin || fn == nil {
			return !isBuiltin && !isUnknown(x.constant(f, i.Common().Value, 0))
		}
	default:
		return false
	}
	runs := x.runs(x.pkg.FuncOf(fn))
	return slices.ContainsFunc(ops, func(o *model.Op) bool { return runs[o.Func] })
}

// isNoCase reports whether a panic stands behind the last case of a select.
func isNoCase(i *ssa.Panic) bool {
	mi, ok := i.X.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	c, ok := mi.X.(*ssa.Const)
	return ok && constValue(c) == lit{"blocking select matched no case"}
}

// isDead reports whether an operation never returns.
func (x *ender) isDead(f *frame, instr ssa.Instruction) bool {
	switch i := instr.(type) {
	case *ssa.Send:
		return x.isUnserved(f, i.Chan, types.SendOnly)
	case *ssa.UnOp:
		return i.Op == token.ARROW && x.isUnserved(f, i.X, types.RecvOnly)
	case *ssa.Select:
		return i.Blocking && !slices.ContainsFunc(i.States, func(s *ssa.SelectState) bool { return !x.isUnserved(f, s.Chan, s.Dir) })
	}
	return false
}

// isDeadEdge reports whether the n-th way out of a block is a select's case
// that is never taken.
func (x *ender) isDeadEdge(f *frame, b *ssa.BasicBlock, n int) bool {
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok || n != 0 {
		return false
	}
	cmp, ok := br.Cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL {
		return false
	}
	index, ok := cmp.X.(*ssa.Extract)
	at, isConst := cmp.Y.(*ssa.Const)
	if !ok || !isConst || index.Index != 0 {
		return false
	}
	sel, ok := index.Tuple.(*ssa.Select)
	if !ok {
		return false
	}
	k := at.Int64()
	return k >= 0 && int(k) < len(sel.States) && x.isUnserved(f, sel.States[k].Chan, sel.States[k].Dir)
}
