package lockset

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// maxPath bounds the steps from a lock's address to its root.
const maxPath = 12

// identify tells the lock at an address from others: by its place, or, where a
// place cannot be named, by the SSA value its path starts at.
func (pl *plan) identify(v ssa.Value) lockID {
	id := lockID{place: pl.ix.p.PlaceOf(v)}
	root, fields := pl.path(v, &id)
	if id.place.IsZero() && root != nil {
		id.place, id.weak = model.Place{Root: root, Fields: fields}, true
	}
	switch id.place.Root.(type) {
	case *ssa.Parameter, *ssa.Alloc, *ssa.Global:
	default:
		id.weak = true
	}
	return id
}

// identifyOp is identify for the lock of an operation.
func (pl *plan) identifyOp(o *model.Op) lockID {
	id := pl.identify(o.Value)
	if !id.place.IsZero() {
		id.place.Fields += o.Below
	}
	return id
}

// path walks from an address to the SSA value it starts at, noting the pointers
// it goes through.
func (pl *plan) path(v ssa.Value, id *lockID) (root ssa.Value, fields string) {
	for range maxPath {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			if f := fieldVar(x); f != nil {
				fields = "." + f.Name() + fields
			}
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return x, fields
			}
			pl.noteLoad(x.X, id)
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.FreeVar:
			if v = binding(x); v == nil {
				return nil, ""
			}
		case *ssa.Const:
			return nil, ""
		default:
			return v, fields
		}
	}
	return nil, ""
}

// binding returns what a captured variable stands for around its literal, or nil
// if that is not clear.
func binding(fv *ssa.FreeVar) (bound ssa.Value) {
	refs := fv.Parent().Referrers()
	if refs == nil {
		return nil
	}
	k := slices.Index(fv.Parent().FreeVars, fv)
	for _, ref := range *refs {
		mc, ok := ref.(*ssa.MakeClosure)
		if !ok || bound != nil && bound != mc.Bindings[k] {
			return nil
		}
		bound = mc.Bindings[k]
	}
	return bound
}

// noteLoad records a pointer on a lock's path: if it is assigned later, the
// place means another lock.
func (pl *plan) noteLoad(addr ssa.Value, id *lockID) {
	switch x := addr.(type) {
	case *ssa.FieldAddr:
		if f := fieldVar(x); f != nil {
			id.via = append(id.via, f)
			id.loose = id.loose || pl.ix.moving[f]
		}
	case *ssa.Global:
		id.loose = true
	case *ssa.Alloc:
		_, isAlloc := id.place.Root.(*ssa.Alloc)
		id.loose = id.loose || isAlloc
	}
}

// LockName returns what a message calls the lock of an operation: the receiver
// expression, with the embedded field's name if there is one.
func LockName(o *model.Op) string {
	name := o.Name()
	if o.Call == nil || o.Class == nil {
		return name
	}
	sel, ok := ast.Unparen(o.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return o.Place.String()
	}
	if v, ok := o.Class.(*types.Var); ok && v.Embedded() && !endsIn(sel.X, v.Name()) {
		return name + "." + v.Name()
	}
	return name
}

// endsIn reports whether an expression's last name is name.
func endsIn(e ast.Expr, name string) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return x.Name == name
	case *ast.SelectorExpr:
		return x.Sel.Name == name
	}
	return false
}
