package verify

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// This file says which sums are counters: what is done with their values.

// isBounded reports whether a sum is a loop's counter: it, or the phi it feeds,
// is compared with something.
func isBounded(i *ssa.BinOp) bool {
	return isTested(i, 0) || isKept(i)
}

// maxPhis bounds how many joins of paths a counter is followed through.
const maxPhis = 4

// isTested reports whether a value, or a phi that it goes to, is compared.
func isTested(v ssa.Value, depth int) bool {
	return isCompared(v) || depth < maxPhis && slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		phi, ok := r.(*ssa.Phi)
		return ok && isTested(phi, depth+1)
	})
}

// isKept reports whether a value goes to memory.
func isKept(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		st, ok := r.(*ssa.Store)
		return ok && st.Val == v
	})
}

// isCompared reports whether a value is compared with something.
func isCompared(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		if b, ok := r.(*ssa.BinOp); ok && isComparison(b.Op) {
			return true
		}
	}
	return false
}
