package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file does for methods and functions that are handed over by name,
// "s.with(s.update)", what runner.go does for literals.

// Handed is a function that is handed to one that calls it with locks held.
type Handed struct {
	Call *model.Call // as if the function were called where it is handed over
	Held []Held      // in the words of the function that hands it over
}

// HandedOver returns the functions that f hands to functions of the package which do
// nothing but call them, or to those of the standard library that call them at once.
func (ix *Index) HandedOver(f *model.Func) (out []Handed) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(*ssa.Call)
			if !ok || i.Call.IsInvoke() {
				continue
			}
			for k, arg := range i.Call.Args {
				if h, ok := ix.handed(f, i, k, arg); ok {
					out = append(out, h)
				}
			}
		}
	}
	return out
}

// handed looks at one argument of a call.
func (ix *Index) handed(f *model.Func, i *ssa.Call, k int, arg ssa.Value) (h Handed, ok bool) {
	value := ix.p.FuncValueOf(arg)
	if value == nil || value.To.Parent != nil {
		return h, false // literals are entered with what is held
	}
	h.Call = &model.Call{From: f, To: value.To, Instr: i, Pos: ix.p.CallPos(i), Value: value, Sole: true}
	r := ix.target(i.Common())
	if r == nil {
		h.Held = ix.HeldAt(f, i)
		return h, len(h.Held) > 0 && runsAtOnce(i.Common())
	}
	if k += len(r.f.SSA.Params) - len(i.Call.Args); k < 0 || k >= len(r.f.SSA.Params) {
		return h, false
	}
	if r.calls = onlyCalls(r.f.SSA.Params[k]); len(r.calls) == 0 {
		return h, false
	}
	h.Held = append(ix.keptBy(r, slices.Clone(ix.HeldAt(f, i))), ix.heldBy(r, f)...)
	return h, len(h.Held) > 0
}
