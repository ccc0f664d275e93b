package selectcancel

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file follows contexts as values to find derived ones that nobody listens
// to. Must: one use of unknown effect silences.

// derivers make a context with an end of its own; the value says what ends it.
var derivers = map[symbol.Name]string{
	{Pkg: "context", Func: "WithTimeout"}:       "timeout",
	{Pkg: "context", Func: "WithTimeoutCause"}:  "timeout",
	{Pkg: "context", Func: "WithDeadline"}:      "deadline",
	{Pkg: "context", Func: "WithDeadlineCause"}: "deadline",
	{Pkg: "context", Func: "WithCancel"}:        "cancel",
	{Pkg: "context", Func: "WithCancelCause"}:   "cancel",
}

// withValue makes a context that ends with its parent.
var withValue = symbol.Name{Pkg: "context", Func: "WithValue"}

// judgeDerived judges timeout-unused.
func (j *judge) judgeDerived(f *model.Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if what := derivers[calleeName(&call.Call)]; what != "" && !j.isListenedTo(f, call, what) {
				j.report.Add(report.Finding{
					Rule:    "timeout-unused",
					Pos:     call.Pos(),
					Message: "nothing listens to the context derived here, so its " + what + " ends nothing; pass the derived context on, or drop it",
					Strict:  j.isQuickWork(call) || j.IsTestCode(call.Pos()),
				})
			}
		}
	}
}

// isQuickWork reports whether all functions that the derived context is handed to
// are known not to wait: a timeout would not matter to them if they heard it.
func (j *judge) isQuickWork(call *ssa.Call) bool {
	handed := false
	for _, ref := range *call.Referrers() {
		ctx, ok := ref.(*ssa.Extract)
		if !ok || ctx.Index != 0 {
			continue
		}
		for _, use := range *ctx.Referrers() {
			to, ok := use.(*ssa.Call)
			if !ok || to.Call.IsInvoke() {
				continue
			}
			fn := to.Call.StaticCallee()
			if fn == nil || !j.isIgnoredBy(&to.Call, ctx) {
				return false
			}
			handed = true
			obj, _ := fn.Object().(*types.Func)
			if w, ok := j.Facts.Of(obj).Worst(); ok && w.Tier != op.TierQuick {
				return false
			}
		}
	}
	return handed
}

// calleeName returns the name of a statically called function, or the zero Name.
func calleeName(call *ssa.CallCommon) symbol.Name {
	fn := call.StaticCallee()
	if fn == nil {
		return symbol.Name{}
	}
	obj, _ := fn.Object().(*types.Func)
	return symbol.Of(obj)
}

// isListenedTo reports whether the derived context may matter to anybody.
func (j *judge) isListenedTo(f *model.Func, call *ssa.Call, what string) bool {
	for _, ref := range *call.Referrers() {
		ext, ok := ref.(*ssa.Extract)
		if !ok {
			return true // the pair is returned or passed on whole
		}
		if ext.Index == 0 && j.isHeard(f, ext, what, 0) {
			return true
		}
	}
	return false
}

// isHeard reports whether some use of a context may listen to its end.
func (j *judge) isHeard(f *model.Func, ctx ssa.Value, what string, depth int) bool {
	if depth > 4 {
		return true
	}
	for _, use := range *ctx.Referrers() {
		if !j.isMute(f, use, ctx, what, depth) {
			return true
		}
	}
	return false
}

// isMute reports whether a use of a context ignores its end: reading a value or
// the deadline, asking once behind the work whether time is up, or handing it
// to a function that never looks at it.
func (j *judge) isMute(f *model.Func, use ssa.Instruction, ctx ssa.Value, what string, depth int) bool {
	switch i := use.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.Store:
		return i.Val == ctx && j.isStoredInVain(f, i.Addr, what, depth)
	case *ssa.Call:
		if i.Call.IsInvoke() {
			return i.Call.Value == ctx && isMuteMethod(f, i, what)
		}
		if calleeName(&i.Call) == withValue && i.Call.Args[0] == ctx {
			return !j.isHeard(f, i, what, depth+1)
		}
		return j.isIgnoredBy(&i.Call, ctx)
	}
	return false
}

// isMuteMethod reports whether a method of a context tells nobody in time that
// it has ended. Err does where a loop asks it again, or where somebody may
// cancel by hand.
func isMuteMethod(f *model.Func, call *ssa.Call, what string) bool {
	switch call.Call.Method.Name() {
	case "Value", "Deadline":
		return true
	case "Err":
		return what != "cancel" && !f.Reaches(call.Block(), call.Block())
	}
	return false
}

// isStoredInVain reports whether the context goes to a local variable all of
// whose readers are mute.
func (j *judge) isStoredInVain(f *model.Func, addr ssa.Value, what string, depth int) bool {
	local, ok := addr.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *local.Referrers() {
		switch i := ref.(type) {
		case *ssa.Store, *ssa.DebugRef:
			if st, ok := i.(*ssa.Store); ok && st.Val == local {
				return false
			}
		case *ssa.UnOp:
			if j.isHeard(f, i, what, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isIgnoredBy reports whether the callee is known to ignore the context.
func (j *judge) isIgnoredBy(call *ssa.CallCommon, ctx ssa.Value) bool {
	fn := call.StaticCallee()
	if fn == nil {
		return false
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil {
		return false
	}
	shift := 0
	if obj.Signature().Recv() != nil {
		shift = 1
	}
	sum := j.Facts.Of(obj)
	for i, arg := range call.Args {
		if arg == ctx && !sum.IsDeadCtx(i-shift) {
			return false
		}
	}
	return true
}
