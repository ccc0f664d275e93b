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

// judgeDropped reports calls of f that drop the channel it feeds: a statement of
// its own, behind defer, or behind go.
func (j *judge) judgeDropped(f *model.Func, x *fed) {
	for _, c := range f.Callers {
		call, ok := c.Instr.(*ssa.Call)
		if c.Deferred && !c.From.IsProcessLifetime() || ok && !c.Deferred && !isResultUsed(call, f, x.result) {
			j.addDropped(f, x, c.Pos, c.Instr)
		}
	}
	for _, s := range f.Started {
		if s.Kind == model.GoStmt && f.Obj != nil && s.Func != f {
			j.addDropped(f, x, s.Pos, s.Instr)
		}
	}
}

// addDropped reports one call.
func (j *judge) addDropped(f *model.Func, x *fed, pos token.Pos, call ssa.Instruction) {
	j.report.Add(report.Finding{
		Rule:    "result-dropped",
		Pos:     pos,
		Message: "nobody receives from the channel of " + f.Name() + " here, so the goroutine that sends on it is stuck; keep and drain it",
		Related: []analysis.RelatedInformation{report.Step(x.spawn.Pos, "the goroutine is started here"), report.Step(x.sends[0].Pos, "it is stuck here")},
		Defect:  call,
	})
	j.fed[x.spawn] = true
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
