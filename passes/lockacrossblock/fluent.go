package lockacrossblock

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file knows methods that hand back the object they were called on, so that
// calls can be chained where it is made: newThing().withSize(n). Nobody else has the
// object by then (may).

// isFluent reports whether f is a method that always returns its receiver, and
// nothing else.
func isFluent(f *model.Func) bool {
	if f.Obj == nil || f.Obj.Signature().Recv() == nil || f.Obj.Signature().Results().Len() != 1 {
		return false
	}
	returns := false
	for _, b := range f.SSA.Blocks {
		if b == f.SSA.Recover || len(b.Instrs) == 0 {
			continue
		}
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if p := f.Pkg.PlaceOf(ret.Results[0]); p.Root != f.SSA.Params[0] || p.Fields != "" {
			return false
		}
		returns = true
	}
	return returns
}
