package goroutineleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file knows what a package does with the fields of structs: where each is
// set, and whether anything else may set it.

// fieldUses are the uses of all fields in a package.
type fieldUses struct {
	stores map[*types.Var][]*ssa.Store
	lent   map[*types.Var]bool // its address is used for more than to load and store
}

// fields returns what the package does with fields; it is read once.
func (j *judge) fields() *fieldUses {
	if j.fieldUses == nil {
		j.fieldUses = &fieldUses{stores: make(map[*types.Var][]*ssa.Store), lent: make(map[*types.Var]bool)}
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

// add notes what is done with the address of a field.
func (u *fieldUses) add(i ssa.Instruction) {
	addr, ok := i.(*ssa.FieldAddr)
	if !ok {
		return
	}
	field := model.FieldOf(addr.X.Type(), addr.Field)
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr == addr {
				u.stores[field] = append(u.stores[field], ref)
				continue
			}
			u.lent[field] = true
		case *ssa.UnOp:
			u.lent[field] = u.lent[field] || ref.Op != token.MUL
		default:
			u.lent[field] = true
		}
	}
}
