package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file knows what a package does with the fields of structs: where each is
// set, and whether anything else may set it.

// fieldUses are the uses of all fields in a package.
type fieldUses struct {
	stores map[*types.Var][]*ssa.Store
	loads  map[*types.Var][]*ssa.UnOp
	lent   map[*types.Var]bool      // its address is used for more than to load and store, or the struct is converted
	made   map[*types.TypeName]bool // types of which the package makes objects
}

// fields returns what the package does with fields; it is read once.
func (j *judge) fields() *fieldUses {
	if j.fieldUses == nil {
		j.fieldUses = &fieldUses{
			stores: make(map[*types.Var][]*ssa.Store),
			loads:  make(map[*types.Var][]*ssa.UnOp),
			lent:   make(map[*types.Var]bool),
			made:   make(map[*types.TypeName]bool),
		}
		for _, f := range j.Funcs {
			instrs(f, j.fieldUses.add)
		}
		if len(j.Funcs) > 0 {
			j.fieldUses.addInit(j.Funcs[0].SSA.Pkg)
		}
	}
	return j.fieldUses
}

// addInit notes what the initialisers of package variables do.
func (u *fieldUses) addInit(pkg *ssa.Package) {
	if pkg == nil || pkg.Func("init") == nil {
		return
	}
	for _, b := range pkg.Func("init").Blocks {
		for _, i := range b.Instrs {
			u.add(i)
		}
	}
}

// add notes what an instruction does with fields.
func (u *fieldUses) add(i ssa.Instruction) {
	switch i := i.(type) {
	case *ssa.FieldAddr:
		field := model.FieldOf(i.X.Type(), i.Field)
		for _, ref := range *i.Referrers() {
			u.addUse(field, i, ref)
		}
	case *ssa.Alloc:
		if named := model.NamedOf(i.Type()); named != nil && !isCopy(i) {
			u.made[named.Obj()] = true
		}
	case *ssa.ChangeType:
		u.addConversion(i.X.Type())
		u.addConversion(i.Type())
	}
}

// isCopy reports whether a variable gets the value of another object, such as a
// parameter's.
func isCopy(a *ssa.Alloc) bool {
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == a {
			return true
		}
	}
	return false
}

// addUse notes one use of a field's address.
func (u *fieldUses) addUse(field *types.Var, addr *ssa.FieldAddr, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
	case *ssa.Store:
		if ref.Addr != addr {
			u.lent[field] = true
			return
		}
		u.stores[field] = append(u.stores[field], ref)
	case *ssa.UnOp:
		u.loads[field] = append(u.loads[field], ref)
	default:
		u.lent[field] = true
	}
}

// addConversion notes that a struct is made out of another type's.
func (u *fieldUses) addConversion(t types.Type) {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for field := range st.Fields() {
			u.lent[field.Origin()] = true
		}
	}
}
