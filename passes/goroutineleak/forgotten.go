package goroutineleak

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
)

// A goroutine is forgotten if it waits for something outside the process, or
// works in a timed loop, and nobody waits for its end, nothing tells it to end,
// or its error goes nowhere (may; everything unknown speaks for the code). Work
// that ends when a connection is closed, and servers, are left out: closing is
// how they are told to end.

// judgeForgotten reports long work that nobody knows the end of.
func (j *judge) judgeForgotten(s *model.Spawn) {
	if s.Kind == model.ByGroup || s.Kind == model.AfterFunc || j.isProcessScope(s.Func) || j.isJoined(s) {
		return
	}
	scope, hasScope := j.ownerOf(s)
	message := j.droppedError(s, scope)
	if message == "" || !hasScope {
		message = j.unstoppable(s, scope)
	}
	if message == "" || j.isStated(s) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "fire-and-forget",
		Pos:     s.Pos,
		Message: message,
		Strict:  !hasScope || j.IsTestFile(s.Pos) || j.isCommand(),
		Defect:  s,
	})
}

// droppedError says that a goroutine's error is lost, or "".
func (j *judge) droppedError(s *model.Spawn, scope owner) string {
	call := j.droppedCall(s)
	if call == nil {
		return ""
	}
	w, ok := j.outsideWait(call)
	if !ok {
		w, ok = j.slowWait(call)
	}
	if !ok || w.Bound == op.Timeout || j.getsOwnCtx(s) {
		return ""
	}
	return "the error of " + short(call.Fun) + " is lost and nobody waits for it, though " + scope.what + " bounds this work; join it and return the error"
}

// getsOwnCtx reports whether the goroutine is given a context that the spawner
// derived for it, and so ends itself.
func (j *judge) getsOwnCtx(s *model.Spawn) bool {
	for _, arg := range s.Args() {
		if !model.IsContext(arg.Type()) {
			continue
		}
		if x, ok := j.PlaceOf(arg).Root.(*ssa.Extract); ok {
			call, ok := x.Tuple.(*ssa.Call)
			return ok && derives(call.Common())
		}
	}
	return false
}

// droppedCall returns the call whose error a goroutine drops: the call behind
// go, or a statement of a literal that is nothing but calls.
func (j *judge) droppedCall(s *model.Spawn) *ast.CallExpr {
	if s.Kind == model.GoStmt && s.Callee != nil {
		if endsInError(s.Callee.Signature()) {
			return s.Call
		}
		return nil
	}
	if s.Body == nil || s.Body.Obj != nil {
		return nil
	}
	for _, stmt := range s.Body.Body.List {
		if call := j.droppedIn(stmt); call != nil {
			return call
		}
	}
	return nil
}

// droppedIn returns the call of a statement that drops an error.
func (j *judge) droppedIn(stmt ast.Stmt) *ast.CallExpr {
	var e ast.Expr
	switch st := stmt.(type) {
	case *ast.ExprStmt:
		e = st.X
	case *ast.AssignStmt:
		if len(st.Rhs) == 1 && areBlank(st.Lhs) {
			e = st.Rhs[0]
		}
	}
	call, ok := e.(*ast.CallExpr)
	if !ok || isEnding(call) {
		return nil
	}
	if sig, ok := j.TypeOf(call.Fun).(*types.Signature); ok && endsInError(sig) {
		return call
	}
	return nil
}

// isEnding reports whether a call ends or reaps something: its error is seldom
// anybody's business.
func isEnding(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && (sel.Sel.Name == "Wait" || slices.Contains(closers, sel.Sel.Name))
}

// areBlank reports whether every variable assigned to is the blank one.
func areBlank(list []ast.Expr) bool {
	for _, e := range list {
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	return true
}

// endsInError reports whether the last result is an error.
func endsInError(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && types.Identical(sig.Results().At(n-1).Type(), types.Universe.Lookup("error").Type())
}

// unstoppable says that nothing ends a goroutine's long work, or "".
func (j *judge) unstoppable(s *model.Spawn, scope owner) string {
	if j.isTaskStoppable(s) || isGivenEnd(s) {
		return ""
	}
	what := j.longWork(s)
	if what == "" {
		return ""
	}
	if scope.what == "" {
		return s.Name() + " may stay in " + what + " for ever: nobody waits for it or can stop it; join it, or hand it a context"
	}
	return s.Name() + " may outlive " + scope.what + ": nothing ends " + what + ", nobody joins it; hand it a context"
}

// isGivenEnd reports whether the goroutine's function is given something that
// ends it: a context, or an object that is closed under it, such as a
// connection.
func isGivenEnd(s *model.Spawn) bool {
	sig := s.Instr.Common().Signature()
	for param := range sig.Params().Variables() {
		if model.IsContext(param.Type()) || isClosable(param.Type()) {
			return true
		}
	}
	return false
}

// isClosable reports whether values of type t have a Close method.
func isClosable(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Close")
	fn, ok := obj.(*types.Func)
	return ok && fn.Signature().Params().Len() == 0
}

// isTaskStoppable reports whether any part of what a spawn runs listens to a
// stop.
func (j *judge) isTaskStoppable(s *model.Spawn) bool {
	for _, t := range j.tasksOf(s) {
		if t.isStoppable() {
			return true
		}
	}
	return false
}

// longWork names what may take a goroutine without bound, or "".
func (j *judge) longWork(s *model.Spawn) string {
	if s.Kind == model.GoStmt && s.Callee != nil && s.Call != nil {
		if w, ok := j.outsideWait(s.Call); ok && w.IsLong() {
			return short(s.Call.Fun)
		}
	}
	if s.Body == nil {
		return ""
	}
	return j.longCall(s.Body)
}

// longCall names a call of a literal's own that waits without bound.
func (j *judge) longCall(f *model.Func) string {
	for _, o := range f.Ops {
		if o.Action != model.CallWait || o.Call == nil {
			continue
		}
		if w, ok := j.outsideWait(o.Call); ok && w.IsLong() {
			return short(o.Call.Fun)
		}
	}
	return ""
}

// outsideWait returns how a call may wait for something outside the process
// that closing does not end.
func (j *judge) outsideWait(call *ast.CallExpr) (facts.Wait, bool) {
	for _, w := range j.Facts.Waits(call) {
		if w.Kind.IsOutside() && !j.endsByClose(w) {
			return w, true
		}
	}
	return facts.Wait{}, false
}

// loopName matches functions that run until they are told to stop: their error
// usually says no more than that.
var loopName = pattern.New(`(?i)^(serve|run|loop|listen|watch|poll|start|main|monitor|handle)`)

// slowWait returns how a call may wait for other goroutines, or for time to
// pass.
func (j *judge) slowWait(call *ast.CallExpr) (facts.Wait, bool) {
	if fn := typeutil.StaticCallee(j.Pass.TypesInfo, call); fn == nil || loopName.MatchString(fn.Name()) {
		return facts.Wait{}, false
	}
	for _, w := range j.Facts.Waits(call) {
		if w.Tier == op.TierUnbounded && (w.Kind == op.Sleep || w.Kind == op.Select || w.Kind == op.Recv || w.Kind == op.Range) {
			return w, true
		}
	}
	return facts.Wait{}, false
}

// closable matches types whose waits end when somebody closes them.
var closable = pattern.New(`(?i)(conn|listener|reader|writer|scanner|encoder|decoder|stream|ses{2}ion|channel|subscription|watcher|pipe)`)

// endsByClose reports whether the wait at the end of a chain of calls is on
// something that is closed to end it.
func (j *judge) endsByClose(w facts.Wait) bool {
	last := w.Via
	for _, step := range j.Facts.Explain(w) {
		last = step.Name
	}
	return last.Pkg == "io" || last.Pkg == "bufio" || closable.MatchString(last.Recv)
}

// short spells a called function for a message.
func short(e ast.Expr) string {
	s := types.ExprString(e)
	const most = 28
	if runes := []rune(s); len(runes) > most {
		return "…" + string(runes[len(runes)-most+1:])
	}
	return s
}
