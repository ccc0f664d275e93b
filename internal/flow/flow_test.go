package flow

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// The states of these tests are sets of up to 16 elements, one bit each.
type set = uint16

// transfer is what one block or edge does to a set: forget, then learn.
type transfer struct{ kill, gen set }

func (t transfer) apply(s set) set { return s&^t.kill | t.gen }

// graph is a random function: blocks without instructions, and what each block
// and each edge does.
type graph struct {
	fn     *ssa.Function
	blocks []transfer
	edges  map[[2]int]transfer
}

// randomGraph makes a graph of up to 12 blocks in which every block has up to
// three successors, itself and the entry included; some stay unreachable.
func randomGraph(rnd *rand.Rand) *graph {
	n := 1 + rnd.IntN(12)
	g := &graph{fn: new(ssa.Function), edges: map[[2]int]transfer{}}
	for i := range n {
		g.fn.Blocks = append(g.fn.Blocks, &ssa.BasicBlock{Index: i})
		g.blocks = append(g.blocks, randomTransfer(rnd))
	}
	for _, b := range g.fn.Blocks {
		for range rnd.IntN(4) {
			to := g.fn.Blocks[rnd.IntN(n)]
			b.Succs = append(b.Succs, to)
			to.Preds = append(to.Preds, b)
			g.edges[[2]int{b.Index, to.Index}] = randomTransfer(rnd)
		}
	}
	if rnd.IntN(4) == 0 {
		g.fn.Recover = g.fn.Blocks[n-1]
	}
	return g
}

func randomTransfer(rnd *rand.Rand) transfer {
	return transfer{kill: set(rnd.Uint32() & rnd.Uint32()), gen: set(rnd.Uint32() & rnd.Uint32() & rnd.Uint32())}
}

// union and intersection are the two joins that analyses use.
var joins = map[string]func(a, b set) set{
	"may":  func(a, b set) set { return a | b },
	"must": func(a, b set) set { return a & b },
}

// problem states the analysis of g with a join.
func (g *graph) problem(entry set, join func(a, b set) set, withEdges bool) Problem[set] {
	p := Problem[set]{
		Entry: entry,
		Join:  join,
		Equal: func(a, b set) bool { return a == b },
		Block: func(b *ssa.BasicBlock, in set) set { return g.blocks[b.Index].apply(in) },
	}
	if withEdges {
		p.Edge = func(from, to *ssa.BasicBlock, out set) set {
			return g.edges[[2]int{from.Index, to.Index}].apply(out)
		}
	}
	return p
}

// paths computes the same by brute force: it carries every single state that
// some path brings to a block, and joins them at the end. For functions that
// distribute over the join, as these do, that is what Solve must find.
func paths(g *graph, p Problem[set]) map[int]set {
	type visit struct {
		block *ssa.BasicBlock
		state set
	}
	seen := map[[2]int]bool{}
	work := []visit{{g.fn.Blocks[0], p.Entry}}
	if g.fn.Recover != nil {
		work = append(work, visit{g.fn.Recover, p.Entry})
	}
	result := map[int]set{}
	for len(work) > 0 {
		v := work[len(work)-1]
		work = work[:len(work)-1]
		key := [2]int{v.block.Index, int(v.state)}
		if seen[key] {
			continue
		}
		seen[key] = true
		if old, ok := result[v.block.Index]; ok {
			result[v.block.Index] = p.Join(old, v.state)
		} else {
			result[v.block.Index] = v.state
		}
		out := p.Block(v.block, v.state)
		for _, to := range v.block.Succs {
			s := out
			if p.Edge != nil {
				s = p.Edge(v.block, to, out)
			}
			work = append(work, visit{to, s})
		}
	}
	return result
}

// eachCase runs f on many random graphs, with both joins, with and without
// edge functions.
func eachCase(t *testing.T, f func(t *testing.T, g *graph, p Problem[set])) {
	for name, join := range joins {
		for _, withEdges := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/edges=%t", name, withEdges), func(t *testing.T) {
				eachGraph(t, func(g *graph, entry set) { f(t, g, g.problem(entry, join, withEdges)) })
			})
		}
	}
}

// eachGraph runs f on many random graphs and entry states, and names the seed
// of the first that fails.
func eachGraph(t *testing.T, f func(g *graph, entry set)) {
	for seed := range uint64(2000) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		f(randomGraph(rnd), set(rnd.Uint32()))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// TestSolveMeetsAllPaths compares Solve with brute force: same reachable
// blocks, same states.
func TestSolveMeetsAllPaths(t *testing.T) {
	eachCase(t, func(t *testing.T, g *graph, p Problem[set]) {
		want, r := paths(g, p), Solve(g.fn, p)
		for _, b := range g.fn.Blocks {
			got, reached := r.In(b)
			state, isWanted := want[b.Index]
			if reached != isWanted || got != state {
				t.Errorf("block %d: got %016b (reached %t), want %016b (reached %t)", b.Index, got, reached, state, isWanted)
			}
		}
	})
}

// TestSolveIsAFixpoint: the state of each block covers what each predecessor
// sends, and entry and recover blocks cover the entry state.
func TestSolveIsAFixpoint(t *testing.T) {
	eachCase(t, func(t *testing.T, g *graph, p Problem[set]) {
		r := Solve(g.fn, p)
		covers := func(b *ssa.BasicBlock, s set) {
			if in, ok := r.In(b); !ok || p.Join(in, s) != in {
				t.Errorf("block %d: %016b does not cover %016b", b.Index, in, s)
			}
		}
		covers(g.fn.Blocks[0], p.Entry)
		if g.fn.Recover != nil {
			covers(g.fn.Recover, p.Entry)
		}
		for _, b := range g.fn.Blocks {
			in, ok := r.In(b)
			if !ok {
				continue
			}
			for _, to := range b.Succs {
				s := p.Block(b, in)
				if p.Edge != nil {
					s = p.Edge(b, to, s)
				}
				covers(to, s)
			}
		}
	})
}

// TestSolveKeepsOrder: more at the entry never gives less anywhere.
func TestSolveKeepsOrder(t *testing.T) {
	eachCase(t, func(t *testing.T, g *graph, p Problem[set]) {
		less := p
		less.Entry &= 0x5555
		r, rLess := Solve(g.fn, p), Solve(g.fn, less)
		for _, b := range g.fn.Blocks {
			in, _ := r.In(b)
			inLess, _ := rLess.In(b)
			if inLess&^in != 0 {
				t.Errorf("block %d: %016b from less, %016b from more", b.Index, inLess, in)
			}
		}
	})
}

// TestLattice checks the laws that Problem asks of Join, for the joins and
// transfers that the other tests rest on.
func TestLattice(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for name, join := range joins {
		for range 10000 {
			a, b, c := set(rnd.Uint32()), set(rnd.Uint32()), set(rnd.Uint32())
			f := randomTransfer(rnd).apply
			switch {
			case join(a, b) != join(b, a):
				t.Fatalf("%s does not commute: %b %b", name, a, b)
			case join(a, join(b, c)) != join(join(a, b), c):
				t.Fatalf("%s does not associate: %b %b %b", name, a, b, c)
			case join(a, a) != a:
				t.Fatalf("%s is not idempotent: %b", name, a)
			case join(f(a), f(b)) != f(join(a, b)):
				t.Fatalf("%s: a transfer does not distribute: %b %b", name, a, b)
			}
		}
	}
}

// TestReversePostorder: each reachable block once, the entry first, and before
// its successors unless the edge closes a cycle.
func TestReversePostorder(t *testing.T) {
	for seed := range uint64(2000) {
		g := randomGraph(rand.New(rand.NewPCG(seed, 3)))
		order := reversePostorder(g.fn)
		place := map[*ssa.BasicBlock]int{}
		for i, b := range order {
			if _, twice := place[b]; twice {
				t.Fatalf("seed %d: block %d twice", seed, b.Index)
			}
			place[b] = i
		}
		if g.fn.Recover == nil && order[0] != g.fn.Blocks[0] {
			t.Fatalf("seed %d: starts with block %d", seed, order[0].Index)
		}
		for _, b := range order {
			for _, to := range b.Succs {
				if place[to] < place[b] && !reaches(to, b) {
					t.Fatalf("seed %d: block %d comes after its successor %d", seed, b.Index, to.Index)
				}
			}
		}
	}
}

// reaches reports whether there is a path from a to b.
func reaches(a, b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var visit func(x *ssa.BasicBlock) bool
	visit = func(x *ssa.BasicBlock) bool {
		if x == b {
			return true
		}
		if seen[x] {
			return false
		}
		seen[x] = true
		for _, s := range x.Succs {
			if visit(s) {
				return true
			}
		}
		return false
	}
	return visit(a)
}

// TestSolveWithoutBlocks: a function without a body has no states.
func TestSolveWithoutBlocks(t *testing.T) {
	if r := Solve(new(ssa.Function), Problem[set]{}); len(r.in) != 0 {
		t.Errorf("%d states", len(r.in))
	}
}
