package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds returns that leave a lock held and hand no function to the
// caller, where other returns hand out the one that gives it back.

// LeftUnlent returns the locks of f that a return leaves held for certain though
// it returns nil in place of the function that unlocks.
func (ix *Index) LeftUnlent(f *model.Func) (out []Left) {
	sol := ix.SolutionOf(f)
	results := f.SSA.Signature.Results()
	if sol.flow == nil {
		return nil
	}
	for k := range results.Len() {
		if _, ok := results.At(k).Type().Underlying().(*types.Signature); !ok {
			continue
		}
		effects, ok := ix.effectsOfResult(f, k)
		if !ok {
			continue
		}
		for n, id := range sol.pl.locks {
			if n < len(sol.entry) && unlocksClass(effects, id.class) {
				out = append(out, sol.unlent(n, k)...)
			}
		}
	}
	return out
}

// unlocksClass reports whether calling a function may unlock a lock of a class.
func unlocksClass(effects []Effect, class types.Object) bool {
	for _, eff := range effects {
		if eff.Class == class && class != nil && eff.Out.MayBeReleased() {
			return true
		}
	}
	return false
}

// unlent looks for returns of a nil k-th result with lock n held.
func (sol *Solution) unlent(n, k int) (out []Left) {
	for _, e := range sol.ends() {
		b := e.ret.Block()
		in, ok := sol.flow.In(b)
		if !ok || !isNilResult(e.ret, k) {
			continue
		}
		v := sol.replay(b, in, beforeResults(b))[n]
		if v.Atoms.IsTakenHere() && v.Atoms.do(doExit).IsHeld() && (v.By == nil || v.By.Obj != nil) {
			out = append(out, Left{Held: sol.held(n, v), Return: e.ret})
		}
	}
	return out
}

// isNilResult reports whether a return returns nil as its k-th result; a named
// result is read from the variable that was just set.
func isNilResult(ret *ssa.Return, k int) bool {
	if k >= len(ret.Results) {
		return false
	}
	v := ret.Results[k]
	if load, ok := v.(*ssa.UnOp); ok {
		for _, instr := range ret.Block().Instrs {
			if st, ok := instr.(*ssa.Store); ok && st.Addr == load.X {
				v = st.Val
			}
		}
	}
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// beforeResults returns the index in a block behind its last call, where the
// operands of its return are known and no result is set yet.
func beforeResults(b *ssa.BasicBlock) (index int) {
	for i, instr := range b.Instrs {
		if _, ok := instr.(*ssa.Call); ok {
			index = i + 1
		}
	}
	return index
}
