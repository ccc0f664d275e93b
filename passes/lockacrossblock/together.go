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
func (j *judge) valuesOf(f *model.Func) []ssa.Value {
	if j.values == nil {
		j.values = make(map[*model.Func][]ssa.Value)
		j.readValues()
	}
	if out := j.values[f]; len(out) > 0 || f.SSA.Referrers() == nil || len(*f.SSA.Referrers()) == 0 {
		return out
	}
	return []ssa.Value{f.SSA}
}

// readValues files the function values of the package under what they run: literals,
// and methods of which a value is made.
func (j *judge) readValues() {
	byObj := make(map[types.Object]*model.Func)
	for _, f := range j.Funcs {
		if f.Obj != nil {
			byObj[f.Obj] = f
		}
	}
	for _, g := range j.Funcs {
		for _, b := range g.SSA.Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok {
					j.addValue(mc, byObj)
				}
			}
		}
	}
}

// addValue files one function value.
func (j *judge) addValue(mc *ssa.MakeClosure, byObj map[types.Object]*model.Func) {
	fn := mc.Fn.(*ssa.Function)
	f := j.FuncOf(fn)
	if obj, ok := fn.Object().(*types.Func); ok && f == nil {
		f = byObj[obj.Origin()]
	}
	if f != nil {
		j.values[f] = append(j.values[f], mc)
	}
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
