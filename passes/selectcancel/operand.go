package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
)

// The operands of every case are evaluated, in source order, before select
// looks at any channel. An operand that waits therefore makes all cases deaf,
// Done first of all. This is must: the operand is always evaluated.

// operandBlocks judges select-operand-blocks.
func (j *judge) operandBlocks(s *model.Select) {
	if len(s.Cases) < 2 && !s.HasDefault {
		return
	}
	for _, k := range s.Cases {
		if what, pos := j.waitIn(k); pos.IsValid() {
			j.report.Add(report.Finding{
				Rule:    "select-operand-blocks",
				Pos:     pos,
				Strict:  j.hasOwnEnd(s.Func(), pos) || j.IsTestCode(pos),
				Message: what + " is evaluated before the select can look at " + j.victim(s, k) + "; take it before, in a select of its own",
				Related: append(j.whyWaits(pos), report.Step(s.Syntax.Select, "no case is looked at before all operands are evaluated")),
			})
		}
	}
}

// whyWaits says what the call at pos comes to wait for; nothing for a receive.
func (j *judge) whyWaits(pos token.Pos) []analysisStep {
	f := j.FuncAt(pos)
	if f == nil {
		return nil
	}
	for _, o := range f.Ops {
		if o.Call == nil || o.Pos != pos || o.Action != model.CallWait {
			continue
		}
		last := o.Name()
		if steps := j.Facts.Explain(o.Wait); len(steps) > 1 {
			last = steps[len(steps)-1].Name.Short()
		}
		return []analysisStep{report.Step(pos, "%s waits without bound (%s)", last, o.Wait.Kind)}
	}
	return nil
}

// victim names what goes unheard meanwhile: the stop case if there is one.
func (j *judge) victim(s *model.Select, but *model.Case) string {
	name := ""
	for _, k := range s.Cases {
		if k != but && (name == "" || k.Kind == model.Stop) {
			name = k.Name()
		}
	}
	if name == "" {
		return "its default"
	}
	return name
}

// waitIn finds an operand of the case that waits for another goroutine or for
// the outside.
func (j *judge) waitIn(k *model.Case) (what string, pos token.Pos) {
	for _, e := range operands(k) {
		if what, pos = j.waitInExpr(k.Select.Func(), e); pos.IsValid() {
			return what, pos
		}
	}
	return "", token.NoPos
}

// waitInExpr finds the first wait in an operand. Literals count where they are
// called, at once or by name.
func (j *judge) waitInExpr(f *model.Func, e ast.Expr) (what string, pos token.Pos) {
	called := make(map[*ast.FuncLit]bool)
	ast.Inspect(e, func(n ast.Node) bool {
		if pos.IsValid() {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return called[n]
		case *ast.GoStmt, *ast.SelectStmt:
			return false
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				what, pos = "<-"+short(n.X), n.Pos()
			}
		case *ast.CallExpr:
			if lit, ok := ast.Unparen(n.Fun).(*ast.FuncLit); ok {
				called[lit] = true
			}
			if w, ok := j.Facts.Call(n); ok && isOperandWait(w) && !j.isAsked(n) || j.waitsByName(f, n) {
				what, pos = short(n.Fun)+"()", n.Pos()
			}
		}
		return true
	})
	return what, pos
}

// waitsByName reports whether a call runs a literal, by the name of a variable,
// that waits long.
func (j *judge) waitsByName(f *model.Func, call *ast.CallExpr) bool {
	if _, ok := ast.Unparen(call.Fun).(*ast.Ident); !ok {
		return false
	}
	for _, c := range f.Calls {
		if c.To.Obj != nil || j.CallSyntax(c.Instr) != call {
			continue
		}
		for _, g := range bodiesOf(c.To) {
			if slices.ContainsFunc(g.Ops, func(o *model.Op) bool { return o.Wait.IsLong() && o.Action != model.Lock && o.Action != model.RLock }) {
				return true
			}
		}
	}
	return false
}

// isOperandWait reports whether a call's wait is worth naming: a long sleep, or
// anything without bound that is no lock.
func isOperandWait(w facts.Wait) bool { return w.IsLong() }

// getterName matches functions that hand out what was set once.
var getterName = pattern.New(`^([gG]et|[lL]oad|[vV]alue|[iI]nstance)`)

// isAsked reports whether the same getter was called in the same function before:
// it waits until something is there for the first time only.
func (j *judge) isAsked(call *ast.CallExpr) bool {
	f := j.FuncAt(call.Pos())
	if f == nil || len(call.Args) > 0 || !getterName.MatchString(calledText(call)) {
		return false
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		other, ok := n.(*ast.CallExpr)
		found = found || ok && other.Pos() < call.Pos() && other != call && types.ExprString(other) == types.ExprString(call)
		return !found
	})
	return found
}

// hasOwnEnd reports whether the operand at pos calls a function of this package
// that uses a context of its own: it may end with the select's.
func (j *judge) hasOwnEnd(f *model.Func, pos token.Pos) bool {
	for _, c := range f.Calls {
		if c.Pos == pos && c.To.Obj != nil && usesAnyContext(c.To) {
			return true
		}
	}
	return false
}

// operands lists what the case evaluates before the select.
func operands(k *model.Case) []ast.Expr {
	switch c := k.Clause.Comm.(type) {
	case *ast.SendStmt:
		return []ast.Expr{c.Chan, c.Value}
	default:
		return []ast.Expr{k.Expr()}
	}
}
