package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Place is where a lock, group, channel or context lives: a root and the field
// path below it. Equal non-zero places are the same object at one moment of one
// call (must); different places may still be aliases.
//
// An element of a slice, array or map has no Place: it equals nothing.
type Place struct {
	Root   any    // *ssa.Parameter, *ssa.Alloc, *ssa.Global or the value's instruction
	Fields string // ".conn.mu"; "" for the root itself
}

// IsZero reports whether the place is unknown.
func (p Place) IsZero() bool { return p.Root == nil }

// String returns the place as the source would spell it, "s.conn.mu".
func (p Place) String() string {
	switch r := p.Root.(type) {
	case *ssa.Parameter:
		return r.Name() + p.Fields
	case *ssa.Alloc:
		return r.Comment + p.Fields
	case *ssa.Global:
		return r.Name() + p.Fields
	}
	if p.Fields != "" {
		return p.Fields[1:]
	}
	return "it"
}

// maxPath bounds the steps of a place's path.
const maxPath = 12

// PlaceOf returns the place of v, an address or a pointer-like value (channel,
// pointer, interface). Captured variables lead to the variable they capture,
// and a variable assigned once leads to what was assigned.
func (p *Package) PlaceOf(v ssa.Value) Place {
	fields := ""
	for range maxPath {
		switch x := v.(type) {
		case *ssa.Parameter, *ssa.Global:
			return Place{x, fields}
		case *ssa.Alloc:
			val := soleStore(x)
			if val == nil {
				return Place{x, fields}
			}
			if !carriesIdentity(val) {
				return Place{x, fields}
			}
			v = val
		case *ssa.FreeVar:
			b := p.binding(x)
			if b == nil {
				return Place{}
			}
			v = b
		case *ssa.FieldAddr:
			fields = "." + fieldOf(x.X.Type(), x.Field).Name() + fields
			v = x.X
		case *ssa.Field:
			fields = "." + fieldOf(x.X.Type(), x.Field).Name() + fields
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return Place{x, fields}
			}
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Phi, *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.Const, *ssa.Slice:
			return Place{}
		case ssa.Instruction:
			return Place{x, fields}
		default:
			return Place{}
		}
	}
	return Place{}
}

// carriesIdentity reports whether following a stored value keeps the place: a
// stored struct copy is a new object, a stored pointer is not.
func carriesIdentity(v ssa.Value) bool {
	switch v.Type().Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Interface, *types.Signature:
		_, isConst := v.(*ssa.Const)
		return !isConst
	}
	return false
}

// soleStore returns the value of the only store to a variable anywhere in the
// function and its closures, or nil.
func soleStore(a *ssa.Alloc) ssa.Value {
	var val ssa.Value
	count := 0
	countStores(a, func(v ssa.Value) { val = v; count++ }, 0)
	if count == 1 {
		return val
	}
	return nil
}

// SoleStore returns the value of the only store to a variable, by the function that
// has it or literals inside, or nil.
func SoleStore(a *ssa.Alloc) ssa.Value { return soleStore(a) }

// countStores calls f for every store to the variable at addr, following the
// closures that capture it.
func countStores(addr ssa.Value, f func(ssa.Value), depth int) {
	refs := addr.Referrers()
	if refs == nil || depth > 8 {
		return
	}
	for _, instr := range *refs {
		switch instr := instr.(type) {
		case *ssa.Store:
			if instr.Addr == addr {
				f(instr.Val)
			}
		case *ssa.MakeClosure:
			fn := instr.Fn.(*ssa.Function)
			for i, b := range instr.Bindings {
				if b == addr {
					countStores(fn.FreeVars[i], f, depth+1)
				}
			}
		}
	}
}

// binding is Binding for readers of a package.
func (p *Package) binding(fv *ssa.FreeVar) ssa.Value { return Binding(fv) }

// Binding returns what a closure's free variable stands for in the function
// that makes the closure, or nil if closures of one function bind it
// differently.
func Binding(fv *ssa.FreeVar) ssa.Value {
	fn := fv.Parent()
	i := indexOf(fn.FreeVars, fv)
	var bound ssa.Value
	for _, mc := range closuresOf(fn) {
		b := mc.Bindings[i]
		if bound != nil && bound != b {
			return nil
		}
		bound = b
	}
	return bound
}

// indexOf returns which free variable of its function fv is.
func indexOf(fvs []*ssa.FreeVar, fv *ssa.FreeVar) int {
	for i, x := range fvs {
		if x == fv {
			return i
		}
	}
	return 0
}

// closuresOf returns the instructions that make closures of fn.
func closuresOf(fn *ssa.Function) []*ssa.MakeClosure {
	var out []*ssa.MakeClosure
	if refs := fn.Referrers(); refs != nil {
		for _, instr := range *refs {
			if mc, ok := instr.(*ssa.MakeClosure); ok {
				out = append(out, mc)
			}
		}
	}
	return out
}

// fieldOf returns the field variable of a struct type (or pointer to one), its
// generic origin if the struct is an instance.
func fieldOf(t types.Type, i int) *types.Var {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if st, ok := coreStruct(t); ok && i < st.NumFields() {
		return st.Field(i).Origin()
	}
	return types.NewVar(token.NoPos, nil, "?", types.Typ[types.Invalid])
}

// coreStruct returns the struct type behind t, also if t is a type parameter for one.
func coreStruct(t types.Type) (*types.Struct, bool) {
	if st, ok := t.Underlying().(*types.Struct); ok {
		return st, true
	}
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		if iface, ok := tp.Constraint().Underlying().(*types.Interface); ok && iface.NumEmbeddeds() == 1 {
			st, ok := iface.EmbeddedType(0).Underlying().(*types.Struct)
			return st, ok
		}
	}
	return nil, false
}

// ClassOf returns what all instances of a place share: the struct field, the
// package-level variable, or the local variable that holds it. It is nil for
// values without a home, such as call results and slice elements' fields' roots.
func (p *Package) ClassOf(v ssa.Value) types.Object {
	for range maxPath {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			return fieldOf(x.X.Type(), x.Field)
		case *ssa.Field:
			return fieldOf(x.X.Type(), x.Field)
		case *ssa.Global:
			return x.Object()
		case *ssa.Parameter:
			return x.Object()
		case *ssa.FreeVar:
			v = p.binding(x)
		case *ssa.Alloc:
			val := soleStore(x)
			if val == nil || !carriesIdentity(val) {
				return p.allocObject(x)
			}
			v = val
		case *ssa.UnOp:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		default:
			return nil
		}
	}
	return nil
}

// allocObject finds the variable an Alloc was made for: both start where the
// variable is declared.
func (p *Package) allocObject(a *ssa.Alloc) types.Object {
	if obj, ok := p.defs()[a.Pos()]; ok {
		return obj
	}
	return nil
}

// FieldOf returns the i-th field of a struct type, or of what a pointer points
// to; its generic origin if the struct is an instance.
func FieldOf(t types.Type, i int) *types.Var { return fieldOf(t, i) }
