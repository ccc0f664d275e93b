package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file follows a method value into the function of this package that it is
// handed to and that does nothing but call it: "s.with(s.flush)". What the method
// takes first meets what is held where it runs (must).

// Handed is a method value that a call hands to a function that runs it.
type Handed struct {
	Call   *model.Call
	Method *model.Func
	Held   []Held        // when the method runs, in the caller's words
	Locks  []ForeignLock // what the method does to locks, in the caller's words
}

// HandedMethods returns the method values of the package that f hands to functions
// of the package which call them in the same goroutine.
func (ix *Index) HandedMethods(f *model.Func) (out []Handed) {
	for _, c := range f.AllCalls() {
		for k, v := range c.Args() {
			if mc, ok := v.(*ssa.MakeClosure); ok && k < len(c.To.SSA.Params) && !c.Deferred {
				if h, ok := ix.handed(c, c.To.SSA.Params[k], mc); ok {
					out = append(out, h)
				}
			}
		}
	}
	return out
}

// handed looks at one method value and the parameter that it is given for.
func (ix *Index) handed(c *model.Call, param *ssa.Parameter, mc *ssa.MakeClosure) (h Handed, ok bool) {
	method := ix.boundMethod(mc)
	r := &runner{f: c.To, names: c.To.SSA, args: c.Args()}
	if method == nil || param.Referrers() == nil {
		return h, false
	}
	if r.calls = onlyCalls(param); len(r.calls) == 0 {
		return h, false
	}
	h = Handed{Call: c, Method: method}
	h.Held = append(ix.keptBy(r, ix.HeldAt(c.From, c.Instr)), ix.heldBy(r, c.From)...)
	pl := ix.planOf(c.From)
	for _, eff := range ix.SummaryOf(method).Effects {
		if id, ok := pl.place(translation{callee: method.SSA, args: mc.Bindings}, eff); ok && !id.weak && !id.loose {
			h.Locks = append(h.Locks, ForeignLock{id.place, id.name, eff})
		}
	}
	return h, true
}

// boundMethod returns the method of this package that a method value calls, or nil.
func (ix *Index) boundMethod(mc *ssa.MakeClosure) *model.Func {
	fn := mc.Fn.(*ssa.Function)
	obj, _ := fn.Object().(*types.Func)
	if obj == nil || len(mc.Bindings) != 1 || fn.Synthetic == "" || obj.Pkg() != ix.p.Pass.Pkg {
		return nil
	}
	for _, f := range ix.p.Funcs {
		if f.Obj == obj.Origin() {
			return f
		}
	}
	return nil
}
