package blockingcall

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// One turn of a loop is what happens between two visits of its select: the
// bodies of its cases, and the code around the select. Literals that are called
// there and bodies of range-over-func loops belong to it, spawned and deferred
// code does not. Code from which the select is not reached again is on its way
// out: nobody relies on the loop any more.

// moment is an operation in a turn.
type moment struct {
	op    *model.Op
	block *ssa.BasicBlock // of the loop's function, where it happens
	in    *model.Case     // nil if it is outside the select
}

// turn lists what the loop does between two visits of its select.
func (l *eventLoop) turn() []moment {
	f := l.sel.Func()
	var out []moment
	momentsOf(f, l.loop.Contains, 3, func(o *model.Op, b *ssa.BasicBlock, at token.Pos) {
		m := moment{o, b, l.caseAt(at)}
		if o != l.sel.Op && l.covers(m, at) && l.sel.IsReachableFrom(b) {
			out = append(out, m)
		}
	})
	return out
}

// caseAt returns the case whose body contains pos, or nil.
func (l *eventLoop) caseAt(pos token.Pos) *model.Case {
	for _, k := range l.sel.Cases {
		if k.Contains(pos) {
			return k
		}
	}
	return nil
}

// covers reports whether m belongs to the loop's service: the body of a case
// that does not stop it, or the code around a select that waits for events.
func (l *eventLoop) covers(m moment, at token.Pos) bool {
	if m.in != nil {
		return m.in.Kind != model.Stop || !m.in.MayLeave()
	}
	if l.sel.HasDefault || len(l.sources)+len(l.beats) == 0 {
		return false
	}
	return at < l.sel.Syntax.Pos() || l.sel.Syntax.End() <= at
}

// momentsOf calls visit for every operation that f itself does at a position
// for which in holds. The block and the position are those of f.
func momentsOf(f *model.Func, in func(token.Pos) bool, depth int, visit func(*model.Op, *ssa.BasicBlock, token.Pos)) {
	for _, o := range f.Ops {
		if in(o.Pos) && !o.Deferred {
			visit(o, o.Block(), o.Pos)
		}
	}
	if depth == 0 {
		return
	}
	inside := func(lit *model.Func, b *ssa.BasicBlock, at token.Pos) {
		if b == nil || b.Parent() != f.SSA || !in(at) {
			return
		}
		momentsOf(lit, everywhere, depth-1, func(o *model.Op, _ *ssa.BasicBlock, _ token.Pos) { visit(o, b, at) })
	}
	for _, c := range f.Calls {
		if c.To.Obj == nil && !c.Deferred && c.To != f && !isSpawn(c.Instr) {
			inside(c.To, c.Instr.Block(), c.Pos)
		}
	}
	for _, lit := range f.Lits {
		if lit.IsLoopBody() {
			inside(lit, useOf(lit.SSA), lit.Syntax.Pos())
		}
	}
}

// everywhere holds for every position.
func everywhere(token.Pos) bool { return true }

// isSpawn reports whether an instruction starts a goroutine.
func isSpawn(i ssa.CallInstruction) bool {
	_, ok := i.(*ssa.Go)
	return ok
}

// useOf returns the block where a loop body's function is handed over, or nil.
func useOf(fn *ssa.Function) *ssa.BasicBlock {
	if refs := fn.Referrers(); refs != nil && len(*refs) > 0 {
		return (*refs)[0].Block()
	}
	return nil
}

// contains reports whether pos lies in n.
func contains(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// isChanType reports whether t is a channel type.
func isChanType(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}
