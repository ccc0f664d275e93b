package facts

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file tells why a function waits, call by call.
//
// Within a package a chain is followed from summary to summary. Facts of plain
// functions do not travel beyond direct imports, and those of unexported ones
// not at all, so an exported wait carries the rest of its chain with it.

const (
	maxChain = 20 // steps shown at most
	maxTail  = 4  // steps a fact carries, Via the first
)

// Chain returns the calls by which fn comes to wait for kind. The first step is
// fn, each At says where it calls the next step, and the last is the function
// that waits. It is empty if fn has no such wait.
func (ix *Index) Chain(fn *types.Func, kind op.Kind) []Step {
	c := ix.callee(fn)
	if c == nil {
		return nil
	}
	w, ok := c.summary().Wait(kind)
	if c.local != nil {
		if own, does := c.local.sum.Wait(kind); does {
			w, ok = own, true
		}
	}
	if !ok {
		return nil
	}
	return append([]Step{{Name: nameOf(c.fn), At: w.At}}, ix.tail(w, maxChain)...)
}

// Explain returns the steps behind a call whose wait is w, the callee first.
func (ix *Index) Explain(w Wait) []Step { return ix.tail(w, maxChain) }

// tail follows w behind the function it belongs to, for at most n steps.
func (ix *Index) tail(w Wait, n int) (steps []Step) {
	seen := map[symbol.Name]bool{}
	for len(steps) < n && !w.Via.IsZero() && !seen[w.Via] {
		seen[w.Via] = true
		next, ok := ix.named(w.Via).Wait(w.Kind)
		steps = append(steps, Step{w.Via, next.At, next.Always && next.Kind == op.Sleep})
		if !ok || len(next.Then) > 0 {
			steps = append(steps, next.Then...)
			break
		}
		w = next
	}
	return steps[:min(len(steps), n)]
}

// named returns the summary of the function called name, if a call in this
// package or its body made it known. Its waits say where the chain goes on.
func (ix *Index) named(name symbol.Name) Summary {
	ix.mu.Lock()
	c := ix.byName[name]
	ix.mu.Unlock()
	if c == nil {
		return Summary{}
	}
	return c.summary()
}

// withTails gives each wait worth explaining the rest of its chain, for use in
// other packages.
func (ix *Index) withTails(waits []Wait) []Wait {
	out := make([]Wait, len(waits))
	for i, w := range waits {
		if w.Tier != op.TierQuick {
			w.Then = ix.tail(w, maxTail)
		}
		out[i] = w
	}
	return out
}
