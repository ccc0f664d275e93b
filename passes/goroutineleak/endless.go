package goroutineleak

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// A goroutine is endless if no path of what it runs leads to a return (must).
// Ranges over tickers have no end, because nothing closes a ticker's channel.
// Calls that end the process are ends; panics are not. Missed: loops whose exit
// exists but cannot be taken.

// forever says why a function never returns.
type forever struct {
	is     bool
	loop   *model.Loop // the loop that has no end, or nil
	tick   *model.Op   // the range over a ticker, or nil
	wait   *model.Op   // an empty select, or nil
	via    *model.Call // the call that never returns, or nil
	mayEnd bool        // the loop has an end, but nobody else can bring it about
	in     *model.Func
}

// judgeEndless reports a goroutine that nothing can end.
func (j *judge) judgeEndless(s *model.Spawn) {
	if s.Body == nil {
		return
	}
	why := j.foreverOf(s.Body)
	if !why.is {
		why = j.timedOf(s)
	}
	if !why.is || j.hearsEnd(s.Body) {
		why = emptySelect(s.Body)
	}
	if !why.is || j.isProcessScope(s.Func) {
		return
	}
	if j.isStated(s) {
		return
	}
	what, to := j.describe(s, why)
	j.report.Add(report.Finding{
		Rule:    "endless-goroutine",
		Pos:     s.Pos,
		Message: what + "; " + to,
		Related: why.steps(),
		Strict:  j.IsTestFile(s.Pos) || j.isLongLived(s) || why.mayEnd && endsOnSuccess(why.loop),
		Defect:  s,
	})
}

// emptySelect finds a select without cases, from which nothing leads on whatever
// else the function does.
func emptySelect(f *model.Func) *forever {
	for _, s := range f.Selects {
		if len(s.Cases) == 0 && !s.HasDefault {
			return &forever{is: true, wait: s.Op, in: f}
		}
	}
	return &forever{}
}

// hearsEnd reports whether what never returns listens to a stop all the same,
// which is another pass's matter, or serves signals of the operating system.
func (j *judge) hearsEnd(f *model.Func) bool {
	for _, g := range j.taskOf(f).funcs {
		if hearsStop(g) {
			return true
		}
	}
	return false
}

// describe puts why a goroutine is endless into words.
func (j *judge) describe(s *model.Spawn, why *forever) (what, to string) {
	at := j.report.Where(s.Pos, why.pos())
	to = "let it hear a context or a stop"
	name := s.Name()
	switch {
	case why.tick != nil:
		return name + " never ends: " + openTick(why.tick) + " (" + where(at) + ")", "select on it and a stop"
	case why.wait != nil:
		return name + " never ends: the empty select " + at + " waits for ever", to
	case why.mayEnd:
		return name + " cannot be stopped: nothing outside ends the timed loop " + at, to
	case why.loop != nil && why.isTimed():
		return name + " never ends: the timed loop " + at + " has no way out", to
	}
	return name + " never ends: the loop " + at + " has no way out", to
}

// pos returns where the endless thing is.
func (why *forever) pos() token.Pos {
	switch {
	case why.tick != nil:
		return why.tick.Pos
	case why.wait != nil:
		return why.wait.Pos
	case why.loop != nil:
		return why.loop.Pos()
	}
	return why.in.Body.Pos()
}

// isTimed reports whether time makes the loop turn.
func (why *forever) isTimed() bool {
	for _, o := range why.in.Ops {
		if why.loop.Contains(o.Pos) && isPause(o) {
			return true
		}
	}
	return false
}

// isPause reports whether an operation waits for time to pass.
func isPause(o *model.Op) bool {
	switch o.Action {
	case model.CallWait:
		return o.Wait.Kind == op.Sleep
	case model.Recv, model.RangeRecv:
		kind := o.Func.Pkg.ChanKind(o.Value, o.Expr())
		return kind == model.Ticker || kind == model.Timer
	case model.SelectWait:
		return o.Select.HasCase(model.Ticker) || o.Select.HasCase(model.Timer)
	}
	return false
}

// steps lead from the goroutine to the loop.
func (why *forever) steps() (steps []analysis.RelatedInformation) {
	if why.via != nil {
		steps = append(steps, report.Step(why.via.Pos, "%s is called and never returns", why.via.To.Name()))
	}
	if why.mayEnd {
		return append(steps, report.Step(why.pos(), "this loop listens to nothing but the time"))
	}
	return append(steps, report.Step(why.pos(), "no path leads from here to a return"))
}

// foreverOf decides whether f never returns.
func (j *judge) foreverOf(f *model.Func) *forever {
	if why := j.forever[f]; why != nil {
		return why
	}
	why := &forever{in: f}
	j.forever[f] = why // a recursion is no loop
	e := &endSearch{j: j, f: f, why: why, tails: make(map[ssa.Instruction]*model.Call)}
	for _, c := range f.Calls {
		if _, isCall := c.Instr.(*ssa.Call); isCall && j.foreverOf(c.To).is {
			e.tails[c.Instr] = c
		}
	}
	e.run()
	return why
}

// endSearch looks for a way from the entry of a function to its end.
type endSearch struct {
	j     *judge
	f     *model.Func
	why   *forever
	tails map[ssa.Instruction]*model.Call // calls that never return
	seen  map[*ssa.BasicBlock]bool
}

// run decides whether the end is reached and, if not, why.
func (e *endSearch) run() {
	e.seen = make(map[*ssa.BasicBlock]bool)
	if len(e.f.SSA.Blocks) == 0 || e.reachesEnd(e.f.SSA.Blocks[0]) {
		return
	}
	e.explain()
}

// reachesEnd reports whether a return, or the end of the process, is reached
// from b.
func (e *endSearch) reachesEnd(b *ssa.BasicBlock) bool {
	if e.seen[b] {
		return false
	}
	e.seen[b] = true
	for _, i := range b.Instrs {
		if e.tails[i] != nil {
			return false
		}
		switch i := i.(type) {
		case *ssa.Return:
			return true
		case *ssa.Panic:
			return isNoReturn(i)
		}
	}
	for n, next := range b.Succs {
		if n == 1 && e.tickIn(b) != nil {
			continue
		}
		if e.reachesEnd(next) {
			return true
		}
	}
	return false
}

// isNoReturn reports whether a panic only marks the end of a call that never
// returns, such as os.Exit.
func isNoReturn(p *ssa.Panic) bool {
	mk, ok := p.X.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	c, ok := mk.X.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.String && constant.StringVal(c.Value) == "noreturn"
}

// tickIn returns the range over a ticker whose head b is, or nil.
func (e *endSearch) tickIn(b *ssa.BasicBlock) *model.Op {
	for _, o := range e.f.Ops {
		if o.Action == model.RangeRecv && o.Block() == b && isTicker(o) {
			return o
		}
	}
	return nil
}

// explain finds what keeps the function from returning.
func (e *endSearch) explain() {
	for _, b := range e.f.SSA.Blocks {
		if !e.seen[b] {
			continue
		}
		for _, i := range b.Instrs {
			if c := e.tails[i]; c != nil && !e.why.is {
				*e.why = *e.j.foreverOf(c.To)
				e.why.via = c
				return
			}
		}
		if tick := e.tickIn(b); tick != nil {
			e.why.is, e.why.tick = true, tick
			return
		}
	}
	e.explainOwn()
}

// explainOwn finds the loop, or the empty select, of the function itself.
func (e *endSearch) explainOwn() {
	for _, s := range e.f.Selects {
		if len(s.Cases) == 0 && !s.HasDefault && e.seen[s.Op.Block()] {
			e.why.is, e.why.wait = true, s.Op
			return
		}
	}
	for _, l := range e.f.Loops {
		if l.Kind == model.Endless && e.isEntered(l) {
			e.why.is, e.why.loop = true, l
			return
		}
	}
}

// isEntered reports whether a loop's body is reached.
func (e *endSearch) isEntered(l *model.Loop) bool {
	for b := range e.seen {
		for _, i := range b.Instrs {
			if i.Pos().IsValid() && l.Contains(i.Pos()) {
				return true
			}
		}
	}
	return false
}
