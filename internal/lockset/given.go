package lockset

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file follows locks that a condition takes and gives back: "if lock {
// mu.Lock() } … if lock { mu.Unlock() }". It solves a function twice for each such
// condition, once for each outcome. Only conditions that cannot change during a
// call count: parameters, and values that are computed once.

// choice is a condition and how it comes out.
type choice struct {
	cond  ssa.Value
	holds bool
}

// maxChoices bounds the conditions of one function that are tried.
const maxChoices = 4

// excludes reports whether an edge is not taken, given the choice.
func (c *choice) excludes(from, to *ssa.BasicBlock) bool {
	if c == nil || len(from.Instrs) == 0 {
		return false
	}
	br, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok || from.Succs[0] == from.Succs[1] {
		return false
	}
	cond, negated := stripNot(br.Cond)
	if cond != c.cond {
		return false
	}
	taken := from.Succs[0]
	if c.holds == negated {
		taken = from.Succs[1]
	}
	return to != taken
}

// stripNot takes negations off a condition.
func stripNot(cond ssa.Value) (v ssa.Value, negated bool) {
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			return cond, negated
		}
		cond, negated = not.X, !negated
	}
}

// choices returns the conditions of f that more than one branch tests and that
// decide on an operation on a lock.
func (ix *Index) choices(f *model.Func) (out []ssa.Value) {
	tests := make(map[ssa.Value]int)
	for _, b := range f.SSA.Blocks {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cond, _ := stripNot(br.Cond)
		if tests[cond]++; tests[cond] == 2 && isOnce(f, cond) && len(out) < maxChoices {
			out = append(out, cond)
		}
	}
	return out
}

// isOnce reports whether a value is the same all through a call.
func isOnce(f *model.Func, v ssa.Value) bool {
	if _, ok := v.(*ssa.Parameter); ok {
		return true
	}
	instr, ok := v.(ssa.Instruction)
	return ok && !f.Reaches(instr.Block(), instr.Block())
}

// LeftHeldGiven is LeftHeld for each outcome of the conditions by which f takes
// locks and gives them back.
func (ix *Index) LeftHeldGiven(f *model.Func) (out []Left) {
	if len(f.Ops) == 0 || ix.SolutionOf(f).flow == nil {
		return nil
	}
	for _, cond := range ix.choices(f) {
		for _, holds := range []bool{true, false} {
			sol := ix.planOf(f).solveGiven(append(ix.inherited(f), ix.assumed(f)...), &choice{cond, holds})
			out = append(out, sol.allLeft()...)
		}
	}
	return out
}

// outcome is a function's summary where one of its parameters is known.
type outcome struct {
	f     *model.Func
	param int
	holds bool
}

// SummaryAt returns the net effect of one call: where it hands in a constant that
// decides on the locks, that of the paths which are left.
func (ix *Index) SummaryAt(c *model.Call) *Summary {
	args := c.Args()
	if !slices.ContainsFunc(args, isBool) {
		return ix.SummaryOf(c.To)
	}
	ix.SummaryOf(c.To) // first, so that recursion ends there
	for k, param := range c.To.SSA.Params {
		if k >= len(args) || !isBool(args[k]) || !ix.decides(c.To, param) {
			continue
		}
		holds := constant.BoolVal(args[k].(*ssa.Const).Value)
		key := outcome{c.To, k, holds}
		if ix.outcomes[key] == nil {
			sol := ix.planOf(c.To).solveGiven(nil, &choice{param, holds})
			ix.outcomes[key] = &Summary{Effects: sol.effects()}
		}
		return ix.outcomes[key]
	}
	return ix.SummaryOf(c.To)
}

// isBool reports whether a value is a constant truth value.
func isBool(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool
}

// decides reports whether a branch tests a parameter in a function that touches
// locks.
func (ix *Index) decides(f *model.Func, param *ssa.Parameter) bool {
	if len(ix.planOf(f).locks) == 0 || param.Referrers() == nil {
		return false
	}
	for _, ref := range *param.Referrers() {
		switch i := ref.(type) {
		case *ssa.If:
			return true
		case *ssa.UnOp:
			if isBranchOn(i) {
				return true
			}
		}
	}
	return false
}
