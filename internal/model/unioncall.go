package model

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/symbol"
)

// openParams opens the parameters that callers out of view may fill.
func (u *chanUnion) openParams(f *Func) {
	for _, param := range f.SSA.Params {
		if isTracked(param.Type()) && f.IsExported() {
			u.enter(param)
		}
	}
}

// noteFuncValues finds functions used as values: their callers are unknown.
// A closure that is only called, deferred or started where it is made stays in
// view.
func (u *chanUnion) noteFuncValues(instr ssa.Instruction) {
	var called ssa.Value
	if call, ok := instr.(ssa.CallInstruction); ok {
		called = call.Common().Value
	}
	for _, operand := range instr.Operands(nil) {
		if fn, ok := (*operand).(*ssa.Function); ok && *operand != called {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn && isOnlyCalled(mc) {
				continue
			}
			u.asValue[fn] = true
			if m := wrapped(fn); m != nil {
				u.asValue[m] = true
			}
		}
	}
}

// wrapped returns the method that SSA's wrapper of a method value or expression
// calls, or nil.
func wrapped(fn *ssa.Function) *ssa.Function {
	obj, ok := fn.Object().(*types.Func)
	if !ok || fn.Synthetic == "" {
		return nil
	}
	return fn.Prog.FuncValue(obj.Origin())
}

// isOnlyCalled reports whether every use of a closure calls it, directly or
// through a variable assigned once.
func isOnlyCalled(mc *ssa.MakeClosure) bool {
	for _, instr := range *mc.Referrers() {
		switch i := instr.(type) {
		case ssa.CallInstruction:
			if i.Common().Value != mc && !isGroupGo(i.Common()) {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// isCalledHere reports whether a method value is called where it is made, and
// not kept or handed on.
func isCalledHere(mc *ssa.MakeClosure) bool {
	for _, instr := range *mc.Referrers() {
		if i, ok := instr.(ssa.CallInstruction); ok && i.Common().Value == mc {
			continue
		}
		if _, ok := instr.(*ssa.DebugRef); !ok {
			return false
		}
	}
	return true
}

// isGroupGo reports whether a call hands its function argument to a group,
// which calls it once without arguments.
func isGroupGo(common *ssa.CallCommon) bool {
	fn := common.StaticCallee()
	return fn != nil && (fn.Name() == "Go" || fn.Name() == "TryGo") && len(common.Args) == 2 && isGroupPtr(common.Args[0])
}

// isGroupPtr reports whether v is a pointer to a group, given that it is the receiver of a method.
func isGroupPtr(v ssa.Value) bool { return isTracked(v.Type()) }

// addCall links arguments with parameters of functions in view and opens
// whatever goes to or comes from elsewhere.
func (u *chanUnion) addCall(i ssa.CallInstruction) {
	common := i.Common()
	if _, ok := common.Value.(*ssa.Builtin); ok {
		u.addBuiltin(i, common)
		return
	}
	callee := u.p.FuncOf(u.p.staticCallee(common))
	for k, arg := range common.Args {
		u.leakElems(arg)
		switch {
		case !isTracked(arg.Type()):
		case callee != nil && k < len(callee.SSA.Params):
			u.assign(callee.SSA.Params[k], arg)
		case isMethodOfGroup(common, k):
		default:
			u.leak(arg)
		}
	}
	if v := i.Value(); v != nil && isTracked(v.Type()) {
		u.fromCall(v, v, 0)
	}
}

// isMethodOfGroup reports whether argument k is the receiver of a group's own
// method, which keeps the group in view.
func isMethodOfGroup(common *ssa.CallCommon, k int) bool {
	return k == 0 && common.Signature().Recv() != nil && isGroupPtr(common.Args[0])
}

// fromCall says where result k of a call comes from.
func (u *chanUnion) fromCall(v ssa.Value, call *ssa.Call, k int) {
	if callee := u.p.FuncOf(u.p.staticCallee(call.Common())); callee != nil {
		u.union(v, resultNode{callee.SSA, k})
		return
	}
	if makesGroup(call) {
		return // new, and nobody else has it
	}
	u.enter(v)
	if c := u.p.syntax.calls[call.Common().Pos()]; c != nil {
		if fn := calleeOf(u.p.Pass.TypesInfo, c); fn != nil {
			r := u.find(u.node(v))
			u.sources[r] = append(u.sources[r], fn)
		}
	}
}

// errgroupMake is the function that makes a group and keeps nothing of it.
var errgroupMake = symbol.Name{Pkg: "golang.org/x/sync/errgroup", Func: "WithContext"}

// makesGroup reports whether a call's results are new, as those of make are:
// the group of errgroup.WithContext is known to nobody but the caller.
func makesGroup(call *ssa.Call) bool {
	callee := call.Common().StaticCallee()
	if callee == nil {
		return false
	}
	fn, ok := callee.Object().(*types.Func)
	return ok && symbol.Of(fn) == errgroupMake
}

// openVars opens exported fields and package-level variables, and parameters
// of functions that are called through values.
func (u *chanUnion) openVars() {
	for fn := range u.asValue {
		for _, param := range fn.Params {
			if isTracked(param.Type()) {
				u.enter(param)
			}
		}
		for k := range fn.Signature.Results().Len() {
			if isTracked(fn.Signature.Results().At(k).Type()) {
				u.open(resultNode{fn, k}, openOut)
			}
		}
	}
}

// addReturn unifies returned values with the results of the function.
func (u *chanUnion) addReturn(f *Func, i *ssa.Return) {
	for k, v := range i.Results {
		u.leakElems(v)
		if !isTracked(v.Type()) {
			continue
		}
		u.assign(resultNode{f.SSA, k}, v)
		if f.IsExported() || f.Obj == nil || u.asValue[f.SSA] {
			u.leak(v)
		}
	}
}

// freeze shortens every path for the last time.
func (u *chanUnion) freeze() {
	for n := range u.parent {
		u.find(n)
	}
	u.frozen = true
}
