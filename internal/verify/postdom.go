package verify

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// joinOf returns the block where the sides of a branch meet again: its nearest
// postdominator, not counting paths that end the process. It is nil if they do
// not meet.
func (k *code) joinOf(b *ssa.BasicBlock) *ssa.BasicBlock {
	if k.post == nil {
		k.solvePost()
	}
	n := k.post[b.Index]
	if n < 0 || n >= len(k.fn.Blocks) {
		return nil
	}
	return k.fn.Blocks[n]
}

// solvePost computes each block's immediate postdominator by the algorithm of
// Cooper, Harvey and Kennedy on the reversed graph. Number len(Blocks) is the
// exit; -1 marks blocks from which the exit is not reached.
func (k *code) solvePost() {
	n := len(k.fn.Blocks)
	order, rank := k.reverseOrder()
	k.post = make([]int, n+1)
	for i := range k.post {
		k.post[i] = -1
	}
	k.post[n] = n
	for changed := true; changed; {
		changed = false
		for _, b := range order {
			p := -1
			for _, s := range k.exits(b) {
				if k.post[s] >= 0 {
					p = k.meet(rank, p, s)
				}
			}
			if p != k.post[b] {
				k.post[b], changed = p, true
			}
		}
	}
}

// meet returns the nearest common postdominator.
func (k *code) meet(rank []int, a, b int) int {
	if a < 0 {
		return b
	}
	for a != b {
		for rank[a] < rank[b] {
			a = k.post[a]
		}
		for rank[b] < rank[a] {
			b = k.post[b]
		}
	}
	return a
}

// exits lists where control goes from a block; a block that ends the process
// leads nowhere.
func (k *code) exits(b int) []int {
	blk := k.fn.Blocks[b]
	if len(blk.Succs) == 0 {
		if p, ok := blk.Instrs[len(blk.Instrs)-1].(*ssa.Panic); ok && isNoReturn(p) {
			return nil
		}
		return []int{len(k.fn.Blocks)}
	}
	out := make([]int, len(blk.Succs))
	for i, s := range blk.Succs {
		out[i] = s.Index
	}
	return out
}

// reverseOrder lists the blocks that reach the exit in reverse postorder of the
// reversed graph, and ranks them: the exit highest.
func (k *code) reverseOrder() (order, rank []int) {
	n := len(k.fn.Blocks)
	preds := make([][]int, n+1)
	for b := range n {
		for _, s := range k.exits(b) {
			preds[s] = append(preds[s], b)
		}
	}
	rank = make([]int, n+1)
	seen := make([]bool, n+1)
	var post []int
	var visit func(b int)
	visit = func(b int) {
		seen[b] = true
		for _, p := range preds[b] {
			if !seen[p] {
				visit(p)
			}
		}
		rank[b] = len(post)
		post = append(post, b)
	}
	visit(n)
	slices.Reverse(post)
	return post[1:], rank
}
