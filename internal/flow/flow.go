// Package flow solves forward dataflow problems over SSA blocks.
//
// It knows nothing about locks or channels: an analysis brings its state, how
// states join where paths meet (a union for "may", an intersection for "must")
// and what a block does to a state. The solver visits blocks in reverse
// postorder until nothing changes, so its result does not depend on map order.
package flow

import "golang.org/x/tools/go/ssa"

// Problem is one forward analysis of one function.
//
// Join must be commutative, associative and idempotent, and Block and Edge
// monotone; the states must have finite height. Then Solve ends.
type Problem[S any] struct {
	Entry S                                       // state at the function's entry
	Join  func(a, b S) S                          // where paths meet
	Equal func(a, b S) bool                       // has a state changed?
	Block func(b *ssa.BasicBlock, in S) S         // effect of a whole block
	Edge  func(from, to *ssa.BasicBlock, out S) S // effect of taking an edge; may be nil
	Skip  func(from, to *ssa.BasicBlock) bool     // edges that are not taken; may be nil
}

// Result holds the state on entry to each reachable block.
type Result[S any] struct {
	in      []S
	reached []bool
}

// In returns the state on entry to b; ok is false if b cannot be reached.
func (r *Result[S]) In(b *ssa.BasicBlock) (state S, ok bool) {
	return r.in[b.Index], r.reached[b.Index]
}

// Solve computes the least solution of p over fn.
func Solve[S any](fn *ssa.Function, p Problem[S]) *Result[S] {
	r := &Result[S]{in: make([]S, len(fn.Blocks)), reached: make([]bool, len(fn.Blocks))}
	if len(fn.Blocks) == 0 {
		return r
	}
	order := reversePostorder(fn)
	dirty := make([]bool, len(fn.Blocks))
	r.seed(fn.Blocks[0], p.Entry, dirty)
	if fn.Recover != nil {
		r.seed(fn.Recover, p.Entry, dirty)
	}
	for changed := true; changed; {
		changed = false
		for _, b := range order {
			if dirty[b.Index] {
				dirty[b.Index] = false
				changed = r.flowOut(b, p, dirty) || changed
			}
		}
	}
	return r
}

// seed gives b a state to start from and marks it for a visit.
func (r *Result[S]) seed(b *ssa.BasicBlock, s S, dirty []bool) {
	r.in[b.Index], r.reached[b.Index], dirty[b.Index] = s, true, true
}

// flowOut pushes b's out-state along its edges and marks what changed.
func (r *Result[S]) flowOut(b *ssa.BasicBlock, p Problem[S], dirty []bool) (changed bool) {
	out := p.Block(b, r.in[b.Index])
	for _, to := range b.Succs {
		if p.Skip != nil && p.Skip(b, to) {
			continue
		}
		s := out
		if p.Edge != nil {
			s = p.Edge(b, to, out)
		}
		if r.reached[to.Index] {
			s = p.Join(r.in[to.Index], s)
			if p.Equal(r.in[to.Index], s) {
				continue
			}
		}
		r.seed(to, s, dirty)
		changed = true
	}
	return changed
}

// reversePostorder lists the blocks reachable from the entry or the recover
// block, each before its successors except along back edges.
func reversePostorder(fn *ssa.Function) []*ssa.BasicBlock {
	seen := make([]bool, len(fn.Blocks))
	var post []*ssa.BasicBlock
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		if seen[b.Index] {
			return
		}
		seen[b.Index] = true
		for _, s := range b.Succs {
			visit(s)
		}
		post = append(post, b)
	}
	visit(fn.Blocks[0])
	if fn.Recover != nil {
		visit(fn.Recover)
	}
	for i, j := 0, len(post)-1; i < j; i, j = i+1, j-1 {
		post[i], post[j] = post[j], post[i]
	}
	return post
}
