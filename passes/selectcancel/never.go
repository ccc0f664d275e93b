package selectcancel

import (
	"go/token"
	"slices"

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

// hasOtherBound reports whether another case ends the wait. A ticker only turns
// the loop.
func hasOtherBound(s *model.Select, but *model.Case) bool {
	for _, k := range s.Cases {
		if k != but && (k.Kind == model.Stop || k.Kind == model.Timer) {
			return true
		}
	}
	return false
}

// addNever reports a wait that never ends.
func (j *judge) addNever(pos token.Pos, what string) {
	j.report.Add(report.Finding{
		Rule:    "nil-done",
		Pos:     pos,
		Message: what + "; pass a context that can be cancelled, or drop the wait",
		Strict:  j.IsTestCode(pos),
	})
}

// neverReady says why a channel value can never be ready, or "".
func (j *judge) neverReady(v ssa.Value) string {
	if isAlwaysNil(v) {
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
	if place := j.PlaceOf(v); place.Fields == "" {
		v, _ = place.Root.(*ssa.Call)
	}
	call, ok := v.(*ssa.Call)
	if !ok || call == nil || !isMethodOf(call, "Done") {
		return ""
	}
	made := j.resultAt(call.Call.Value)
	for made != nil && calleeName(&made.Call) == withValue {
		made = j.resultAt(made.Call.Args[0])
	}
	if made == nil {
		return ""
	}
	return rootContexts[calleeName(&made.Call)]
}

// resultAt returns the call whose result v is, or nil.
func (j *judge) resultAt(v ssa.Value) *ssa.Call {
	place := j.PlaceOf(v)
	made, _ := place.Root.(*ssa.Call)
	if place.Fields != "" {
		return nil
	}
	return made
}

// isAlwaysNil reports whether a channel value can be nothing but nil: the
// constant, or a local variable to which nothing is ever assigned.
func isAlwaysNil(v ssa.Value) bool {
	if c, ok := v.(*ssa.Const); ok {
		return c.IsNil()
	}
	load, ok := v.(*ssa.UnOp)
	return ok && load.Op == token.MUL && isNeverAssigned(load.X)
}

// isNeverAssigned reports whether all uses of a local variable, in closures too,
// read it.
func isNeverAssigned(addr ssa.Value) bool {
	for range 8 { // out to the variable that closures capture
		fv, ok := addr.(*ssa.FreeVar)
		if !ok {
			break
		}
		addr = model.Binding(fv)
	}
	local, ok := addr.(*ssa.Alloc)
	return ok && isOnlyRead(local, 0)
}

// isOnlyRead reports whether every use of the variable at addr loads it or
// captures it for closures that do.
func isOnlyRead(addr ssa.Value, depth int) bool {
	if depth > 8 {
		return false
	}
	for _, ref := range *addr.Referrers() {
		switch i := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			k := slices.Index(i.Bindings, addr)
			if k < 0 || !isOnlyRead(i.Fn.(*ssa.Function).FreeVars[k], depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
