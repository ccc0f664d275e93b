package goroutineleak

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file follows a context back to the request it belongs to (must), and
// tells work that ends with a context from code that only reads it.

// origin follows contexts back to a request.
type origin struct {
	j       *judge
	handler *model.Func
	spawn   *model.Spawn
	via     []*model.Call // the calls that lead from the handler to the spawner, the last first
	inside  *model.Call   // the call of the goroutine whose callee is looked at, or nil
	seen    []ssa.Value
}

// firstUse finds the first call that the goroutine hands the request's context.
func (o *origin) firstUse() *ctxUse {
	s := o.spawn
	if s.Kind == model.GoStmt && (s.Body == nil || s.Body.Obj != nil) {
		if use := o.useIn(s.Func, s.Instr); use != nil {
			return use
		}
	}
	if s.Body == nil {
		return nil
	}
	var own []*model.Func
	for _, f := range append([]*model.Func{s.Body}, nested(s.Body)...) {
		if use := o.firstIn(f); use != nil {
			return use
		}
		own = append(own, f)
	}
	for _, f := range own {
		for _, c := range f.Calls {
			if o.inside = c; c.To.Obj != nil {
				if use := o.firstIn(c.To); use != nil {
					return use
				}
			}
		}
	}
	return nil
}

// firstIn returns the first use in the code of one function, or nil.
func (o *origin) firstIn(f *model.Func) (found *ctxUse) {
	instrs(f, func(i ssa.Instruction) {
		if call, ok := i.(ssa.CallInstruction); ok && found == nil {
			found = o.useIn(f, call)
		}
	})
	return found
}

// useIn returns the use of the request's context in one call, or nil.
func (o *origin) useIn(f *model.Func, call ssa.CallInstruction) *ctxUse {
	common := call.Common()
	if o.j.onlyReads(common) || derives(common) {
		return nil
	}
	for n, arg := range common.Args {
		if !model.IsContext(arg.Type()) || o.j.isUnusedParam(common, n) || o.j.isReadParam(common, n, 0) {
			continue
		}
		o.seen = nil
		if o.isRequest(arg) {
			return &ctxUse{pos: o.j.CallPos(call), name: o.nameOf(arg), arg: arg, call: call, f: f}
		}
	}
	return nil
}

// isUnusedParam reports whether the callee never really uses argument n.
func (j *judge) isUnusedParam(common *ssa.CallCommon, n int) bool {
	fn := callee(common)
	if fn == nil {
		return false
	}
	if fn.Signature().Recv() != nil && !common.IsInvoke() {
		n--
	}
	return j.Facts.Of(fn).IsDeadCtx(n)
}

// isReadParam reports whether the callee is in view and only reads argument n,
// itself and in what it calls: a function of the package that logs.
func (j *judge) isReadParam(common *ssa.CallCommon, n, depth int) bool {
	f := j.FuncOf(common.StaticCallee())
	if f == nil || n >= len(f.SSA.Params) {
		return false
	}
	return everyUse(f.SSA.Params[n], depth, func(ref ssa.Instruction, v ssa.Value, depth int) bool {
		switch i := ref.(type) {
		case *ssa.DebugRef:
			return true
		case ssa.CallInstruction:
			return j.onlyReads(i.Common()) || j.readsArgs(i.Common(), v, depth+1)
		}
		return false
	})
}

// readsArgs reports whether a callee in view only reads v, wherever it gets it.
func (j *judge) readsArgs(common *ssa.CallCommon, v ssa.Value, depth int) bool {
	for n, arg := range common.Args {
		if arg == v && !j.isReadParam(common, n, depth) {
			return false
		}
	}
	return common.Value != v
}

// quiet matches packages and functions that take a context for its values.
var quiet = pattern.New(`(?i)(\blog|slog|zap|zerolog|logr|klog|trace|otel|metric|sentry|\bspan)`)

// quietFunc matches functions that read a context without waiting for it.
var quietFunc = pattern.New(`^(Debug|Info|Warn|Warning|Error|Log|Print|Trace)(f|w|Context|Ctx|ContextF|Enabled)?$|FromContext$|FromCtx$|^Value$|^WithoutCancel$|(?i)detach`)

// onlyReads reports whether a callee uses a context for what it carries, not
// for when it ends.
func (j *judge) onlyReads(common *ssa.CallCommon) bool {
	fn := callee(common)
	if fn == nil {
		return false
	}
	if quietFunc.MatchString(fn.Name()) {
		return true
	}
	return fn.Pkg() != nil && fn.Pkg() != j.Pass.Pkg && quiet.MatchString(fn.Pkg().Name())
}

// derives reports whether a call makes a context out of another that ends with
// it: the With functions of package context, and their like.
func derives(common *ssa.CallCommon) bool {
	fn := callee(common)
	if fn == nil || fn.Signature().Results().Len() == 0 || !model.IsContext(fn.Signature().Results().At(0).Type()) {
		return false
	}
	name := fn.Name()
	if fn.Pkg() != nil && fn.Pkg().Path() == "context" || isOtherWith(fn) {
		return strings.HasPrefix(name, "With") && name != "WithoutCancel" || name == "NewContext"
	}
	return false
}

// isOtherWith reports whether a function of another module is named like those
// of package context.
func isOtherWith(fn *types.Func) bool {
	return !strings.HasPrefix(fn.Name(), "Without") && !strings.Contains(strings.ToLower(fn.Name()), "detach")
}
