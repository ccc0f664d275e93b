package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A loop that selects between its inbox and a stop leaves the senders of its
// inbox behind when it stops. This file finds bare sends on unbuffered channels
// all of whose receivers are such loops (must: every receive and every make is
// in view, and no receiver drains the channel).

// judgeStopped reports bare sends to loops that may have stopped.
func (j *judge) judgeStopped() {
	for _, c := range j.Chans {
		if len(c.Sends) == 0 || !c.IsClosedWorld() || !c.IsUnbuffered() || c.IsSignal() && len(c.Closes) > 0 {
			continue
		}
		loop := j.stoppingReceiver(c)
		if loop == nil {
			continue
		}
		for _, o := range c.Sends {
			j.judgeSend(o, loop)
		}
	}
}

// stoppingReceiver returns the stop case of the first receiver of a channel if
// all its receivers are loops that a stop may end.
func (j *judge) stoppingReceiver(c *model.Chan) *model.Case {
	if len(c.Recvs) > 0 {
		return nil
	}
	var first *model.Case
	for _, k := range c.Cases {
		if k.Dir != types.RecvOnly {
			continue
		}
		stop := j.stopBeside(k)
		if stop == nil {
			return nil
		}
		if first == nil {
			first = stop
		}
	}
	return first
}

// stopBeside returns the case beside k that may end the loop, or nil. A stop that
// no code makes, or that nobody gives, never comes.
func (j *judge) stopBeside(k *model.Case) *model.Case {
	s := k.Select
	if s.Loop() == nil || s.HasDefault {
		return nil
	}
	for _, other := range s.Cases {
		if other.Kind != model.Stop || other.Chan == k.Chan || !other.MayLeave() {
			continue
		}
		if unmade, _ := j.unmadeField(other.Value); unmade == nil && !isNeverGiven(other.Chan) {
			return other
		}
	}
	return nil
}

// isNeverGiven reports whether a channel is made, and nobody closes it or sends on
// it: all that could would be in view.
func isNeverGiven(c *model.Chan) bool {
	return c.IsClosedWorld() && len(c.Makes) > 0 && len(c.Closes) == 0 && !c.HasSends()
}

// judgeSend reports one send, unless its function is the loop's own business:
// what the loop itself runs, what starts the loop, or what process ends with.
func (j *judge) judgeSend(o *model.Op, stop *model.Case) {
	if j.isAbandoned(o) {
		return // said with the run that leads there
	}
	loop := stop.Select.Func()
	if o.Func.Decl() == loop.Decl() || o.Select != nil || j.isProcessScope(o.Func) || j.IsTestFile(o.Pos) || isStopItself(o.Chan, loop) || isToOwnLoop(o) || isRunBy(o.Func, loop, 0) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "send-to-stopped-loop",
		Pos:     o.Pos,
		Message: fit("this send waits for ever once " + leaverName(loop) + " leaves by " + stop.Name() + " (" + where(j.report.Where(o.Pos, stop.Pos)) + "); select on that stop here too"),
		Related: []analysis.RelatedInformation{
			report.Step(stop.Pos, "the only receiver leaves here"),
			report.Step(stop.Select.Syntax.Pos(), "the channel is received from in this select only"),
		},
		Unsafe: j.selectFix([]*model.Op{o}, func(o *model.Op) exit { return j.exitByCase(o, stop) }),
		Strict: isTestAid(j.docOf(o.Func.Decl())) || j.isBeforeStop(o, stop),
		Defect: o,
	})
}

// maxRun bounds the calls between a loop and what only it runs.
const maxRun = 4

// isRunBy reports whether nothing but the turns of a loop runs f, in the loop's own
// goroutine: while that sends, the loop has not left.
func isRunBy(f, loop *model.Func, depth int) bool {
	f = aroundBodies(f)
	if depth > maxRun || len(f.Callers) == 0 || len(f.Started) > 0 || f.Obj == nil || f.Obj.Exported() || f.EscapesAsValue() {
		return false
	}
	for _, c := range f.Callers {
		_, starts := c.Instr.(*ssa.Go)
		isTurn := c.From == loop && loop.Reaches(c.Instr.Block(), c.Instr.Block())
		if starts || c.Deferred || !isTurn && !isRunBy(c.From, loop, depth+1) {
			return false
		}
	}
	return true
}

// aroundBodies returns the function around the bodies of loops over iterators.
func aroundBodies(f *model.Func) *model.Func {
	for f.IsLoopBody() && f.Parent != nil {
		f = f.Parent
	}
	return f
}

// isToOwnLoop reports whether a send is to a loop of an object that the function
// itself has made, by hand or with a function of this package that makes one: who
// stops it is in view, and the model checker has looked.
func isToOwnLoop(o *model.Op) bool { return isMadeIn(o.Func, o.Place.Root) }

// isMadeIn reports whether a place starts at an object that f has made, by hand or
// with a function of this package that makes one.
func isMadeIn(f *model.Func, root any) bool {
	switch root := root.(type) {
	case *ssa.Alloc:
		return root.Parent() == f.SSA
	case *ssa.Call:
		made := f.Pkg.FuncOf(root.Call.StaticCallee())
		return root.Parent() == f.SSA && made != nil && makesResult(made)
	}
	return false
}

// makesResult reports whether a function returns an object that it has made.
func makesResult(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(ret.Results) > 0 && isFresh(ret.Results[0]) {
			return true
		}
	}
	return false
}
