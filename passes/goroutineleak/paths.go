package goroutineleak

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// leavesWithout returns a return that some path from behind an instruction
// reaches without passing one that stops it, or nil. Paths that end in a panic
// or end the process do not count. A stop that is deferred or started counts from
// there on, and for the whole function if it comes before.
func leavesWithout(f *model.Func, from ssa.Instruction, stops map[ssa.Instruction]bool) *ssa.Return {
	for stop := range stops {
		switch stop.(type) {
		case *ssa.Defer, *ssa.Go:
			if stop.Parent() == f.SSA && f.MayFollow(stop, from) {
				return nil
			}
		}
	}
	w := walk{stops: stops, seen: make(map[*ssa.BasicBlock]bool)}
	return w.behind(from)
}

// walk is one search along the paths of a function.
type walk struct {
	stops map[ssa.Instruction]bool
	seen  map[*ssa.BasicBlock]bool
}

// behind walks on from an instruction.
func (w *walk) behind(from ssa.Instruction) *ssa.Return {
	b := from.Block()
	for n, i := range b.Instrs {
		if i == from {
			return w.through(b, b.Instrs[n+1:])
		}
	}
	return nil
}

// through walks the instructions of a block and then its successors.
func (w *walk) through(b *ssa.BasicBlock, list []ssa.Instruction) *ssa.Return {
	for _, i := range list {
		if w.stops[i] {
			return nil
		}
		if ret, ok := i.(*ssa.Return); ok {
			return ret
		}
	}
	for _, next := range b.Succs {
		if w.seen[next] {
			continue
		}
		w.seen[next] = true
		if ret := w.through(next, next.Instrs); ret != nil {
			return ret
		}
	}
	return nil
}
