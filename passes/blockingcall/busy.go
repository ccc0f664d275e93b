package blockingcall

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A loop that asks again and again whether something has happened costs time
// or processor, and hears nothing else meanwhile. Must: the loop does nothing
// but ask and pause, and what it asks is memory of this process. Loops with a
// counter, a deadline or a compare-and-swap are left alone.

// busyLoop judges busy-wait for loops that poll memory.
func (j *judge) busyLoop(l *model.Loop) {
	loop, ok := l.Syntax.(*ast.ForStmt)
	if !ok || isRuntime(j.Pass.Pkg.Path()) {
		return
	}
	var cond ast.Expr
	var pause *ast.CallExpr
	switch l.Kind {
	case model.While:
		if !j.readsMemory(loop.Cond, 2) {
			return
		}
		cond = loop.Cond
		pause, ok = j.pauses(loop.Body.List)
		if !ok || j.isBarrier(cond) && !j.isSleep(pause) {
			return
		}
	case model.Endless:
		if cond, pause = j.askedInside(loop.Body.List); cond == nil || pause == nil {
			return
		}
	default:
		return
	}
	j.addBusyLoop(l, cond, pause)
}

// isBarrier reports whether a condition compares two things that both change:
// the barrier of a lock-free structure, where one waits for a few instructions
// of another, rather than a flag.
func (j *judge) isBarrier(cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && j.isAtomicLoad(cmp.X) && j.isAtomicLoad(cmp.Y)
}

// isAtomicLoad reports whether e loads an atomic variable.
func (j *judge) isAtomicLoad(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic" && isProbe(fn)
}

// isSleep reports whether a pause, if there is one, sleeps rather than yields.
func (j *judge) isSleep(pause *ast.CallExpr) bool {
	if pause == nil {
		return false
	}
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, pause).(*types.Func)
	return ok && fn.Name() == "Sleep"
}

// addBusyLoop reports a loop that polls cond.
func (j *judge) addBusyLoop(l *model.Loop, cond ast.Expr, pause *ast.CallExpr) {
	asked := clip(types.ExprString(cond), 40)
	j.report.Add(report.Finding{
		Rule: "busy-wait",
		Pos:  l.Pos(),
		Message: fit("busy-wait",
			"this loop polls "+asked+" "+j.how(pause)+"; let who changes it close a channel, or use sync.Cond",
			"this loop polls "+asked+"; wait on a channel or sync.Cond"),
		Strict: j.isTestSupport(l.Pos()),
	})
}

// how says how a loop passes the time.
func (j *judge) how(pause *ast.CallExpr) string {
	if pause == nil {
		return "without pause"
	}
	if w, ok := j.Facts.Call(pause); ok && w.Dur > 0 {
		return "every " + w.Dur.String()
	}
	return "between " + clip(types.ExprString(pause.Fun), 20) + " calls"
}

// pauses reports whether statements do nothing but pass time, and returns the
// call that does, if any.
func (j *judge) pauses(list []ast.Stmt) (pause *ast.CallExpr, ok bool) {
	for _, stmt := range list {
		call := callOf(stmt)
		if call == nil || !j.isPause(call) {
			if !isIdle(stmt) {
				return nil, false
			}
			continue
		}
		pause = call
	}
	return pause, true
}

// isIdle reports whether a statement does nothing but go on.
func isIdle(stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.EmptyStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.CONTINUE && s.Label == nil
	}
	return false
}

// isPause reports whether a call only passes time.
func (j *judge) isPause(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	return fn.Pkg().Path() == "time" && fn.Name() == "Sleep" || fn.Pkg().Path() == "runtime" && fn.Name() == "Gosched"
}

// askedInside reads the body of an endless loop that asks, leaves or pauses. It
// returns what is asked, nil if the loop does anything else.
func (j *judge) askedInside(list []ast.Stmt) (cond ast.Expr, pause *ast.CallExpr) {
	for _, stmt := range list {
		switch s := stmt.(type) {
		case *ast.IfStmt:
			if s.Init != nil || s.Else != nil || !j.readsMemory(s.Cond, 2) || !isWayOut(s.Body.List) {
				return nil, nil
			}
			if cond == nil {
				cond = s.Cond
			}
		default:
			call := callOf(stmt)
			switch {
			case call != nil && j.isPause(call):
				pause = call
			case !isIdle(stmt) && !j.isLockStmt(stmt) && !j.isCopy(stmt, 2):
				return nil, nil
			}
		}
	}
	return cond, pause
}

// isWayOut reports whether statements only leave the loop.
func isWayOut(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK
	}
	return false
}

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
	pause, idle := j.pauses(withoutEnd(s.Default.Body, loop.Label))
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
		Strict: j.isTestSupport(s.Default.Pos()),
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

// isRuntime reports whether a package implements what others wait with.
func isRuntime(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return path == "runtime" || path == "sync" || strings.HasPrefix(path, "runtime/") || strings.HasPrefix(path, "sync/") || first == "internal"
}
