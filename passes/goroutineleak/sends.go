package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file counts how often a function and the goroutines it starts send on a
// channel in one run: the most along any path (may). Two sends on different
// paths are one, and so is a send that leaves its loop. A send that is repeated,
// or made by a literal that somebody else calls, counts as any number.

// anyNumber stands for more sends than can be counted.
const anyNumber = 1 << 16

// unfinished marks a function that is being counted.
const unfinished = -1

// sendCount counts the sends on one channel.
type sendCount struct {
	j  *judge
	ch *model.Chan
	of map[*model.Func]int

	again map[*model.Func]bool // functions that call themselves, if only by others
}

// mostSends returns how often one call of f, with all that it starts, may send
// on a channel.
func (j *judge) mostSends(f *model.Func, ch *model.Chan) int {
	c := &sendCount{j: j, ch: ch, of: make(map[*model.Func]int), again: make(map[*model.Func]bool)}
	return c.in(f)
}

// in counts the sends of one call of f.
func (c *sendCount) in(f *model.Func) int {
	if f == nil {
		return 0
	}
	if n, ok := c.of[f]; ok {
		c.again[f] = c.again[f] || n == unfinished
		return max(n, 0)
	}
	c.of[f] = unfinished
	n := c.longest(f, c.byBlock(f))
	for _, lit := range f.Lits {
		if isCalledElsewhere(lit) && c.in(lit) > 0 {
			n = anyNumber
		}
	}
	if c.again[f] && n > 0 {
		n = anyNumber
	}
	c.of[f] = n
	return n
}

// isCalledElsewhere reports whether a literal runs when and as often as code
// out of view likes.
func isCalledElsewhere(lit *model.Func) bool {
	return lit.IsLoopBody() || lit.EscapesAsValue() || len(lit.Callers)+len(lit.Started) == 0
}

// byBlock counts the sends of each block.
func (c *sendCount) byBlock(f *model.Func) map[*ssa.BasicBlock]int {
	count := make(map[*ssa.BasicBlock]int)
	for _, o := range f.Ops {
		if o.Action == model.Send && o.Chan == c.ch || o.Action == model.SelectWait && sendsIn(o.Select, c.ch) {
			count[o.Block()]++
		}
	}
	for _, call := range f.Calls {
		if n := c.in(call.To); n > 0 {
			count[call.Instr.Block()] += n
		}
	}
	for _, s := range f.Spawns {
		if n := c.in(s.Body); n > 0 {
			count[s.Instr.Block()] += n
		}
	}
	return count
}

// sendsIn reports whether a select has a case that sends on a channel.
func sendsIn(s *model.Select, ch *model.Chan) bool {
	for _, k := range s.Cases {
		if k.Dir == types.SendOnly && k.Chan == ch {
			return true
		}
	}
	return false
}

// longest returns the most sends along a path of f.
func (c *sendCount) longest(f *model.Func, count map[*ssa.BasicBlock]int) int {
	var blocks []*ssa.BasicBlock
	for _, b := range f.SSA.Blocks {
		if count[b] == 0 {
			continue
		}
		if f.Reaches(b, b) {
			return anyNumber
		}
		blocks = append(blocks, b)
	}
	most, from := 0, make(map[*ssa.BasicBlock]int)
	var walk func(b *ssa.BasicBlock) int
	walk = func(b *ssa.BasicBlock) int {
		if n, ok := from[b]; ok {
			return n
		}
		behind := 0
		for _, next := range blocks {
			if f.Reaches(b, next) { // acyclic: no block of the list reaches itself
				behind = max(behind, walk(next))
			}
		}
		from[b] = min(count[b]+behind, anyNumber)
		return from[b]
	}
	for _, b := range blocks {
		most = max(most, walk(b))
	}
	return most
}
