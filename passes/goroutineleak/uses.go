package goroutineleak

import (
	"go/token"
	"iter"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file follows a value that must be ended through the variables of one
// function, and finds the branches on which it was never begun.

// addUses adds the instructions that use v, or a variable it is kept in, in any
// way that is not harmless: behind them it may be ended, or is somebody else's
// to end. A literal counts where it is made, and where it is run.
func addUses(points map[ssa.Instruction]bool, v ssa.Value, depth int, harmless func(ref ssa.Instruction, v ssa.Value) bool) {
	if v.Referrers() == nil || depth > maxCallers {
		return
	}
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
			continue
		case *ssa.UnOp:
			if i.Op == token.MUL {
				addUses(points, i, depth+1, harmless)
				continue
			}
		case *ssa.Store:
			a, isVar := i.Addr.(*ssa.Alloc)
			switch {
			case i.Addr == v:
				continue
			case isVar:
				addUses(points, a, depth+1, harmless)
				continue
			}
		}
		if !harmless(ref, v) {
			addRun(points, ref)
		}
	}
}

// addRun adds an instruction and, if it makes a closure, what runs it.
func addRun(points map[ssa.Instruction]bool, i ssa.Instruction) {
	points[i] = true
	mc, ok := i.(*ssa.MakeClosure)
	if !ok {
		return
	}
	for _, ref := range *mc.Referrers() {
		if call, ok := ref.(ssa.CallInstruction); ok {
			points[call] = true
		}
	}
}

// failEdges lists the branches that are taken when the error that a call
// returned is not nil.
func failEdges(f *model.Func, isError func(ssa.Value) bool) map[edge]bool {
	return comparedEdges(f, isError, token.NEQ)
}

// nilEdges lists the branches that are taken when a value is nil.
func nilEdges(f *model.Func, isValue func(ssa.Value) bool) map[edge]bool {
	return comparedEdges(f, isValue, token.EQL)
}

// comparedEdges lists the branches on which a value compares with nil, or with
// whatever it is compared with, in one way.
func comparedEdges(f *model.Func, isValue func(ssa.Value) bool, way token.Token) map[edge]bool {
	edges := make(map[edge]bool)
	for b, br := range branches(f) {
		cmp, ok := br.Cond.(*ssa.BinOp)
		if !ok || cmp.Op != token.NEQ && cmp.Op != token.EQL || !holds(cmp.X, isValue) && !holds(cmp.Y, isValue) {
			continue
		}
		to := b.Succs[1]
		if cmp.Op == way {
			to = b.Succs[0]
		}
		edges[edge{b, to}] = true
	}
	return edges
}

// branches lists the blocks of f that end in an if, each with it.
func branches(f *model.Func) iter.Seq2[*ssa.BasicBlock, *ssa.If] {
	return func(yield func(*ssa.BasicBlock, *ssa.If) bool) {
		for _, b := range f.SSA.Blocks {
			if len(b.Instrs) == 0 {
				continue
			}
			if br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && !yield(b, br) {
				return
			}
		}
	}
}

// holds reports whether v is the value, may be it, or was loaded from the
// variable that it has just been stored in.
func holds(v ssa.Value, isValue func(ssa.Value) bool) bool {
	if isValue(v) {
		return true
	}
	switch v := v.(type) {
	case *ssa.Phi:
		for _, e := range v.Edges {
			if isValue(e) {
				return true
			}
		}
	case *ssa.UnOp:
		return v.Op == token.MUL && isValue(storedBefore(v))
	}
	return false
}

// storedBefore returns what the block of a load has last stored in the variable
// that is loaded, or nil.
func storedBefore(load *ssa.UnOp) (stored ssa.Value) {
	for _, i := range load.Block().Instrs {
		if i == ssa.Instruction(load) {
			break
		}
		if st, ok := i.(*ssa.Store); ok && st.Addr == load.X {
			stored = st.Val
		}
	}
	return stored
}

// callPos returns where an instruction stands in the source, at its start if it
// is a call.
func callPos(p *model.Package, i ssa.Instruction) token.Pos {
	if call, ok := i.(ssa.CallInstruction); ok {
		return p.CallPos(call)
	}
	return i.Pos()
}
