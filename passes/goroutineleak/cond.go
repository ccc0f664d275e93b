package goroutineleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A condition that nobody signals lets nobody go on. This file finds waits on
// such conditions (must: the condition is a variable of one function or a field
// that is not exported, and every use of it is in view).

// judgeConds reports waits on conditions that are never signalled.
func (j *judge) judgeConds() {
	for _, f := range j.Funcs {
		for _, o := range f.Ops {
			if o.Action == model.CondWait && o.Value != nil && j.isNeverSignalled(o) {
				j.addCond(o)
			}
		}
	}
}

// addCond reports one wait.
func (j *judge) addCond(o *model.Op) {
	j.report.Add(report.Finding{
		Rule:    "abandoned-receiver",
		Pos:     o.Pos,
		Message: fit("nobody signals " + o.Name() + ", so this wait never ends; call " + o.Name() + ".Broadcast where what it waits for comes true"),
		Strict:  j.IsTestFile(o.Pos),
		Defect:  o,
		Related: []analysis.RelatedInformation{report.Step(o.Func.Syntax.Pos(), "no code in view of this calls Signal or Broadcast")},
	})
}

// isNeverSignalled reports whether all uses of a condition are in view and none
// of them wakes anybody.
func (j *judge) isNeverSignalled(o *model.Op) bool {
	if addr := fieldAddr(o.Value); addr != nil {
		return j.isQuietField(model.FieldOf(addr.X.Type(), addr.Field), addr)
	}
	root, ok := j.PlaceOf(o.Value).Root.(ssa.Value)
	if !ok || j.PlaceOf(o.Value).Fields != "" {
		return false
	}
	if call, isCall := root.(*ssa.Call); isCall {
		return isNewCond(call) && everyUse(call, 0, keepsQuiet)
	}
	a, isVar := root.(*ssa.Alloc)
	return isVar && everyUse(a, 0, keepsQuiet)
}

// isNewCond reports whether v is a condition that was just made.
func isNewCond(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	name := calledName(call.Common())
	return name.Pkg == "sync" && name.Func == "NewCond"
}

// isQuietField reports whether a field is this package's alone and is only made
// and waited on.
func (j *judge) isQuietField(field *types.Var, addr *ssa.FieldAddr) bool {
	owner := model.NamedOf(addr.X.Type())
	if owner == nil || field.Exported() || field.Embedded() || field.Pkg() != j.Pass.Pkg || isForTests(field, owner) {
		return false
	}
	if _, isPtr := field.Type().Underlying().(*types.Pointer); !isPtr {
		return j.fields().made[owner.Obj()] && j.isQuietValue(field)
	}
	if j.fields().lent[field] || len(j.fields().stores[field]) == 0 {
		return false
	}
	for _, st := range j.fields().stores[field] {
		if !isNewCond(st.Val) || !everyUse(st.Val, 0, keepsQuiet) {
			return false
		}
	}
	for _, load := range j.fields().loads[field] {
		if !everyUse(load, 0, keepsQuiet) {
			return false
		}
	}
	return true
}

// isQuietValue reports whether a field that is a condition itself is only waited
// on, in all functions of the package.
func (j *judge) isQuietValue(field *types.Var) bool {
	quiet := true
	for _, f := range j.Funcs {
		instrs(f, func(i ssa.Instruction) {
			addr, ok := i.(*ssa.FieldAddr)
			if ok && model.FieldOf(addr.X.Type(), addr.Field) == field {
				quiet = quiet && everyUse(addr, 0, keepsQuiet)
			}
		})
	}
	return quiet
}

// keepsQuiet reports whether one use of a condition, or of a variable that holds
// it, wakes nobody and hands it to nobody.
func keepsQuiet(ref ssa.Instruction, v ssa.Value, depth int) bool {
	switch i := ref.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.FieldAddr: // its lock
		return fieldName(i) == "L"
	case *ssa.UnOp:
		return i.Op == token.MUL && everyUse(i, depth+1, keepsQuiet)
	case *ssa.Store:
		if i.Addr == v {
			return true
		}
		if _, isField := i.Addr.(*ssa.FieldAddr); isField {
			return isNewCond(v) // the field is looked at by itself
		}
		a, isVar := i.Addr.(*ssa.Alloc)
		return isVar && everyUse(a, depth+1, keepsQuiet)
	case *ssa.MakeClosure:
		return isQuietIn(i, v, depth)
	case ssa.CallInstruction:
		return isMethodOn(i.Common(), v) && calledName(i.Common()).Func == "Wait"
	}
	return false
}

// isQuietIn follows a condition into a literal that captures it.
func isQuietIn(mc *ssa.MakeClosure, v ssa.Value, depth int) bool {
	fn := mc.Fn.(*ssa.Function)
	for n, b := range mc.Bindings {
		if b == v && (fn.Synthetic != "" || !everyUse(fn.FreeVars[n], depth+1, keepsQuiet)) {
			return false
		}
	}
	return true
}
