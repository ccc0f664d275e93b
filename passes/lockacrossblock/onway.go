package lockacrossblock

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file finds the lock that a goroutine must take on its way to a channel
// operation: before it on every path, in a loop over a set that comes before
// it, in a function that it calls, and, for what is deferred, on every path
// through the function. Must, but for loops without a turn, which are ignored.

// maxWay bounds the steps from a deferred or called function to its caller.
const maxWay = 2

// way is what leads to an instruction of a function.
type way struct {
	f        *model.Func
	at       ssa.Instruction
	deferred bool // it runs when f returns
}

// onWay returns where h's lock is taken on every way to an operation, or nil.
func (j *judge) onWay(o *model.Op, h lockset.Held) *model.Op {
	y := way{o.Func, o.Instr, o.Deferred}
	for range maxWay {
		if x := y.lock(h); x != nil {
			return x
		}
		if len(y.f.Callers) != 1 || len(y.f.Started) > 0 || y.f.EscapesAsValue() {
			return nil
		}
		c := y.f.Callers[0]
		y = way{c.From, c.Instr, c.Deferred}
	}
	return nil
}

// lock returns where f, or what it calls, takes h's lock on the way.
func (y way) lock(h lockset.Held) *model.Op {
	for _, x := range y.f.Ops {
		if mustWaitFor(x, h) && y.passes(x.Instr, x.Pos) && !y.waitsAfter(x.Instr) {
			return x
		}
	}
	for _, c := range y.f.AllCalls() {
		if c.To == y.f || c.Deferred && !y.comesBefore(c) {
			continue
		}
		x := takes(c.To, h)
		if x == nil || !isAlwaysRun(c.To, x.Instr.Block()) {
			continue
		}
		if c.Deferred || y.passes(c.Instr, c.Pos) && !y.waitsAfter(c.Instr) {
			return x
		}
	}
	return nil
}

// comesBefore reports whether a deferred call certainly runs before the deferred
// end of the way: it is deferred after it, on every path to a return.
func (y way) comesBefore(c *model.Call) bool {
	return y.deferred && c.Instr != y.at && model.Before(y.at, c.Instr) && isAlwaysRun(y.f, c.Instr.Block())
}

// onLoop returns where a goroutine that closes a channel at its end takes h's
// lock before, at least on some turns of what it does until it hears of the end;
// nil if it need not.
func (j *judge) onLoop(o *model.Op, h lockset.Held) *model.Op {
	if o.Action != model.Close {
		return nil
	}
	f := o.Func
	for range maxWay {
		if len(f.Started) > 0 || len(f.Callers) != 1 || f.EscapesAsValue() {
			break
		}
		f = f.Callers[0].From
	}
	if len(f.Started) == 0 {
		return nil
	}
	for _, l := range f.Loops {
		for _, x := range f.Ops {
			if mustWaitFor(x, h) && l.Contains(x.Pos) {
				return x
			}
		}
		for _, c := range f.AllCalls() {
			if x := j.takesIn(c, h, maxNeed); x != nil && l.Contains(c.Pos) && !c.Deferred {
				return x
			}
		}
	}
	return nil
}

// passes reports whether the way leads through an instruction at pos.
func (y way) passes(x ssa.Instruction, pos token.Pos) bool {
	if x == y.at {
		return false
	}
	if !y.deferred && model.Before(x, y.at) || y.deferred && isAlwaysRun(y.f, x.Block()) {
		return true
	}
	return y.isLoopOnWay(pos)
}

// isAlwaysRun reports whether f returns, and only by way of b; how it goes on
// after a panic that it recovers from does not count.
func isAlwaysRun(f *model.Func, b *ssa.BasicBlock) bool {
	returns := false
	for _, x := range f.SSA.Blocks {
		if x == f.SSA.Recover || len(x.Instrs) == 0 {
			continue
		}
		if _, ok := x.Instrs[len(x.Instrs)-1].(*ssa.Return); ok {
			if !b.Dominates(x) {
				return false
			}
			returns = true
		}
	}
	return returns
}

// waitsAfter reports whether f waits for somebody else between a lock and the
// end of the way: by then the lock was taken long ago.
func (y way) waitsAfter(x ssa.Instruction) bool {
	for _, o := range y.f.Ops {
		if o.Instr == y.at || lockset.IsLockOp(o) || !o.Wait.Waits() || o.Deferred {
			continue
		}
		if y.f.MayFollow(x, o.Instr) && (y.deferred || y.f.MayFollow(o.Instr, y.at)) {
			return true
		}
	}
	return false
}

// isLoopOnWay reports whether pos stands in each turn of a loop over a set that
// is a statement of f's own body and comes before the end of the way.
func (y way) isLoopOnWay(pos token.Pos) bool {
	in := y.f.LoopAt(pos)
	if in == nil || in.Parent != nil || in.Kind != model.RangeSet && in.Kind != model.Counted || !isPlainStep(in.Body.List, pos) {
		return false
	}
	if !y.deferred {
		return in.Syntax.End() <= y.at.Pos() && isStep(y.f.Body.List, in.Syntax)
	}
	return isPlainStep(y.f.Body.List, in.Pos())
}

// isStep reports whether s is one of the statements of a list, with a label or
// without.
func isStep(list []ast.Stmt, s ast.Stmt) bool {
	for _, x := range list {
		if l, ok := x.(*ast.LabeledStmt); ok {
			x = l.Stmt
		}
		if x == s {
			return true
		}
	}
	return false
}

// isPlainStep reports whether the statement at pos belongs to a list directly
// and no statement before it leaves the list.
func isPlainStep(list []ast.Stmt, pos token.Pos) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if s.Pos() <= pos && pos < s.End() {
				return true
			}
		case *ast.ForStmt, *ast.RangeStmt:
			if s.Pos() == pos {
				return true
			}
		}
		if leaves(s) || s.End() > pos {
			return false
		}
	}
	return false
}

// leaves reports whether a statement may jump or return.
func leaves(s ast.Stmt) (found bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt, *ast.ReturnStmt:
			found = true
		}
		return !found
	})
	return found
}

// areStartedUnder reports whether the goroutines of all counterparts are started
// by the waiting function after it took the lock: none can have passed it.
func (j *judge) areStartedUnder(w *wait, h lockset.Held, others []*model.Op) bool {
	for _, o := range others {
		f := o.Func
		for len(f.Started) == 0 && len(f.Callers) == 1 && f.Callers[0].From != f && f.Callers[0].From == f.Parent {
			f = f.Callers[0].From
		}
		if w.call != nil || len(f.Started) != 1 || len(f.Callers) > 0 || f.Started[0].Func != w.from || !j.isHeldFrom(w.from, f.Started[0].Instr, h) {
			return false
		}
	}
	return true
}

// isHeldFrom reports whether a lock that was taken where h was is held at an
// instruction.
func (j *judge) isHeldFrom(f *model.Func, at ssa.Instruction, h lockset.Held) bool {
	for _, x := range j.locks.HeldAt(f, at) {
		if x.Class == h.Class && x.Pos == h.Pos && !x.Assumed {
			return true
		}
	}
	return false
}
