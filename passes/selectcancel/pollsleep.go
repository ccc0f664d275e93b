package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A short sleep is soon over, but a loop that polls with it is not. Must: some
// way round the loop looks at no context at all. May: a count or a look at the
// clock in a condition that ends the loop is taken for a bound.

// shortestPoll is the sleep from which on a loop waits for something; shorter ones
// only make two moments differ.
const shortestPoll = time.Millisecond

// pollIgnores judges sleep-ignores-ctx for short constant sleeps that a polling
// loop repeats without end.
func (j *judge) pollIgnores(o *model.Op, ctx model.Ctx) {
	if o.Action != model.CallWait || o.Callee == nil || o.Callee.FullName() != "time.Sleep" || o.Wait.Dur < shortestPoll || isLongSleep(o) || o.Deferred {
		return
	}
	loop := o.Func.LoopAt(o.Pos)
	if loop == nil || loop.Kind != model.Endless && loop.Kind != model.While || j.isLimited(loop) || isAfterDone(o.Func, o.Instr, o.Pos) || !turnsDeaf(o) {
		return
	}
	j.deaf[ctx.Var] = true
	j.report.Add(report.Finding{
		Rule:    "sleep-ignores-ctx",
		Pos:     o.Pos,
		Message: "this loop polls every " + o.Wait.Dur.String() + " and may never look at " + ctx.Expr() + "; wait for a timer and " + ctx.Done() + " in a select",
		Strict:  j.IsTestCode(o.Pos),
		Unsafe:  j.sleepFix(o, fromCtx(ctx)),
		Related: []analysisStep{report.Step(ctx.Var.Pos(), "%s is in scope", ctx.Expr())},
	})
}

// turnsDeaf reports whether control can come back to o without passing anything
// that has to do with a context or a stop channel.
func turnsDeaf(o *model.Op) bool {
	start := o.Block()
	if looksAtEnd(o.Func, start) {
		return false
	}
	seen := make(map[*ssa.BasicBlock]bool)
	work := []*ssa.BasicBlock{start}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, next := range b.Succs {
			if next == start {
				return true
			}
			if !seen[next] && !looksAtEnd(o.Func, next) {
				seen[next] = true
				work = append(work, next)
			}
		}
	}
	return false
}

// looksAtEnd reports whether an instruction of a block touches a context, a
// request, or a channel that may tell of an end.
func looksAtEnd(f *model.Func, b *ssa.BasicBlock) bool {
	for _, s := range f.Selects {
		if s.Op.Block() == b && s.HasCase(model.Stop) {
			return true
		}
	}
	for _, instr := range b.Instrs {
		for _, operand := range instr.Operands(nil) {
			if *operand != nil && isEndType((*operand).Type()) {
				return true
			}
		}
	}
	return false
}

// isEndType reports whether values of t, or what a variable of t holds, may tell
// of an end.
func isEndType(t types.Type) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok && (model.IsContext(ptr.Elem()) || model.IsChan(ptr.Elem())) {
		return true
	}
	if named := model.NamedOf(t); named != nil && named.Obj().Name() == "Request" {
		return true
	}
	return model.IsContext(t) || model.IsChan(t)
}

// isLimited reports whether a condition that ends the loop counts turns or looks
// at the clock.
func (j *judge) isLimited(l *model.Loop) bool {
	counted := j.countedIn(l)
	limited := false
	ask := func(cond ast.Expr) {
		if cond == nil {
			return
		}
		ast.Inspect(cond, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				obj := j.Pass.TypesInfo.ObjectOf(id)
				limited = limited || counted[obj] || obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "time"
			}
			return !limited
		})
	}
	if s, ok := l.Syntax.(*ast.ForStmt); ok {
		ask(s.Cond)
	}
	ast.Inspect(l.Body, func(n ast.Node) bool {
		if branch, ok := n.(*ast.IfStmt); ok && (leavesLoop(branch.Body) || branch.Else != nil) {
			ask(branch.Cond)
		}
		return !limited
	})
	return limited
}

// countedIn lists the variables that change by arithmetic in a loop, or that are
// given a time there.
func (j *judge) countedIn(l *model.Loop) map[types.Object]bool {
	counted := make(map[types.Object]bool)
	note := func(e ast.Expr) {
		if id := rootIdent(e); id != nil {
			counted[j.Pass.TypesInfo.ObjectOf(id)] = true
		}
	}
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			note(n.X)
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if n.Tok != token.ASSIGN && n.Tok != token.DEFINE || i < len(n.Rhs) && j.asksClock(n.Rhs[i]) {
					note(lhs)
				}
			}
		}
		return true
	})
	delete(counted, nil)
	return counted
}

// asksClock reports whether an expression asks package time for something.
func (j *judge) asksClock(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			fn, ok := j.Pass.TypesInfo.Uses[id].(*types.Func)
			found = found || ok && fn.Pkg() != nil && fn.Pkg().Path() == "time"
		}
		return !found
	})
	return found
}
