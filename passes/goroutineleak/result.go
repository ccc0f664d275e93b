package goroutineleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// Some calls start something and hand back what ends or empties it. This file
// finds those whose result goes nowhere: iter.Pull's stop, a started command,
// the channel of a function that feeds it from a goroutine (must: the result is
// dropped in plain sight).

// judgeResults reports dropped results.
func (j *judge) judgeResults() {
	for _, at := range append(slices.Clone(j.sites[iterPull]), j.sites[iterPull2]...) {
		j.judgePull(at)
	}
	for _, at := range j.sites[cmdStart] {
		j.judgeStarted(at)
	}
	for _, f := range j.Funcs {
		if fed := j.fedChannel(f, 0); fed != nil {
			j.judgeDropped(f, fed)
		}
		if fed := j.fedChannel(f, 1); fed != nil && fed.isOneError() {
			j.judgeLost(f, fed)
		}
	}
}

// judgePull reports an iterator whose stop function is dropped.
func (j *judge) judgePull(at site) {
	call, ok := at.instr.(*ssa.Call)
	if !ok {
		return
	}
	stop := extract(call, 1)
	if stop != nil && j.isUsed(stop) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "result-dropped",
		Pos:     at.pos(),
		Message: "the stop function of " + calledName(call.Common()).Func + " is dropped, so an unfinished iterator stays behind; defer stop()",
		Strict:  j.IsTestFile(at.pos()),
		Defect:  at.instr,
	})
}

// isUsed reports whether a function value is called, captured or handed on.
func (j *judge) isUsed(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if a, ok := i.Addr.(*ssa.Alloc); !ok || isLoaded(a) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// judgeStarted reports a command that is started and never waited for.
func (j *judge) judgeStarted(at site) {
	if j.isProcessScope(at.f) || j.isCommand() {
		return
	}
	cmd := j.PlaceOf(at.recv())
	made, ok := cmd.Root.(*ssa.Call)
	if !ok || cmd.Fields != "" || made.Parent() != at.f.SSA || !j.isCommandAlone(made, 0) {
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

// fed is a channel that a function returns and a goroutine of its own feeds.
type fed struct {
	result int
	ch     *model.Chan
	mk     *model.Make
	spawn  *model.Spawn
	sends  []*model.Op // bare sends of the goroutine
}

// fedChannel finds the channel that f makes with the given capacity, returns, and
// feeds with bare sends from a goroutine it starts; or nil.
func (j *judge) fedChannel(f *model.Func, capacity int64) *fed {
	if f.IsLoopBody() || len(f.Spawns) == 0 {
		return nil
	}
	for n := range f.SSA.Signature.Results().Len() {
		c := j.returned(f, n)
		if c == nil {
			continue
		}
		for _, mk := range c.Makes {
			if mk.Func == f && mk.Cap == capacity {
				if x := j.feeder(f, c, mk); x != nil {
					x.result = n
					return x
				}
			}
		}
	}
	return nil
}

// returned returns the class of result n if every return gives a channel made
// in f.
func (j *judge) returned(f *model.Func, n int) *model.Chan {
	var found *model.Chan
	for _, b := range f.SSA.Blocks {
		if len(b.Instrs) == 0 {
			continue
		}
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || n >= len(ret.Results) || !model.IsChan(ret.Results[n].Type()) {
			continue
		}
		c := j.ChanOf(ret.Results[n])
		if c == nil {
			continue // nil, beside an error
		}
		if found != nil && found != c {
			return nil
		}
		found = c
	}
	return found
}

// feeder finds the goroutine of f that sends bare on c.
func (j *judge) feeder(f *model.Func, c *model.Chan, mk *model.Make) *fed {
	for _, s := range f.Spawns {
		if s.Body == nil || s.Kind == model.AfterFunc {
			continue
		}
		x := &fed{ch: c, mk: mk, spawn: s}
		for _, o := range c.Sends {
			if slices.Contains(j.taskOf(s.Body).near, o.Func) {
				x.sends = append(x.sends, o)
			}
		}
		if len(x.sends) > 0 {
			return x
		}
	}
	return nil
}

// judgeDropped reports calls of f that drop the channel it feeds.
func (j *judge) judgeDropped(f *model.Func, x *fed) {
	for _, c := range f.Callers {
		call, ok := c.Instr.(*ssa.Call)
		if !ok || c.Deferred || isResultUsed(call, f, x.result) {
			continue
		}
		j.report.Add(report.Finding{
			Rule:    "result-dropped",
			Pos:     c.Pos,
			Message: "nobody receives from the channel of " + f.Name() + " here, so the goroutine that sends on it is stuck; keep and drain it",
			Related: []analysis.RelatedInformation{report.Step(x.spawn.Pos, "the goroutine is started here"), report.Step(x.sends[0].Pos, "it is stuck here")},
			Defect:  c.Instr,
		})
		j.fed[x.spawn] = true
	}
}

// isResultUsed reports whether anything uses result n of a call.
func isResultUsed(call *ssa.Call, f *model.Func, n int) bool {
	if f.SSA.Signature.Results().Len() > 1 {
		return extract(call, n) != nil
	}
	for _, ref := range *call.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}
