package blockingcall

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"time"

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
		if cond, pause = j.askedInside(loop.Body.List); cond == nil {
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
		Strict: j.IsTestCode(l.Pos()) || j.isDeafPoll(l, pause),
	})
}

// slowPoll is the pause from which a loop that asks costs nothing worth a word.
const slowPoll = time.Second

// isDeafPoll reports whether what is wrong with a loop is that its long sleeps hear
// no context, which selectcancel says.
func (j *judge) isDeafPoll(l *model.Loop, pause *ast.CallExpr) bool {
	if pause == nil || len(l.Func.Contexts()) == 0 {
		return false
	}
	w, ok := j.Facts.Call(pause)
	return ok && w.Dur >= slowPoll
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
	walks := false
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
			case !isIdle(stmt) && !j.isLockStmt(stmt):
				if walks = true; !j.isCopy(stmt, 2) {
					return nil, nil
				}
			}
		}
	}
	if walks && pause == nil { // it may walk a list
		return nil, nil
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

// isRuntime reports whether a package implements what others wait with.
func isRuntime(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return path == "runtime" || path == "sync" || strings.HasPrefix(path, "runtime/") || strings.HasPrefix(path, "sync/") || first == "internal"
}
