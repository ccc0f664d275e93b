package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file traces a function value back to the functions that it may be: through
// parameters to the callers, through results to what is returned, through fields
// to what is stored. On the way it keeps the object that has the field in view,
// so that what a literal captures can be compared with it.

// tracer collects the functions that a value may be.
type tracer struct {
	cb    *callbacks
	found []FuncValue
	open  bool
}

// result returns what was found if that is all.
func (t *tracer) result() []FuncValue {
	if t.open || len(t.found) > maxValues {
		return nil
	}
	return t.found
}

// followStores follows all that is stored to a field or variable.
func (t *tracer) followStores(key types.Object, depth int) {
	if t.cb.open[key] || depth == 0 {
		t.open = true
		return
	}
	for _, st := range t.cb.stores[key] {
		var owner Place
		if field, ok := st.Addr.(*ssa.FieldAddr); ok {
			owner = t.cb.ownerAt(field.X)
		}
		t.follow(st.Val, owner, depth-1)
	}
}

// follow adds the functions that v may be; owner is the object that keeps it, in
// the words of the function that v belongs to.
func (t *tracer) follow(v ssa.Value, owner Place, depth int) {
	if depth == 0 || t.open || len(t.found) > maxValues {
		t.open = true
		return
	}
	switch x := v.(type) {
	case *ssa.Const:
	case *ssa.Function:
		if x.Pkg == nil || x.Pkg.Pkg == t.cb.p.Pass.Pkg {
			t.add(t.cb.p.FuncOf(x), nil, owner)
		}
	case *ssa.MakeClosure:
		t.closure(x, owner)
	case *ssa.ChangeType:
		t.follow(x.X, owner, depth)
	case *ssa.Phi:
		for _, e := range x.Edges {
			t.follow(e, owner, depth-1)
		}
	case *ssa.UnOp:
		t.load(x, owner, depth)
	case *ssa.Field:
		t.kept(t.cb.keyOfField(x), depth)
	case *ssa.Parameter:
		t.parameter(x, owner, depth)
	case *ssa.Call:
		t.returned(x, owner, depth)
	default:
		t.open = true
	}
}

// add notes one function of this package; those of other packages take none of its
// locks.
func (t *tracer) add(f *Func, bound ssa.Value, owner Place) {
	if f == nil {
		t.open = true
		return
	}
	for _, v := range t.found {
		if v.To == f && v.Bound == bound && v.Owner == owner {
			return
		}
	}
	t.found = append(t.found, FuncValue{To: f, Bound: bound, Owner: owner})
}

// closure adds a literal, or the method of a method value.
func (t *tracer) closure(mc *ssa.MakeClosure, owner Place) {
	fn := mc.Fn.(*ssa.Function)
	if lit := t.cb.p.FuncOf(fn); lit != nil {
		t.add(lit, nil, owner)
		return
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil || len(mc.Bindings) != 1 || obj.Pkg() != t.cb.p.Pass.Pkg {
		t.open = true
		return
	}
	t.add(t.cb.p.FuncOf(fn.Prog.FuncValue(obj)), mc.Bindings[0], owner)
}

// load follows a value that is read from a variable or field.
func (t *tracer) load(x *ssa.UnOp, owner Place, depth int) {
	if x.Op != token.MUL {
		t.open = true
		return
	}
	addr := x.X
	if fv, ok := addr.(*ssa.FreeVar); ok {
		addr = t.cb.p.binding(fv)
	}
	a, ok := addr.(*ssa.Alloc)
	if !ok {
		t.kept(t.cb.keyOf(x.X), depth)
		return
	}
	n := 0
	countStores(a, func(v ssa.Value) {
		n++
		t.follow(v, owner, depth-1)
	}, 0)
	t.open = t.open || n == 0
}

// kept follows what another field keeps.
func (t *tracer) kept(key types.Object, depth int) {
	if key == nil {
		t.open = true
		return
	}
	t.followStores(key, depth)
}

// parameter follows what the callers of a function hand in.
func (t *tracer) parameter(param *ssa.Parameter, owner Place, depth int) {
	f := t.cb.p.FuncOf(param.Parent())
	if f == nil || f.IsExported() || f.EscapesAsValue() || len(f.Started) > 0 || len(t.cb.calls[f]) == 0 {
		t.open = true
		return
	}
	k := indexOfParam(param)
	for _, c := range t.cb.calls[f] {
		if args := c.Args(); k < len(args) {
			t.follow(args[k], t.cb.atCaller(owner, c), depth-1)
		}
	}
}

// returned follows the function that a call of this package returns.
func (t *tracer) returned(call *ssa.Call, owner Place, depth int) {
	f := t.cb.p.FuncOf(call.Common().StaticCallee())
	if f == nil {
		t.open = true
		return
	}
	owner = t.cb.atCallee(owner, f, call.Common().Args)
	for _, b := range f.SSA.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != f.SSA.Recover {
			t.follow(ret.Results[0], owner, depth-1)
		}
	}
}
