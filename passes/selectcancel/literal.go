package selectcancel

import (
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A return in a literal that a loop calls on the spot leaves the literal, not the
// loop. Must: the call is the literal's only one, and no path leads from it out of
// the function around.

// doneStaysOutside judges done-case-stays for a case in a literal that a loop
// calls on the spot.
func (j *judge) doneStaysOutside(k *model.Case) {
	lit := k.Select.Func()
	if k.Kind != model.Stop || k.Select.Loop() != nil || lit.Obj != nil || len(lit.Callers) != 1 || !j.staysReady(k) {
		return
	}
	call := lit.Callers[0]
	loop := call.From.LoopAt(call.Pos)
	if loop == nil || !isOnTheSpot(call) || !turnsForEver(call) || waitsIn(k) || j.isReset(k, loop) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "done-case-stays",
		Pos:     k.Pos,
		Message: "the loop spins once " + k.Name() + " is ready: its case leaves only the literal; leave the loop",
		Strict:  j.IsTestCode(k.Pos),
		Related: []analysisStep{report.Step(loop.Pos(), "this loop goes on after the literal")},
	})
}

// isOnTheSpot reports whether a call runs the literal that it spells.
func isOnTheSpot(c *model.Call) bool {
	if _, ok := c.Instr.(*ssa.Call); !ok {
		return false
	}
	syn := c.From.Pkg.CallSyntax(c.Instr)
	if syn == nil {
		return false
	}
	lit, ok := ast.Unparen(syn.Fun).(*ast.FuncLit)
	return ok && ast.Node(lit) == c.To.Syntax
}

// turnsForEver reports whether control always comes back to a call.
func turnsForEver(c *model.Call) bool {
	b := c.Instr.Block()
	return c.From.Reaches(b, b) && !c.From.MayExitAfter(b)
}
