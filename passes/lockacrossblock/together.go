package lockacrossblock

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file knows functions that are handed over side by side, such as the tasks
// of one timer: whoever is given both may run one after the other, so that they
// cannot be said to meet. May: where it is not clear what becomes of a function,
// it counts as handed over alone.

// areHandedTogether reports whether both functions are only ever run by who was
// handed them in one list: the arguments of one call, or the elements of one
// array.
func (j *judge) areHandedTogether(f, g *model.Func) bool {
	a, b := j.handedTo(f), j.handedTo(g)
	return a != nil && a == b
}

// handedTo returns the call or the array that a function goes to as a value, if
// that is the one way to it; nil otherwise.
func (j *judge) handedTo(f *model.Func) (only any) {
	if f.IsExported() || len(f.Callers) > 0 || len(f.Started) > 0 {
		return nil
	}
	for _, v := range j.valuesOf(f) {
		to := receiverOf(v)
		if to == nil || only != nil && only != to {
			return nil
		}
		only = to
	}
	return only
}

// valuesOf returns the function values that the package makes of f.
func (j *judge) valuesOf(f *model.Func) (out []ssa.Value) {
	for _, g := range j.Funcs {
		for _, b := range g.SSA.Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok && isValueOf(mc.Fn.(*ssa.Function), f) {
					out = append(out, mc)
				}
			}
		}
	}
	if len(out) == 0 && f.SSA.Referrers() != nil && len(*f.SSA.Referrers()) > 0 {
		return []ssa.Value{f.SSA}
	}
	return out
}

// isValueOf reports whether fn is f, or the wrapper of a method value of it.
func isValueOf(fn *ssa.Function, f *model.Func) bool {
	obj, _ := fn.Object().(*types.Func)
	return fn == f.SSA || f.Obj != nil && obj != nil && obj.Origin() == f.Obj
}

// receiverOf returns the call that is given v, or the array that v is put into;
// nil if it goes anywhere else, or nowhere.
func receiverOf(v ssa.Value) (to any) {
	refs := slices.DeleteFunc(slices.Clone(*v.Referrers()), func(i ssa.Instruction) bool { _, ok := i.(*ssa.DebugRef); return ok })
	if len(refs) != 1 {
		return nil
	}
	switch i := refs[0].(type) {
	case *ssa.Call:
		return i
	case *ssa.ChangeType:
		return receiverOf(i)
	case *ssa.Store:
		if elem, ok := i.Addr.(*ssa.IndexAddr); ok && i.Val == v {
			return elem.X
		}
	}
	return nil
}
