package selectcancel

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// A nil channel is never ready, and Done of Background is nil. Must: only
// values that can be nothing else count; a variable that is nil on some path is
// how Go switches a case off.

// nilWait judges nil-done for a bare wait.
func (j *judge) nilWait(o *model.Op) {
	if o.Value == nil || o.Action == model.GroupWait {
		return
	}
	if why := j.neverReady(o.Value); why != "" {
		j.addNever(o.Pos, "this waits for ever: "+why)
	}
}

// nilSelect judges nil-done for a select none of whose cases can be ready.
func (j *judge) nilSelect(s *model.Select) {
	if s.Instr == nil || s.HasDefault || len(s.Cases) == 0 {
		return
	}
	first := ""
	for _, k := range s.Cases {
		why := j.neverReady(k.Value)
		switch {
		case why != "" && first == "":
			first = why
		case why == "":
			j.deadDone(s, k)
			return
		}
	}
	j.addNever(s.Syntax.Select, "no case of this select is ever ready: "+first)
}

// deadDone reports a case on Done of Background beside live cases: whoever
// wrote it believes that the select can be cancelled.
func (j *judge) deadDone(s *model.Select, live *model.Case) {
	for _, k := range s.Cases {
		if root := j.rootContext(k.Value); k != live && root != "" && !hasOtherBound(s, k) {
			j.addNever(k.Pos, "the case "+k.Name()+" is never ready: Done of "+root+" is nil")
		}
	}
}

// hasOtherBound reports whether another case ends the wait.
func hasOtherBound(s *model.Select, but *model.Case) bool {
	for _, k := range s.Cases {
		if k != but && k.Kind != model.Work {
			return true
		}
	}
	return false
}

func (j *judge) addNever(pos token.Pos, what string) {
	j.report.Add(report.Finding{Rule: "nil-done", Pos: pos, Message: what + "; pass a context that can be cancelled, or drop the wait"})
}

// neverReady says why a channel value can never be ready, or "".
func (j *judge) neverReady(v ssa.Value) string {
	if c, ok := v.(*ssa.Const); ok && c.IsNil() {
		return "the channel is nil"
	}
	if root := j.rootContext(v); root != "" {
		return "Done of " + root + " is nil"
	}
	return ""
}

// rootContexts are the contexts without cancellation.
var rootContexts = map[symbol.Name]string{
	{Pkg: "context", Func: "Background"}:    "context.Background()",
	{Pkg: "context", Func: "TODO"}:          "context.TODO()",
	{Pkg: "context", Func: "WithoutCancel"}: "context.WithoutCancel",
}

// rootContext returns the name of the context without cancellation whose Done
// channel v is, or "".
func (j *judge) rootContext(v ssa.Value) string {
	call, ok := v.(*ssa.Call)
	if !ok || !call.Call.IsInvoke() || call.Call.Method.Name() != "Done" {
		return ""
	}
	place := j.PlaceOf(call.Call.Value)
	made, ok := place.Root.(*ssa.Call)
	if !ok || place.Fields != "" || made.Call.StaticCallee() == nil {
		return ""
	}
	fn, _ := made.Call.StaticCallee().Object().(*types.Func)
	return rootContexts[symbol.Of(fn)]
}

// condOutsideLoop judges cond-wait-not-in-loop. A helper that only wraps the
// Wait is judged where it is called: it is enough that each caller loops.
func (j *judge) condOutsideLoop(o *model.Op) {
	if o.Deferred || o.Func.Reaches(o.Block(), o.Block()) || isLoopedByCallers(o.Func, 0) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "cond-wait-not-in-loop",
		Pos:     o.Pos,
		Message: o.Name() + ".Wait can return before the condition holds; call it in a loop that checks the condition again",
	})
}

func isLoopedByCallers(f *model.Func, depth int) bool {
	if f.IsLoopBody() {
		return true
	}
	if len(f.Callers) == 0 || depth > 3 {
		return f.IsExported() && len(f.SSA.Blocks) == 1
	}
	for _, c := range f.Callers {
		if !c.From.Reaches(c.Instr.Block(), c.Instr.Block()) && !isLoopedByCallers(c.From, depth+1) {
			return false
		}
	}
	return true
}
