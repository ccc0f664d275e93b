package lockacrossblock

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file knows channel operations that wait by their looks only: a test says
// that there is room or that the value is there, or the process is at its end.

// neverWaits reports whether an operation certainly goes on at once, or the process
// does not go on at all.
func (j *judge) neverWaits(w *wait) bool {
	return isTimerDrain(w.op) || isAfterPanic(w.op) || j.hasTestedRoom(w) || j.isSentOnce(w) || j.isCondWait(w)
}

// isTimerDrain reports whether a receive takes out what a timer has sent already,
// as its Stop has just said.
func isTimerDrain(o *model.Op) bool {
	if o.Action != model.Recv || o.Value == nil || !isClockChan(o.Value.Type()) {
		return false
	}
	return isGuarded(o.Block(), func(cond ssa.Value, branch bool) bool {
		call, ok := cond.(*ssa.Call)
		return ok && !branch && isTimerStop(call.Common().StaticCallee())
	})
}

// isClockChan reports whether t is a channel of time.Time.
func isClockChan(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && isMoment(ch.Elem())
}

// isTimerStop reports whether fn is time.Timer's Stop or Reset.
func isTimerStop(fn *ssa.Function) bool {
	return fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "time" && (fn.Name() == "Stop" || fn.Name() == "Reset")
}

// maxGuards bounds the tests around an operation that are looked at.
const maxGuards = 8

// isGuarded reports whether a block is only reached after a test for which says
// holds, given what is tested and how it came out.
func isGuarded(b *ssa.BasicBlock, says func(cond ssa.Value, branch bool) bool) bool {
	for range maxGuards {
		top := b.Idom()
		if top == nil {
			return false
		}
		if test, ok := top.Instrs[len(top.Instrs)-1].(*ssa.If); ok && len(b.Preds) == 1 {
			cond, branch := test.Cond, top.Succs[0] == b
			for not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT; not, ok = cond.(*ssa.UnOp) {
				cond, branch = not.X, !branch
			}
			if says(cond, branch) {
				return true
			}
		}
		b = top
	}
	return false
}

// isAfterPanic reports whether a wait without end only keeps a goroutine in sight
// while another one, started just before, ends the process by a panic.
func isAfterPanic(o *model.Op) bool {
	if o.Select == nil || len(o.Select.Cases) > 0 {
		return false
	}
	for _, instr := range o.Block().Instrs {
		if g, ok := instr.(*ssa.Go); ok && model.Before(g, o.Instr) {
			if b, ok := g.Call.Value.(*ssa.Builtin); ok && b.Name() == "panic" {
				return true
			}
		}
	}
	return false
}

// hasTestedRoom reports whether a send comes after a test that the buffer is not
// full, and nobody sends without the lock that is held here.
func (j *judge) hasTestedRoom(w *wait) bool {
	o := w.op
	if o.Action != model.Send || o.Chan == nil || !o.Chan.IsClosedWorld() || w.held.Class == nil || w.held.Mode != lockset.Write {
		return false
	}
	if !isGuarded(o.Block(), func(cond ssa.Value, branch bool) bool { return saysRoom(cond, branch, o) }) {
		return false
	}
	for _, k := range o.Chan.Cases {
		if k.Dir == types.SendOnly {
			return false
		}
	}
	return !slices.ContainsFunc(o.Chan.Sends, func(s *model.Op) bool { return !j.isUnder(s.Func, s.Instr, w.held.Class, maxUnder) })
}

// saysRoom reports whether a test compares the length of o's channel with its
// capacity, and came out so that there is room.
func saysRoom(cond ssa.Value, branch bool, o *model.Op) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || !isSizeOf(cmp.X, "len", o) || !isSizeOf(cmp.Y, "cap", o) {
		return false
	}
	switch cmp.Op {
	case token.EQL, token.GEQ:
		return !branch
	case token.LSS, token.NEQ:
		return branch
	}
	return false
}

// isSizeOf reports whether v is the builtin of that name of o's channel.
func isSizeOf(v ssa.Value, name string, o *model.Op) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == name && o.Func.Pkg.ChanOf(call.Call.Args[0]) == o.Chan
}

// maxUnder bounds the calls through which a lock is looked for.
const maxUnder = 3

// isUnder reports whether a lock of a class is held at an instruction, by its
// function or by all of its callers.
func (j *judge) isUnder(f *model.Func, at ssa.Instruction, class types.Object, depth int) bool {
	if slices.ContainsFunc(j.locks.HeldAt(f, at), func(h lockset.Held) bool { return h.Class == class }) || j.locks.IsEnteredWith(f, at, class) {
		return true
	}
	if depth == 0 || len(f.Callers) == 0 || f.IsExported() || f.EscapesAsValue() || len(f.Started) > 0 {
		return false
	}
	return !slices.ContainsFunc(f.Callers, func(c *model.Call) bool { return !j.isUnder(c.From, c.Instr, class, depth-1) })
}
