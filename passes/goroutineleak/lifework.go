package goroutineleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file knows the wait that a process lives by: its main line serves for ever
// what another goroutine hands on from a channel of somebody else's. Whether that
// is ever closed nobody here knows, and the process has nothing else to do (may).

// isLifeOfProcess reports whether a wait is the main line's own, in a loop that it
// never leaves, and the other side ends only if a channel from elsewhere does.
func (j *judge) isLifeOfProcess(st *verify.Stuck) bool {
	if st.Goroutine != nil || st.Abandon == nil || !j.isProcessScope(st.Root) {
		return false
	}
	loop := st.Op.Func.LoopAt(st.Op.Pos)
	if loop == nil || loop.Kind != model.Endless || returnsAfter(st.Op) {
		return false
	}
	return slices.ContainsFunc(st.Abandon.Func.Ops, func(o *model.Op) bool {
		return o.Action == model.RangeRecv && (o.Chan == nil || !o.Chan.IsClosedWorld())
	})
}

// returnsAfter reports whether the function of an operation may return after it;
// the end of the process does not count.
func returnsAfter(o *model.Op) bool {
	return slices.ContainsFunc(o.Func.SSA.Blocks, func(b *ssa.BasicBlock) bool {
		if len(b.Instrs) == 0 {
			return false
		}
		_, isReturn := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		return isReturn && (b == o.Block() || o.Func.Reaches(o.Block(), b))
	})
}
