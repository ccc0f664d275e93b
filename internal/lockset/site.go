package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds where literals and loop bodies run in the goroutine of the
// function around them, and hence which locks they are entered with.

// readCallSites finds where a literal that is called on the spot, or the body
// of a range-over-func loop, runs in the goroutine of the function around it.
func (ix *Index) readCallSites(f *model.Func) {
	switch {
	case f.Parent == nil || len(f.Started) > 0:
	case f.IsLoopBody():
		if i := callWith(f.Parent, f); i != nil {
			ix.parentOf[f] = i
			if ix.runnerOf[f] = ix.runner(i, f); ix.runnerOf[f] == nil {
				ix.runnerOf[f] = ix.foreignRunner(i, f)
			}
		}
	case len(f.Callers) == 1 && f.Callers[0].From == f.Parent && !f.EscapesAsValue():
		ix.parentOf[f] = f.Callers[0].Instr
	case len(f.Callers) == 0:
		i := callWith(f.Parent, f)
		if i == nil {
			return
		}
		if r := ix.runner(i, f); r != nil {
			ix.parentOf[f], ix.runnerOf[f] = i, r
		} else if r := ix.foreignRunner(i, f); r != nil {
			ix.parentOf[f], ix.runnerOf[f] = i, r
		} else if runsAtOnce(i.Common()) {
			ix.parentOf[f] = i
		}
	}
}

// callWith returns the call in parent that is given a closure of f, or f itself
// if it captures nothing; nil if there is none.
func callWith(parent, f *model.Func) ssa.CallInstruction {
	for _, b := range parent.SSA.Blocks {
		for _, instr := range b.Instrs {
			if i, ok := instr.(*ssa.Call); ok && slices.Contains(i.Call.Args, ssa.Value(f.SSA)) {
				return i
			}
			mc, ok := instr.(*ssa.MakeClosure)
			if !ok || mc.Fn != f.SSA {
				continue
			}
			for _, ref := range *mc.Referrers() {
				if i, ok := ref.(*ssa.Call); ok && i.Call.Value != mc {
					return i
				}
			}
		}
	}
	return nil
}

// runsAtOnce reports whether a function of the standard library calls its
// function argument before it returns.
func runsAtOnce(common *ssa.CallCommon) bool {
	fn := common.StaticCallee()
	if fn == nil {
		return false
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	switch obj.Pkg().Path() {
	case "slices", "maps", "sort", "strings", "bytes":
		return true
	case "sync":
		return obj.Name() == "Range" || obj.Name() == "Do"
	case "path/filepath", "io/fs":
		return obj.Name() == "Walk" || obj.Name() == "WalkDir"
	case "golang.org/x/sync/singleflight":
		return obj.Name() == "Do"
	}
	return false
}

// inherited returns the locks that f is entered with because of where it is
// called on the spot.
func (ix *Index) inherited(f *model.Func) []Held {
	i := ix.parentOf[f]
	if i == nil || ix.entering[f] {
		return nil
	}
	ix.entering[f] = true
	defer delete(ix.entering, f)
	held := ix.HeldAt(f.Parent, i)
	switch r := ix.runnerOf[f]; {
	case r == nil:
	case r.f == nil:
		held = append(held, ix.heldAbroad(r, i, f)...)
	default:
		held = append(ix.keptBy(r, held), ix.heldBy(r, f.Parent)...)
	}
	return held
}

// RunsInPlace reports whether f is a literal or loop body that is entered with
// what is held where it is called, so that its own operations say it all.
func (ix *Index) RunsInPlace(f *model.Func) bool { return ix.parentOf[f] != nil }
