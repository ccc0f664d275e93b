package goroutineleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file decides whether the condition that leads around a Wait has nothing
// to do with the conditions under which goroutines are started (must): what it
// depends on is a parameter, a field that the function does not set, a choice of
// a select, or whether some call has failed, and the start depends on none of
// these as they are then.

// isUnrelated reports whether some branch behind an instruction decides against
// the Wait, and for reasons of its own.
func (m *missed) isUnrelated(from ssa.Instruction) bool {
	f := m.l.f
	waiting := m.leadToWait()
	control := controls(from.Block())
	for _, b := range f.SSA.Blocks {
		br := branchOf(b)
		if br == nil || !waiting[b.Index] || !f.MayFollow(from, br) {
			continue
		}
		for n, next := range b.Succs {
			if !waiting[next.Index] && waiting[b.Succs[1-n].Index] && m.isOwnReason(br.Cond, from, control) {
				return true
			}
		}
	}
	return false
}

// branchOf returns the branch at the end of a block, or nil.
func branchOf(b *ssa.BasicBlock) *ssa.If {
	if len(b.Instrs) == 0 {
		return nil
	}
	br, _ := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	return br
}

// leadToWait marks the blocks from which some path waits.
func (m *missed) leadToWait() []bool {
	waiting := make([]bool, len(m.l.f.SSA.Blocks))
	var work []*ssa.BasicBlock
	for stop := range m.stops {
		if b := stop.Block(); b != nil && b.Parent() == m.l.f.SSA && !waiting[b.Index] {
			waiting[b.Index] = true
			work = append(work, b)
		}
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range b.Preds {
			if !waiting[p.Index] {
				waiting[p.Index] = true
				work = append(work, p)
			}
		}
	}
	return waiting
}

// controls lists what the branches depend on that decide whether a block is
// reached.
func controls(b *ssa.BasicBlock) map[any]bool {
	control := make(map[any]bool)
	for d := b.Idom(); d != nil; d = d.Idom() {
		br := branchOf(d)
		if br == nil {
			continue
		}
		for n, next := range d.Succs {
			if next.Dominates(b) && !d.Succs[1-n].Dominates(b) {
				addLeaves(control, br.Cond, 0)
			}
		}
	}
	return control
}

// isOwnReason reports whether a condition may come out either way once an
// instruction has been executed.
func (m *missed) isOwnReason(cond ssa.Value, from ssa.Instruction, control map[any]bool) bool {
	leaves := make(map[any]bool)
	addLeaves(leaves, cond, 0)
	isFailure := isErrorTest(cond)
	for leaf := range leaves {
		if isWaitChoice(leaf) {
			return false
		}
		i, isInstr := leaf.(ssa.Instruction)
		isNew := isInstr && m.l.f.MayFollow(from, i)
		if control[leaf] && !isNew || !isFailure && !m.isFree(leaf) {
			return false
		}
	}
	return len(leaves) > 0
}

// waitName matches what a caller says who wants to wait, or not to.
var waitName = pattern.New(`(?i)(wait|block|sync|join|detach|background|hurry|quick|fast|drain|force|grace)`)

// isWaitChoice reports whether a parameter or field is named for the choice
// between waiting and going on.
func isWaitChoice(leaf any) bool {
	switch leaf := leaf.(type) {
	case *ssa.Parameter:
		return waitName.MatchString(leaf.Name())
	case *types.Var:
		return waitName.MatchString(leaf.Name())
	}
	return false
}

// isFree reports whether something that a condition depends on cannot be a note
// that the function keeps about its goroutines.
func (m *missed) isFree(leaf any) bool {
	switch leaf := leaf.(type) {
	case *ssa.Parameter, *ssa.Select:
		return true
	case *types.Var:
		for _, st := range m.j.fields().stores[leaf] {
			if fn := m.j.FuncOf(st.Parent()); fn != nil && fn.Decl() == m.l.f.Decl() {
				return false
			}
		}
		return true
	}
	return false
}

// isErrorTest reports whether a condition asks whether an error is nil.
func isErrorTest(cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.NEQ && cmp.Op != token.EQL {
		return false
	}
	k, ok := cmp.Y.(*ssa.Const)
	return ok && k.IsNil() && types.Identical(cmp.X.Type(), types.Universe.Lookup("error").Type())
}

// addLeaves adds what a value depends on: parameters, fields and variables, and
// the instructions whose results are not looked into.
func addLeaves(leaves map[any]bool, v ssa.Value, depth int) {
	if depth > maxCallers {
		leaves[v] = true
		return
	}
	switch x := v.(type) {
	case *ssa.Const:
	case *ssa.BinOp:
		addLeaves(leaves, x.X, depth+1)
		addLeaves(leaves, x.Y, depth+1)
	case *ssa.UnOp:
		addLoad(leaves, x, depth)
	case *ssa.Extract:
		addLeaves(leaves, x.Tuple, depth+1)
	case *ssa.Next:
		addLeaves(leaves, x.Iter, depth+1)
	case *ssa.Range:
		addLeaves(leaves, x.X, depth+1)
	case *ssa.Convert:
		addLeaves(leaves, x.X, depth+1)
	case *ssa.ChangeType:
		addLeaves(leaves, x.X, depth+1)
	case *ssa.Slice:
		addLeaves(leaves, x.X, depth+1)
	case *ssa.Call:
		if _, isBuiltin := x.Call.Value.(*ssa.Builtin); isBuiltin && len(x.Call.Args) == 1 {
			addLeaves(leaves, x.Call.Args[0], depth+1) // len and cap
			return
		}
		leaves[x] = true
	case *ssa.Phi:
		leaves[x] = true
		for _, e := range x.Edges {
			if !leaves[e] {
				addLeaves(leaves, e, depth+4)
			}
		}
	default:
		leaves[v] = true
	}
}

// addLoad adds the variable that is loaded, or the operand of another operator.
func addLoad(leaves map[any]bool, x *ssa.UnOp, depth int) {
	if x.Op != token.MUL {
		addLeaves(leaves, x.X, depth+1)
		return
	}
	switch addr := x.X.(type) {
	case *ssa.FieldAddr:
		leaves[model.FieldOf(addr.X.Type(), addr.Field)] = true
	default:
		leaves[addr] = true
	}
}
