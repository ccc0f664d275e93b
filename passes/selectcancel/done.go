package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A closed channel is ready for ever. A loop that receives from one and cannot
// leave turns without end. Must: "cannot leave" is decided by the control-flow
// graph, so a return behind the select or in the loop's condition counts.

// analysisStep shortens signatures that list steps of an explanation.
type analysisStep = analysis.RelatedInformation

// doneStays judges done-case-stays.
func (j *judge) doneStays(k *model.Case) {
	if k.Kind != model.Stop || k.Dir != types.RecvOnly || k.Select.Loop() == nil || !j.staysReady(k) {
		return
	}
	if !k.MayStay() || k.MayLeave() || silencesItself(k) {
		return
	}
	advice := "return or break with a label"
	if br := plainBreak(k.Clause); br.IsValid() {
		advice = "break leaves only the select: return"
	}
	j.report.Add(report.Finding{
		Rule:    "done-case-stays",
		Pos:     k.Pos,
		Message: "the loop spins once " + k.Name() + " is ready: its case never leaves the loop; " + advice,
		Related: []analysisStep{report.Step(k.Select.Loop().Pos(), "this loop goes on after the case")},
	})
}

// staysReady reports whether the case's channel, once ready, is ready for ever:
// a context's Done, or a channel that is only ever closed.
func (j *judge) staysReady(k *model.Case) bool {
	if call, ok := ast.Unparen(k.Expr()).(*ast.CallExpr); ok {
		sel, ok := call.Fun.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Done"
	}
	c := k.Chan
	if c.IsDoneOf() {
		return len(c.Makes) == 0 && !c.MaybeNil
	}
	return c != nil && len(c.Closes) > 0 && !c.HasSends() && !isRemade(c) && !c.MaybeNil
}

// isRemade reports whether the class is closed and made anew, as broadcasts do.
func isRemade(c *model.Chan) bool {
	for _, cl := range c.Closes {
		for _, m := range c.Makes {
			if m.Func == cl.Func {
				return true
			}
		}
	}
	return len(c.Makes) > 1
}

// silencesItself reports whether the case assigns to its own channel operand
// (done = nil disables the case) or calls a function literal that might.
func silencesItself(k *model.Case) bool {
	root := rootIdent(k.Expr())
	found := false
	for _, stmt := range k.Clause.Body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			if as, ok := n.(*ast.AssignStmt); ok {
				for _, lhs := range as.Lhs {
					found = found || root != nil && sameVar(k, rootIdent(lhs), root)
				}
			}
			return !found
		})
	}
	return found
}

// rootIdent returns the variable an expression starts with.
func rootIdent(e ast.Expr) *ast.Ident {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.CallExpr:
			e = x.Fun
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		default:
			return nil
		}
	}
}

func sameVar(k *model.Case, a, b *ast.Ident) bool {
	if a == nil || b == nil {
		return false
	}
	info := k.Select.Func().Pkg.Pass.TypesInfo
	return info.ObjectOf(a) != nil && info.ObjectOf(a) == info.ObjectOf(b)
}

// plainBreak finds an unlabelled break of the case's own.
func plainBreak(clause *ast.CommClause) (pos token.Pos) {
	for _, stmt := range clause.Body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
				return false
			case *ast.BranchStmt:
				if n.Tok == token.BREAK && n.Label == nil {
					pos = n.Pos()
				}
			}
			return true
		})
	}
	return pos
}

// closedSpins judges closed-channel-spins for a case of a select.
func (j *judge) closedSpins(k *model.Case) {
	if k.Kind != model.Work || k.Dir != types.RecvOnly || k.Select.Loop() == nil || bindsOK(k.Clause.Comm) {
		return
	}
	if !isClosedForGood(k.Chan) || !k.MayStay() || k.Select.Func().MayExitAfter(k.Select.Op.Block()) || silencesItself(k) {
		return
	}
	j.addSpin(k.Pos, k.Name(), k.Chan)
}

// closedBare judges closed-channel-spins for a bare receive in a loop without
// exit.
func (j *judge) closedBare(o *model.Op) {
	if o.Action != model.Recv || o.Select != nil || !isClosedForGood(o.Chan) || o.Func.LoopAt(o.Pos) == nil {
		return
	}
	recv, ok := o.Instr.(*ssa.UnOp)
	if !ok || recv.CommaOk || !o.Func.Reaches(o.Block(), o.Block()) || o.Func.MayExitAfter(o.Block()) {
		return
	}
	j.addSpin(o.Pos, o.Name(), o.Chan)
}

func (j *judge) addSpin(pos token.Pos, name string, c *model.Chan) {
	closed := c.Closes[0].Pos
	j.report.Add(report.Finding{
		Rule:    "closed-channel-spins",
		Pos:     pos,
		Message: "once " + name + " is closed (" + j.report.Where(pos, closed) + ") this loop spins on zero values; receive v, ok and leave",
		Related: []analysisStep{report.Step(closed, "%s is closed here", name)},
	})
}

// isClosedForGood reports whether all makes and uses are in view, it is closed,
// and not replaced.
func isClosedForGood(c *model.Chan) bool {
	return c != nil && !c.In && len(c.Closes) > 0 && !isRemade(c) && !c.MaybeNil
}

// bindsOK reports whether a case looks at the second value of its receive.
func bindsOK(comm ast.Stmt) bool {
	as, ok := comm.(*ast.AssignStmt)
	return ok && len(as.Lhs) == 2
}
