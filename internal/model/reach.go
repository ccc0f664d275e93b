package model

import (
	"golang.org/x/tools/go/ssa"
)

// Reaches reports whether some path of at least one edge leads from a to b.
func (f *Func) Reaches(a, b *ssa.BasicBlock) bool {
	if a.Parent() != f.SSA || b.Parent() != f.SSA {
		return false
	}
	f.reachMu.Lock()
	defer f.reachMu.Unlock()
	if f.reach == nil {
		f.reach = make(map[*ssa.BasicBlock][]bool)
	}
	seen, ok := f.reach[a]
	if !ok {
		seen = reachable(a, nil)
		f.reach[a] = seen
	}
	return seen[b.Index]
}

// reachable marks the blocks reached from a by at least one edge, not passing
// through avoid.
func reachable(a, avoid *ssa.BasicBlock) []bool {
	seen := make([]bool, len(a.Parent().Blocks))
	work := []*ssa.BasicBlock{a}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range b.Succs {
			if s != avoid && !seen[s.Index] {
				seen[s.Index] = true
				work = append(work, s)
			}
		}
	}
	return seen
}

// reachesExitAvoiding reports whether a path from the start of a leaves the
// function, by return or panic, without entering avoid.
func (f *Func) reachesExitAvoiding(a, avoid *ssa.BasicBlock) bool {
	if a == avoid {
		return isExit(a) // what follows the select is part of its block
	}
	seen := reachable(a, avoid)
	seen[a.Index] = true
	for _, b := range f.SSA.Blocks {
		if seen[b.Index] && isExit(b) {
			return true
		}
	}
	return false
}

// isExit reports whether control leaves the function at the end of b.
func isExit(b *ssa.BasicBlock) bool {
	if len(b.Instrs) == 0 {
		return false
	}
	switch last := b.Instrs[len(b.Instrs)-1].(type) {
	case *ssa.Return:
		return true
	case *ssa.Panic:
		return last.Pos().IsValid() || !isNoCase(last)
	}
	return false
}

// isNoCase reports whether a panic is the one SSA puts behind the last case of
// a select, which nothing reaches.
func isNoCase(p *ssa.Panic) bool {
	conv, ok := p.X.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	c, ok := conv.X.(*ssa.Const)
	return ok && c.Value != nil && c.Value.ExactString() == `"blocking select matched no case"`
}

// MayReturn reports whether some path from f's entry reaches a return; a
// function that cannot has an endless loop or ends the process.
func (f *Func) MayReturn() bool {
	entry := f.SSA.Blocks[0]
	seen := reachable(entry, nil)
	seen[entry.Index] = true
	for _, b := range f.SSA.Blocks {
		if seen[b.Index] && len(b.Instrs) > 0 {
			if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				return true
			}
		}
	}
	return false
}

// Before reports whether instruction a is executed before b on every path to b
// (must): a dominates b.
func Before(a, b ssa.Instruction) bool {
	if a.Block() == b.Block() {
		return indexIn(a) < indexIn(b)
	}
	return a.Block().Dominates(b.Block())
}

// MayFollow reports whether b can be executed after a in the same call.
func (f *Func) MayFollow(a, b ssa.Instruction) bool {
	if a.Block() == b.Block() && indexIn(a) < indexIn(b) {
		return true
	}
	return f.Reaches(a.Block(), b.Block())
}

// indexIn returns the index of i in its block.
func indexIn(i ssa.Instruction) int {
	for n, x := range i.Block().Instrs {
		if x == i {
			return n
		}
	}
	return -1
}

// MayExitAfter reports whether some path from the end of b leaves the function.
func (f *Func) MayExitAfter(b *ssa.BasicBlock) bool {
	seen := reachable(b, nil)
	for _, x := range f.SSA.Blocks {
		if (seen[x.Index] || x == b) && isExit(x) {
			return true
		}
	}
	return false
}

// IsAlwaysRun reports whether every path from f's entry to a return passes b.
func (f *Func) IsAlwaysRun(b *ssa.BasicBlock) bool {
	for _, x := range f.SSA.Blocks {
		if len(x.Instrs) == 0 || x == b {
			continue
		}
		if _, ok := x.Instrs[len(x.Instrs)-1].(*ssa.Return); ok && !b.Dominates(x) {
			return false
		}
	}
	return true
}
