package goroutineleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// leavesWithout returns a return that some path from behind an instruction
// reaches without passing one that stops it, or nil. Paths that end in a panic
// or end the process do not count. A stop that is deferred counts from there on,
// and for the whole function if it comes before.
func leavesWithout(f *model.Func, from ssa.Instruction, stops map[ssa.Instruction]bool) *ssa.Return {
	return leavesBut(f, from, stops, nil)
}

// edge is one way from a block to another.
type edge struct{ from, to *ssa.BasicBlock }

// leavesBut is leavesWithout where some edges cannot be taken.
func leavesBut(f *model.Func, from ssa.Instruction, stops map[ssa.Instruction]bool, never map[edge]bool) *ssa.Return {
	if isDeferredBefore(f, from, stops) {
		return nil
	}
	w := walk{stops: stops, never: never, seen: make(map[*ssa.BasicBlock]bool)}
	return w.behind(from)
}

// leavesAfter is leavesWithout where some edges cannot be taken at once.
func leavesAfter(f *model.Func, from ssa.Instruction, stops map[ssa.Instruction]bool, first map[edge]bool) *ssa.Return {
	if isDeferredBefore(f, from, stops) {
		return nil
	}
	w := walk{stops: stops, first: first, seen: make(map[*ssa.BasicBlock]bool)}
	return w.behind(from)
}

// isDeferredBefore reports whether a stop is deferred where it may come before
// an instruction.
func isDeferredBefore(f *model.Func, from ssa.Instruction, stops map[ssa.Instruction]bool) bool {
	for stop := range stops {
		if _, isDefer := stop.(*ssa.Defer); isDefer && stop.Parent() == f.SSA && f.MayFollow(stop, from) {
			return true
		}
	}
	return false
}

// startedBefore reports whether a stop is a goroutine that may have been started
// before an instruction.
func startedBefore(f *model.Func, from ssa.Instruction, stops map[ssa.Instruction]bool) bool {
	for stop := range stops {
		if _, isGo := stop.(*ssa.Go); isGo && stop.Parent() == f.SSA && f.MayFollow(stop, from) {
			return true
		}
	}
	return false
}

// returnsWithout returns a return that some path from f's entry reaches without
// passing one of the stops or taking an edge that is never taken, or nil.
func returnsWithout(f *model.Func, stops map[ssa.Instruction]bool, never map[edge]bool) *ssa.Return {
	entry := f.SSA.Blocks[0]
	w := walk{stops: stops, never: never, seen: map[*ssa.BasicBlock]bool{entry: true}}
	return w.through(entry, entry.Instrs)
}

// isRepeatedIn reports whether one of the instructions may run more than once in
// one call of f.
func isRepeatedIn(f *model.Func, list map[ssa.Instruction]bool) bool {
	for i := range list {
		if f.Reaches(i.Block(), i.Block()) {
			return true
		}
	}
	return false
}

// firstOf returns the instruction that comes first in its function.
func firstOf(list map[ssa.Instruction]bool) (first ssa.Instruction) {
	for i := range list {
		if first == nil || i.Block().Index < first.Block().Index || i.Block() == first.Block() && model.Before(i, first) {
			first = i
		}
	}
	return first
}

// retPos returns where a function returns: at the statement, or at its closing
// brace.
func retPos(f *model.Func, ret *ssa.Return) token.Pos {
	if ret.Pos().IsValid() {
		return ret.Pos()
	}
	return f.Body.Rbrace
}

// walk is one search along the paths of a function.
type walk struct {
	stops map[ssa.Instruction]bool
	never map[edge]bool
	first map[edge]bool // not taken out of the first block
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
	first := w.first
	w.first = nil
	for _, next := range b.Succs {
		if w.seen[next] || first[edge{b, next}] || w.never[edge{b, next}] {
			continue
		}
		w.seen[next] = true
		if ret := w.through(next, next.Instrs); ret != nil {
			return ret
		}
	}
	return nil
}
