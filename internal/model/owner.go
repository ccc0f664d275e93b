package model

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// This file keeps an eye on the object whose field keeps a function, from where the
// field is set to where the function is made: through calls, results and copies.

// ownerAt returns the place of an object whose field is set: of a literal that is
// copied as a whole, that of the copy, here or in the object that a constructor
// makes.
func (cb *callbacks) ownerAt(v ssa.Value) Place {
	a, ok := v.(*ssa.Alloc)
	if !ok {
		return cb.p.PlaceOf(v)
	}
	for _, ref := range *a.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok || len(*load.Referrers()) != 1 {
			continue
		}
		switch i := (*load.Referrers())[0].(type) {
		case *ssa.Store:
			if i.Val == load {
				return cb.p.PlaceOf(i.Addr)
			}
		case *ssa.Call:
			if p := cb.copied(i, load); !p.IsZero() {
				return p
			}
		}
	}
	return cb.p.PlaceOf(v)
}

// copied returns where a constructor keeps the copy of an argument, in the words of
// the caller.
func (cb *callbacks) copied(call *ssa.Call, arg ssa.Value) Place {
	f := cb.p.FuncOf(call.Call.StaticCallee())
	for k, v := range call.Call.Args {
		if f == nil || v != arg || k >= len(f.SSA.Params) {
			continue
		}
		for _, val := range spilled(f.SSA.Params[k]) {
			for _, ref := range *val.Referrers() {
				st, ok := ref.(*ssa.Store)
				if !ok || st.Val != val {
					continue
				}
				if field, ok := st.Addr.(*ssa.FieldAddr); ok {
					return cb.atCaller(cb.p.PlaceOf(field), &Call{To: f, Instr: call})
				}
			}
		}
	}
	return Place{}
}

// spilled returns a parameter, and what is read of the variable that it is kept in.
func spilled(param *ssa.Parameter) []ssa.Value {
	out := []ssa.Value{param}
	for _, ref := range *param.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok {
			continue
		}
		a, ok := st.Addr.(*ssa.Alloc)
		if !ok {
			continue
		}
		for _, use := range *a.Referrers() {
			if load, ok := use.(*ssa.UnOp); ok {
				out = append(out, load)
			}
		}
	}
	return out
}

// atCaller says what an object of a called function is in the words of the caller:
// an argument, or what is made of the result.
func (cb *callbacks) atCaller(owner Place, c *Call) Place {
	switch root := owner.Root.(type) {
	case *ssa.Parameter:
		if k := indexOfParam(root); root.Parent() == c.To.SSA && k < len(c.Args()) {
			return cb.p.PlaceOf(c.Args()[k]).under(owner.Fields)
		}
	case *ssa.Alloc:
		if call, ok := c.Instr.(*ssa.Call); ok && cb.isReturned(c.To, root) {
			return cb.placeOfResult(call).under(owner.Fields)
		}
	}
	return Place{}
}

// under returns a place below p.
func (p Place) under(fields string) Place {
	if p.IsZero() {
		return p
	}
	return Place{p.Root, p.Fields + fields}
}

// isReturned reports whether a function returns the object that it made.
func (cb *callbacks) isReturned(f *Func, made *ssa.Alloc) bool {
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if ok && len(ret.Results) > 0 && cb.p.PlaceOf(ret.Results[0]) == (Place{made, ""}) {
			return true
		}
	}
	return false
}

// placeOfResult returns where the first result of a call is kept: the one field
// that it is stored to, or the result itself.
func (cb *callbacks) placeOfResult(call *ssa.Call) Place {
	var v ssa.Value = call
	for _, ref := range *call.Referrers() {
		if ex, ok := ref.(*ssa.Extract); ok && ex.Index == 0 {
			v = ex
		}
	}
	for _, ref := range *v.Referrers() {
		val := v
		if mi, ok := ref.(*ssa.MakeInterface); ok && len(*mi.Referrers()) == 1 {
			val, ref = mi, (*mi.Referrers())[0]
		}
		st, ok := ref.(*ssa.Store)
		if !ok || st.Val != val {
			continue
		}
		if field, ok := st.Addr.(*ssa.FieldAddr); ok {
			return cb.p.PlaceOf(field)
		}
	}
	return cb.p.PlaceOf(v)
}

// atCallee says what an object is in the words of a function that it is handed to.
func (cb *callbacks) atCallee(owner Place, f *Func, args []ssa.Value) Place {
	for k, arg := range args {
		p := cb.p.PlaceOf(arg)
		if k < len(f.SSA.Params) && !p.IsZero() && p.Root == owner.Root && strings.HasPrefix(owner.Fields, p.Fields) {
			return Place{f.SSA.Params[k], owner.Fields[len(p.Fields):]}
		}
	}
	return Place{}
}
