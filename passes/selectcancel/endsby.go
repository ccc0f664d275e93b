package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// A Done case that does not leave the loop itself may still be the end of it: it
// ends the process, makes another case ready that leaves, or notes what happened
// for a case that is bound to come. May: ends are known by name.

// exitName matches functions that end the process or the goroutine.
var exitName = pattern.New(`^(Fatal|Panic|Exit|Goexit)|(Fatal|Exit)$`)

// endsOtherwise reports whether a Done case brings about the end of its loop
// although control comes back to the select.
func (j *judge) endsOtherwise(k *model.Case, loop *model.Loop) bool {
	return j.callsIn(k.Clause, exitName) ||
		hasOtherWay(k) && j.callsIn(k.Clause, endName) ||
		j.isRenewedOutside(k, loop) ||
		j.isNotedFor(k)
}

// callsIn reports whether the body of a case calls something with such a name.
func (j *judge) callsIn(clause *ast.CommClause, name *pattern.Pattern) bool {
	found := false
	for _, stmt := range clause.Body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			found = found || ok && name.MatchString(calledText(call))
			return !found
		})
	}
	return found
}

// hasOtherWay reports whether another stop case of the select leaves for good.
func hasOtherWay(k *model.Case) bool {
	for _, other := range k.Select.Cases {
		if other != k && other.Kind == model.Stop && other.Leaves() {
			return true
		}
	}
	return false
}

// isRenewedOutside reports whether the case leaves for a loop further out, which
// gives the case another channel before it comes back.
func (j *judge) isRenewedOutside(k *model.Case, loop *model.Loop) bool {
	if !hasLabelledBreak(k.Clause) {
		return false
	}
	for l := loop.Parent; l != nil; l = l.Parent {
		if j.isReset(k, l) {
			return true
		}
	}
	return false
}

// hasLabelledBreak reports whether a case jumps to a label.
func hasLabelledBreak(clause *ast.CommClause) bool {
	found := false
	for _, stmt := range clause.Body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			br, ok := n.(*ast.BranchStmt)
			found = found || ok && br.Label != nil
			return !found
		})
	}
	return found
}

// isNotedFor reports whether the case sets a variable that the body of a ticker
// or timer case looks at to leave the loop.
func (j *judge) isNotedFor(k *model.Case) bool {
	for _, stmt := range k.Clause.Body {
		as, ok := stmt.(*ast.AssignStmt)
		if !ok || as.Tok != token.ASSIGN {
			continue
		}
		for _, lhs := range as.Lhs {
			id, ok := ast.Unparen(lhs).(*ast.Ident)
			if !ok {
				continue
			}
			if v, ok := j.Pass.TypesInfo.Uses[id].(*types.Var); ok && j.isAskedOnTick(k.Select, v) {
				return true
			}
		}
	}
	return false
}

// isAskedOnTick reports whether a case of a clock leaves the loop if v says so.
func (j *judge) isAskedOnTick(s *model.Select, v *types.Var) bool {
	for _, k := range s.Cases {
		if k.Kind != model.Ticker && k.Kind != model.Timer {
			continue
		}
		found := false
		for _, stmt := range k.Clause.Body {
			ast.Inspect(stmt, func(n ast.Node) bool {
				branch, ok := n.(*ast.IfStmt)
				found = found || ok && mentions(j.Pass.TypesInfo, branch.Cond, v) && leavesLoop(branch.Body)
				return !found
			})
		}
		if found {
			return true
		}
	}
	return false
}
