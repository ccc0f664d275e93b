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
	if s.Kind == model.ByGroup || s.Kind == model.AfterFunc || j.isProcessScope(s.Func) || j.isJoined(s) || j.isChosen(s) {
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
		Strict:  !hasScope || closesOnly(s) || j.IsTestFile(s.Pos) || j.isCommand(),
		Defect:  s,
	})
}

// droppedError says that a goroutine's error is lost, or "".
func (j *judge) droppedError(s *model.Spawn, scope owner) string {
	for _, call := range j.droppedCalls(s) {
		if j.isLostWait(s, call) {
			return lostError(short(call.Fun), scope.what)
		}
	}
	return ""
}

// lostError words the loss, in short if the names are long.
func lostError(call, scope string) string {
	const room = report.MaxMessage - len(" (fire-and-forget)")
	what := "the error of " + call + " is lost and nobody waits for it, though " + scope + " bounds this work; "
	if full := what + "join it and return the error"; len(full) <= room {
		return full
	}
	return what + "join it"
}

// isLostWait reports whether a call may take long and does not end by itself.
func (j *judge) isLostWait(s *model.Spawn, call *ast.CallExpr) bool {
	w, ok := j.outsideWait(call)
	if !ok {
		w, ok = j.slowWait(call)
	}
	return ok && w.Bound != op.Timeout && !j.getsOwnCtx(s)
}

// getsOwnCtx reports whether the goroutine is given a context that the spawner
// derived for it, and so ends itself.
func (j *judge) getsOwnCtx(s *model.Spawn) bool {
	if s.Body != nil && hasDeadline(s.Body) {
		return true
	}
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

// hasDeadline reports whether f gives itself a deadline.
func hasDeadline(f *model.Func) bool {
	found := false
	instrs(f, func(i ssa.Instruction) {
		if call, ok := i.(*ssa.Call); ok {
			name := calledName(call.Common())
			found = found || name.Pkg == "context" && (name.Func == "WithTimeout" || name.Func == "WithDeadline")
		}
	})
	return found
}

// closesOnly reports whether the goroutine is a call that closes something: it
// would often wait for its own caller.
func closesOnly(s *model.Spawn) bool {
	return s.Kind == model.GoStmt && s.Callee != nil && slices.Contains(closers, s.Callee.Name())
}

// isEnding reports whether a call ends or reaps something: its error is seldom
// anybody's business.
func isEnding(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && (sel.Sel.Name == "Wait" || slices.Contains(closers, sel.Sel.Name))
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
