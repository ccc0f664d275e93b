package goroutineleak

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A command that is started must be waited for, or it stays a zombie. This file
// finds commands nobody waits for, and returns between Start and Wait (must: the
// command is made in the function, and whoever else gets hold of it may wait).

// judgeStarted reports a command that is started and never waited for.
func (j *judge) judgeStarted(at site) {
	if j.isProcessScope(at.f) || j.isCommand() {
		return
	}
	cmd := j.PlaceOf(at.recv())
	made, ok := cmd.Root.(*ssa.Call)
	if !ok || cmd.Fields != "" || made.Parent() != at.f.SSA {
		return
	}
	if !j.isCommandAlone(made, 0) {
		j.judgeUnreaped(at, made)
		return
	}
	j.report.Add(report.Finding{
		Rule:    "result-dropped",
		Pos:     at.pos(),
		Message: "the command started here is never waited for, so it stays a zombie and its pipes stay open; call Wait",
		Strict:  j.IsTestFile(at.pos()),
		Related: []analysis.RelatedInformation{report.Step(j.CallPos(made), "the command is made here")},
		Defect:  at.instr,
	})
}

// judgeUnreaped reports a return that leaves a command running for which other
// paths wait. A start that failed has left nothing to wait for.
func (j *judge) judgeUnreaped(at site, made *ssa.Call) {
	points := make(map[ssa.Instruction]bool)
	addUses(points, made, 0, func(ref ssa.Instruction, v ssa.Value) bool { return j.isSetUp(ref, v, 0) })
	for i := range points {
		if !at.f.MayFollow(at.instr, i) || model.Before(i, at.instr) {
			return // handed to somebody before it is started
		}
	}
	failed := failEdges(at.f, func(v ssa.Value) bool { return v == at.instr.Value() })
	ret := leavesBut(at.f, at.instr, points, failed)
	if ret == nil {
		return
	}
	pos := retPos(at.f, ret)
	j.report.Add(report.Finding{
		Rule:    "result-dropped",
		Pos:     pos,
		Message: "this return leaves the command behind that is started " + j.report.Where(pos, at.pos()) + ", a zombie with open pipes; call Wait on every path",
		Strict:  j.IsTestFile(at.pos()),
		Related: []analysis.RelatedInformation{report.Step(at.pos(), "the command is started here")},
		Defect:  at.instr,
	})
}

// isCommandAlone reports whether a command is set up and started and nothing
// else: neither waited for nor handed to anybody who might.
func (j *judge) isCommandAlone(v ssa.Value, depth int) bool {
	return everyUse(v, depth, j.isSetUp)
}

// isSetUp reports whether an instruction only prepares or starts a command.
func (j *judge) isSetUp(ref ssa.Instruction, v ssa.Value, depth int) bool {
	switch i := ref.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.FieldAddr:
		return fieldName(i) != "Process" || !hasOtherUses(i)
	case *ssa.Store:
		if i.Addr == v {
			return true
		}
		a, ok := i.Addr.(*ssa.Alloc)
		return ok && j.isCommandAlone(a, depth+1)
	case *ssa.UnOp:
		return i.Op == token.MUL && j.isCommandAlone(i, depth+1)
	case *ssa.MakeClosure:
		return j.isSetUpIn(i, v, depth)
	case ssa.CallInstruction:
		return isMethodOn(i.Common(), v) && !endsCommand[calledName(i.Common()).Func]
	}
	return false
}

// endsCommand are the methods that wait for a command.
var endsCommand = map[string]bool{"Wait": true, "Run": true, "Output": true, "CombinedOutput": true}

// isSetUpIn follows a command into a literal that captures it.
func (j *judge) isSetUpIn(mc *ssa.MakeClosure, v ssa.Value, depth int) bool {
	fn := mc.Fn.(*ssa.Function)
	for n, b := range mc.Bindings {
		if b == v && (fn.Synthetic != "" || !j.isCommandAlone(fn.FreeVars[n], depth+1)) {
			return false
		}
	}
	return true
}

// fieldName returns the name of the field whose address is taken.
func fieldName(i *ssa.FieldAddr) string { return model.FieldOf(i.X.Type(), i.Field).Name() }

// hasOtherUses reports whether a command's process is used for more than its
// number: released, waited for, signalled.
func hasOtherUses(process *ssa.FieldAddr) bool {
	for _, ref := range *process.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok {
			return true
		}
		for _, use := range *load.Referrers() {
			if f, ok := use.(*ssa.FieldAddr); !ok || fieldName(f) != "Pid" {
				return true
			}
		}
	}
	return false
}
