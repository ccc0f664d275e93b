package selectcancel

import (
	"go/ast"
	"go/types"
	"strings"

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
	loop := k.Select.Loop()
	if k.Kind != model.Stop || k.Dir != types.RecvOnly || loop == nil || !j.staysReady(k) || !k.MayStay() || j.isReset(k, loop) {
		return
	}
	if bindsData(k) && !bindsOK(k.Clause.Comm) {
		return // closed-channel-spins
	}
	if j.endsOtherwise(k, loop) {
		return
	}
	br := plainBreak(k.Clause)
	what := ""
	switch {
	case !k.MayLeave():
		what = "the loop spins once " + k.Name() + " is ready: its case never leaves the loop"
	case br.IsValid() && j.goesOnToNext(k, loop):
		what = "the loop goes on although " + k.Name() + " is ready"
	default:
		return
	}
	advice := "; return, or break with a label"
	if br.IsValid() {
		advice = "; break leaves only the select: return"
	}
	j.report.Add(report.Finding{
		Rule:    "done-case-stays",
		Pos:     k.Pos,
		Message: what + advice,
		Strict:  j.IsTestCode(k.Pos),
		Related: []analysisStep{report.Step(loop.Pos(), "this loop goes on after the case")},
	})
}

// staysReady reports whether the case's channel, once ready, is ready for ever:
// a context's Done, or a channel that is only ever closed.
func (j *judge) staysReady(k *model.Case) bool {
	if p, _ := j.doneOwner(k.Value); !p.IsZero() {
		return true
	}
	if call, ok := k.Value.(*ssa.Call); ok && isMethodOf(call, "Done") {
		return true
	}
	c := k.Chan
	if c.IsDoneOf() {
		return len(c.Makes) == 0 && !c.MaybeNil && isContextDone(c)
	}
	return c != nil && len(c.Closes) > 0 && !c.HasSends() && !isRemade(c) && !c.MaybeNil
}

// isContextDone reports whether every Done that the class comes from is a
// context's.
func isContextDone(c *model.Chan) bool {
	for _, fn := range c.From {
		if fn.Pkg() == nil || fn.Pkg().Path() != "context" {
			return false
		}
	}
	return true
}

// isRemade reports whether the class is closed and made anew, as broadcasts do. A
// function that closes the very channel it made does not.
func isRemade(c *model.Chan) bool {
	for _, cl := range c.Closes {
		for _, m := range c.Makes {
			if m.Func == cl.Func && cl.Place.Root != m.Instr {
				return true
			}
		}
	}
	return len(c.Makes) > 1
}

// isReset reports whether the loop may give the case another channel: it
// assigns to the variable that the operand starts with, or declares it anew at
// every turn. A loop that sets done to nil disables the case.
func (j *judge) isReset(k *model.Case, loop *model.Loop) bool {
	root := rootIdent(k.Expr())
	if p, _ := j.doneOwner(k.Value); root == nil || isParameter(p) {
		return false
	}
	info := j.Pass.TypesInfo
	obj := info.ObjectOf(root)
	if obj == nil || loop.Body.Pos() <= obj.Pos() && obj.Pos() < loop.Body.End() {
		return true
	}
	return mayAssign(info, loop.Body, k.Expr(), obj)
}

// isParameter reports whether a place is a parameter that keeps its value.
func isParameter(p model.Place) bool {
	_, ok := p.Root.(*ssa.Parameter)
	return ok && p.Fields == ""
}

// mayAssign reports whether n assigns to obj, or to a field of it that is the
// operand or holds the operand.
func mayAssign(info *types.Info, n ast.Node, operand ast.Expr, obj types.Object) bool {
	text := types.ExprString(operand)
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok {
			return !found
		}
		for _, lhs := range as.Lhs {
			id := rootIdent(lhs)
			if id != nil && info.ObjectOf(id) == obj && strings.HasPrefix(text, types.ExprString(lhs)) {
				found = true
			}
		}
		return !found
	})
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
