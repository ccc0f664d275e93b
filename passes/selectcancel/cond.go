package selectcancel

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// sync.Cond.Wait wakes up before the condition holds. Must: either nothing ever
// brings control back to the Wait, or the code behind it runs on the strength
// of a condition that was looked at before it. Whether a loop's condition is
// the right one is not judged.

// condOutsideLoop judges cond-wait-not-in-loop. A function that only wraps the
// Wait is judged where it is called: it is enough that each caller loops.
func (j *judge) condOutsideLoop(o *model.Op) {
	if o.Deferred || o.Func.Reaches(o.Block(), o.Block()) && !isGuardedOnce(o) || isLoopedByCallers(o.Func, 0) || isCondMethod(o.Func.Decl()) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "cond-wait-not-in-loop",
		Pos:     o.Pos,
		Message: o.Name() + ".Wait can return before the condition holds; call it in a loop that checks the condition again",
		Strict:  j.IsTestCode(o.Pos),
	})
}

// isCondMethod reports whether f is the Wait method of a type that embeds a
// sync.Cond: its callers know that they have to loop.
func isCondMethod(f *model.Func) bool {
	named := f.RecvNamed()
	if named == nil || f.Obj.Name() != "Wait" {
		return false
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		if in := model.NamedOf(field.Type()); field.Embedded() && in != nil && in.Obj().Name() == "Cond" && in.Obj().Pkg() != nil && in.Obj().Pkg().Path() == "sync" {
			return true
		}
	}
	return false
}

// isGuardedOnce reports whether the Wait of a worker's loop hangs on an if whose
// condition is not looked at again before the work: control goes on where it
// would without the Wait.
func isGuardedOnce(o *model.Op) bool {
	b := o.Block()
	if len(b.Preds) != 1 || len(b.Succs) != 1 {
		return false
	}
	guard, next := b.Preds[0], b.Succs[0]
	if _, ok := guard.Instrs[len(guard.Instrs)-1].(*ssa.If); !ok || next.Dominates(guard) {
		return false
	}
	other := guard.Succs[0]
	if other == b {
		other = guard.Succs[1]
	}
	return other == next && !isTest(next) && reliesOn(next, guard)
}

// reliesOn reports whether a block touches a variable that the condition at the
// end of guard was computed from.
func reliesOn(b, guard *ssa.BasicBlock) bool {
	asked := make(map[any]bool)
	branch := guard.Instrs[len(guard.Instrs)-1].(*ssa.If)
	addVariables(branch.Cond, asked, 0)
	for _, instr := range b.Instrs {
		for _, operand := range instr.Operands(nil) {
			if v := variableOf(*operand); v != nil && asked[v] {
				return true
			}
		}
	}
	return false
}

// addVariables collects the variables that v is computed from.
func addVariables(v ssa.Value, to map[any]bool, depth int) {
	if found := variableOf(v); found != nil {
		to[found] = true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || depth > 6 {
		return
	}
	for _, operand := range instr.Operands(nil) {
		if *operand != nil {
			addVariables(*operand, to, depth+1)
		}
	}
}

// variableOf returns the field or variable at an address, or nil. A variable
// that holds a pointer only leads to what was asked.
func variableOf(v ssa.Value) any {
	switch x := v.(type) {
	case *ssa.FieldAddr:
		return model.FieldOf(x.X.Type(), x.Field)
	case *ssa.Global, *ssa.Alloc, *ssa.FreeVar:
		ptr, ok := x.Type().Underlying().(*types.Pointer)
		if !ok {
			return nil
		}
		if _, leads := ptr.Elem().Underlying().(*types.Pointer); !leads {
			return x
		}
	}
	return nil
}

// isTest reports whether a block does nothing but decide where to go on, as a
// second look at the condition does.
func isTest(b *ssa.BasicBlock) bool {
	for _, instr := range b.Instrs {
		switch i := instr.(type) {
		case *ssa.Store, *ssa.Send, *ssa.MapUpdate:
			return false
		case *ssa.Call:
			if _, ok := i.Call.Value.(*ssa.Builtin); !ok {
				return false
			}
		}
	}
	_, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	return ok
}

// locksItself reports whether f takes the lock that the Wait gives up, so that a
// caller cannot look at the condition under it.
func locksItself(f *model.Func) bool {
	return slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return o.Action == model.Lock || o.Action == model.RLock })
}

// isLoopedByCallers reports whether every caller in view calls f in a loop; a
// wrapper that nobody in view calls is taken for one that its callers loop.
func isLoopedByCallers(f *model.Func, depth int) bool {
	if f.IsLoopBody() {
		return true
	}
	if len(f.Callers) == 0 || depth > 3 {
		return f.IsExported() && len(f.SSA.Blocks) == 1 && !locksItself(f)
	}
	for _, c := range f.Callers {
		if !c.From.Reaches(c.Instr.Block(), c.Instr.Block()) && !isLoopedByCallers(c.From, depth+1) {
			return false
		}
	}
	return true
}
