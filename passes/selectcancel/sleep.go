package selectcancel

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// A sleep hears nothing, and neither does a bare receive from a clock. This file
// finds the long ones where cancellation could be heard: a context parameter, or
// in an endless loop a stop field or stop parameter. Must: the sleep is written
// in the function, or in a function of the package that always sleeps.

// hearable is something that announces the end of the work at hand.
type hearable struct {
	name  string     // "ctx", "r.Context()", "s.quit"
	done  string     // the channel: "ctx.Done()", "s.quit"
	root  *types.Var // the variable that the name starts with
	isCtx bool
}

// fromCtx turns a context into what messages and fixes need.
func fromCtx(ctx model.Ctx) hearable {
	return hearable{ctx.Expr(), ctx.Done(), ctx.Var, ctx.Kind != model.CtxStop}
}

// sleepIgnores judges sleep-ignores-ctx.
func (j *judge) sleepIgnores(o *model.Op, ctx model.Ctx, hasCtx bool) {
	what := j.sleepName(o)
	if what == "" || o.Deferred || isAfterDone(o.Func, o.Instr, o.Pos) || isWatched(o.Func) && loopOf(o) == nil {
		return
	}
	if j.isUnending(o) || hasCtx && isEndlessTask(o, ctx) {
		return
	}
	hear := j.hearableAt(o, ctx, hasCtx)
	if hear.name == "" {
		return
	}
	minor := j.isMinorPause(o)
	if hasCtx && !minor {
		j.deaf[ctx.Var] = true
	}
	j.report.Add(report.Finding{
		Rule:    "sleep-ignores-ctx",
		Pos:     o.Pos,
		Message: what + " cannot be cut short by " + hear.name + "; wait for a timer and " + hear.done + " in a select",
		Strict:  minor || j.IsTestCode(o.Pos),
		Unsafe:  j.sleepFix(o, hear),
		Defect:  sleeperAt(o),
		Related: []analysisStep{report.Step(hear.root.Pos(), "%s is in scope", hear.name)},
	})
}

// hearableAt returns what the code at o could listen to: a context parameter,
// or in an endless loop a stop field of the receiver or a stop parameter.
func (j *judge) hearableAt(o *model.Op, ctx model.Ctx, hasCtx bool) hearable {
	if hasCtx {
		return fromCtx(ctx)
	}
	if !isEndless(o) || isDetached(o.Func) {
		return hearable{}
	}
	all := append(o.Func.StopParams(), o.Func.StopFields()...)
	if len(all) == 0 {
		return hearable{}
	}
	v := all[max(0, slices.IndexFunc(all, model.StopVar.IsContext))] // a context also has an error to return
	return hearable{v.Name, v.Done(), v.Root, v.IsContext()}
}

// sleepName returns what a message calls a long sleep, or "" if o is none.
func (j *judge) sleepName(o *model.Op) string {
	switch o.Action {
	case model.CallWait:
		switch {
		case o.Wait.Kind != op.Sleep:
			return ""
		case o.Callee != nil && o.Callee.Pkg() != nil && o.Callee.Pkg().Path() == "time":
			if isLongSleep(o) {
				return o.Name()
			}
		case alwaysSleeps(o) && !isOperand(o):
			return o.Name() + " always sleeps, which"
		}
	case model.Recv:
		if j.isClockWait(o) {
			return "the wait for " + o.Name()
		}
	case model.RangeRecv:
		if j.isClockWait(o) {
			return "the range over " + o.Name()
		}
	}
	return ""
}

// sleeperAt returns the function that o calls to sleep: its callers are mended in
// one place. It is nil for sleeps of o's own.
func sleeperAt(o *model.Op) any {
	if o.Action == model.CallWait && o.Callee != nil && o.Callee.Pkg() != nil && o.Callee.Pkg().Path() != "time" {
		return o.Callee
	}
	return nil
}

// isLongSleep reports whether the sleep's length is unknown or at least the
// settings' minimum.
func isLongSleep(o *model.Op) bool {
	return o.Wait.Dur == 0 && o.Wait.Bound == op.Unbounded || o.Wait.Dur >= config.Active().MinSleep
}

// alwaysSleeps reports whether o calls a function that has nothing to listen to
// and sleeps long on every path.
func alwaysSleeps(o *model.Op) bool {
	if o.Callee == nil || !isLongSleep(o) || cleanupName.MatchString(o.Callee.Name()) {
		return false
	}
	for _, c := range o.Func.Calls {
		if c.Instr == o.Instr && c.To.Obj != nil {
			return len(c.To.Contexts()) == 0 && len(c.To.StopFields()) == 0 && (o.Wait.Always || sleepsOnAllPaths(c.To))
		}
	}
	return o.Wait.Always && !couldHear(o.Callee)
}

// sleepsOnAllPaths reports whether f itself sleeps long however it returns.
func sleepsOnAllPaths(f *model.Func) bool {
	return slices.ContainsFunc(f.Ops, func(in *model.Op) bool {
		return in.Action == model.CallWait && in.Callee != nil && in.Callee.FullName() == "time.Sleep" && isLongSleep(in) && f.IsAlwaysRun(in.Block())
	})
}

// couldHear reports whether a function of another package is given something
// that may end its sleep: a context, a channel, or an object that holds one.
func couldHear(fn *types.Func) bool {
	sig := fn.Signature()
	for v := range sig.Params().Variables() {
		if model.IsContext(v.Type()) || model.IsChan(v.Type()) {
			return true
		}
	}
	if sig.Recv() == nil {
		return false
	}
	named := model.NamedOf(sig.Recv().Type())
	if named == nil {
		return true
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return types.IsInterface(named)
	}
	for field := range st.Fields() {
		if model.IsContext(field.Type()) || model.IsChan(field.Type()) {
			return true
		}
	}
	return false
}

// isOperand reports whether o is evaluated for a case of a select, which is
// select-operand-blocks' to report.
func isOperand(o *model.Op) bool {
	for _, s := range o.Func.Selects {
		for _, k := range s.Cases {
			if k.Clause.Comm.Pos() <= o.Pos && o.Pos < k.Clause.Comm.End() {
				return true
			}
		}
	}
	return false
}

// isClockWait reports whether a bare receive waits long for a clock that this
// function started.
func (j *judge) isClockWait(o *model.Op) bool {
	kind := j.ChanKind(o.Value, o.Expr())
	if kind != model.Timer && kind != model.Ticker {
		return false
	}
	made, d, isConst := j.Clock(o.Value)
	if made == nil && kind == model.Timer && !isClockCall(o.Expr()) || isConst && d < config.Active().MinSleep || !o.Wait.Waits() {
		return false
	}
	return kind == model.Timer || !j.hearsBetweenTicks(o)
}

// isClockCall reports whether e asks a clock of one's own for a channel that is
// ready after a while: clock.After(d), backoff.C().
func isClockCall(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && slices.Contains([]string{"After", "C", "Chan", "Tick"}, sel.Sel.Name)
}

// hearsBetweenTicks reports whether the loop around a receive from a ticker
// mentions something that ends it, so that the period bounds how long it is
// deaf.
func (j *judge) hearsBetweenTicks(o *model.Op) bool {
	loop := loopOf(o)
	return loop == nil || o.Func.MayExitAfter(o.Block()) && usesEnd(o.Func.Pkg, loop.Body)
}

// loopOf returns the loop that repeats o, for a range its own, or nil.
func loopOf(o *model.Op) *model.Loop {
	if o.Action != model.RangeRecv {
		return o.Func.LoopAt(o.Pos)
	}
	for _, l := range o.Func.Loops {
		if l.Pos() == o.Pos {
			return l
		}
	}
	return nil
}

// isEndless reports whether the operation repeats in a loop without condition.
func isEndless(o *model.Op) bool {
	for l := o.Func.LoopAt(o.Pos); l != nil; l = l.Parent {
		if f, ok := l.Syntax.(*ast.ForStmt); ok && f.Cond == nil {
			return true
		}
	}
	return o.Action == model.RangeRecv
}
