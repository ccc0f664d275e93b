package blockingcall

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A default keeps a select from waiting. Where the loop around it has nothing
// else to do, that is polling. Must: the default does nothing, counts or passes time,
// and so does the rest of the loop.

// busySelect judges busy-wait for selects that a default turns into polling.
func (j *judge) busySelect(s *model.Select) {
	loop := s.Loop()
	if !s.HasDefault || s.Default == nil || loop == nil || isRuntime(j.Pass.Pkg.Path()) {
		return
	}
	if loop.Kind != model.Endless && (loop.Kind != model.While || !j.isUntimed(loop)) {
		return
	}
	cond := j.askedBy(loop)
	if loop.Kind == model.While && !s.HasCase(model.Work) && (cond == nil || s.HasCase(model.Timer) || s.HasCase(model.Ticker)) {
		return // the loop asks for its condition until time is over
	}
	pause, idle := j.pauses(j.withoutCounts(withoutEnd(s.Default.Body, loop.Label), loop))
	around, rest := j.pausesAround(loop, s)
	if !idle || !rest {
		return
	}
	if pause == nil {
		pause = around
	}
	if cond != nil && !s.HasCase(model.Work) {
		j.addBusyLoop(loop, cond, pause)
		return
	}
	j.addBusySelect(s, loop, pause)
}

// askedBy returns the condition of a loop if it only reads memory, or nil.
func (j *judge) askedBy(l *model.Loop) ast.Expr {
	if loop, ok := l.Syntax.(*ast.ForStmt); ok && loop.Cond != nil && j.readsMemory(loop.Cond, 2) {
		return loop.Cond
	}
	return nil
}

// addBusySelect reports a select that polls.
func (j *judge) addBusySelect(s *model.Select, loop *model.Loop, pause *ast.CallExpr) {
	f := report.Finding{
		Rule:   "busy-wait",
		Pos:    s.Default.Pos(),
		End:    s.Default.Colon,
		Strict: j.IsTestCode(s.Default.Pos()),
	}
	asked := "the select"
	if len(s.Cases) > 0 {
		asked = clip(s.Cases[0].Name(), 30)
	}
	switch {
	case pause == nil:
		f.Message = "this default makes the loop spin while " + asked + " is not ready; remove it, so that the select waits"
	default:
		f.Message = "this default polls " + asked + " " + j.how(pause) + " instead of waiting; remove it, so that the select waits"
	}
	if len(s.Default.Body) == 0 && len(loop.Body.List) == 1 && len(s.Cases) > 0 {
		f.Fix = &analysis.SuggestedFix{
			Message:   "Remove the default, so that the select waits",
			TextEdits: []analysis.TextEdit{{Pos: s.Default.Pos(), End: s.Default.Colon + 1}},
		}
	}
	j.report.Add(f)
}

// withoutEnd drops a last break, which leaves only the select, and a last
// continue of the loop called label.
func withoutEnd(list []ast.Stmt, label string) []ast.Stmt {
	n := len(list)
	if n == 0 {
		return list
	}
	br, ok := list[n-1].(*ast.BranchStmt)
	if !ok {
		return list
	}
	if br.Tok == token.BREAK && br.Label == nil || br.Tok == token.CONTINUE && br.Label != nil && br.Label.Name == label {
		return list[:n-1]
	}
	return list
}

// withoutCounts drops the statements that only count turns of an endless loop,
// which nobody waits for.
func (j *judge) withoutCounts(list []ast.Stmt, loop *model.Loop) []ast.Stmt {
	if loop.Kind != model.Endless {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), j.isCount)
}

// isCount reports whether a statement adds to a number.
func (j *judge) isCount(stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.IncDecStmt:
		return true
	case *ast.AssignStmt:
		return (s.Tok == token.ADD_ASSIGN || s.Tok == token.SUB_ASSIGN) && j.Pass.TypesInfo.Types[s.Rhs[0]].Value != nil
	}
	call := callOf(stmt)
	if call == nil {
		return false
	}
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic" && strings.HasPrefix(fn.Name(), "Add")
}

// pausesAround reports whether the loop does nothing beside the select but
// pass time.
func (j *judge) pausesAround(loop *model.Loop, s *model.Select) (pause *ast.CallExpr, ok bool) {
	var rest []ast.Stmt
	found := false
	for _, stmt := range loop.Body.List {
		if labelled, ok := stmt.(*ast.LabeledStmt); ok {
			stmt = labelled.Stmt
		}
		if stmt == ast.Stmt(s.Syntax) {
			found = true
			continue
		}
		rest = append(rest, stmt)
	}
	if !found {
		return nil, false
	}
	return j.pauses(rest)
}

// isUntimed reports whether a loop's condition does not look at the clock.
func (j *judge) isUntimed(l *model.Loop) bool {
	loop, ok := l.Syntax.(*ast.ForStmt)
	if !ok {
		return false
	}
	untimed := true
	ast.Inspect(loop.Cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if fn, ok := j.Pass.TypesInfo.Uses[id].(*types.Func); ok && fn.Pkg() != nil && fn.Pkg().Path() == "time" {
				untimed = false
			}
		}
		return untimed
	})
	return untimed
}
