package selectcancel

import (
	"go/ast"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// The rest of the principle as written: rules that are right about the code
// but wrong about its author too often to be on by default.

// selectWithoutDone judges select-without-done.
func (j *judge) selectWithoutDone(s *model.Select) {
	if len(s.Cases) < 2 || s.HasCase(model.Timer) || isAfterDone(s.Func(), s.Op.Instr, s.Syntax.Pos()) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "select-without-done",
		Pos:     s.Syntax.Select,
		Message: "this select on " + names(s) + " cannot be cancelled; add a case on a context or a stop channel",
	})
}

// valueLost judges value-lost-on-cancel: a value received in the function is
// forwarded in a select whose Stop case leaves without it.
func (j *judge) valueLost(s *model.Select) {
	for _, k := range s.Cases {
		if k.Dir != types.SendOnly {
			continue
		}
		source := j.receivedFrom(s, k)
		if source == "" {
			continue
		}
		for _, stop := range s.Cases {
			if stop.Kind == model.Stop && len(stop.Clause.Body) <= 1 && stop.Leaves() {
				j.report.Add(report.Finding{
					Rule:    "value-lost-on-cancel",
					Pos:     k.Pos,
					Message: "the value received from " + source + " is lost if " + stop.Name() + " comes first; hand it back, count it, or say that it may be lost",
				})
			}
		}
	}
}

// receivedFrom returns the channel that the sent variable was received from in
// an enclosing case or loop, or "".
func (j *judge) receivedFrom(s *model.Select, k *model.Case) string {
	send, ok := k.Clause.Comm.(*ast.SendStmt)
	if !ok {
		return ""
	}
	id, ok := ast.Unparen(send.Value).(*ast.Ident)
	if !ok {
		return ""
	}
	v := j.Pass.TypesInfo.Uses[id]
	for _, outer := range s.Func().Selects {
		for _, c := range outer.Cases {
			if as, ok := c.Clause.Comm.(*ast.AssignStmt); ok && c.Contains(s.Syntax.Pos()) && defines(j.Pass.TypesInfo, as, v) {
				return c.Name()
			}
		}
	}
	return ""
}

// defines reports whether an assignment declares v first.
func defines(info *types.Info, as *ast.AssignStmt, v types.Object) bool {
	id, ok := as.Lhs[0].(*ast.Ident)
	return ok && v != nil && info.Defs[id] == v
}
