package selectcancel

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file follows contexts as values: derived ones that nobody listens to,
// and parameters that nobody looks at. Must: one use of unknown effect silences.

// derivers make a context with an end of its own; the value says what ends it.
var derivers = map[symbol.Name]string{
	{Pkg: "context", Func: "WithTimeout"}:       "timeout",
	{Pkg: "context", Func: "WithTimeoutCause"}:  "timeout",
	{Pkg: "context", Func: "WithDeadline"}:      "deadline",
	{Pkg: "context", Func: "WithDeadlineCause"}: "deadline",
	{Pkg: "context", Func: "WithCancel"}:        "cancel",
	{Pkg: "context", Func: "WithCancelCause"}:   "cancel",
}

// judgeDerived judges timeout-unused.
func (j *judge) judgeDerived(f *model.Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if what := derivers[calleeName(&call.Call)]; what != "" && !isListenedTo(call) {
				j.report.Add(report.Finding{
					Rule:    "timeout-unused",
					Pos:     call.Pos(),
					Message: "nothing listens to the context derived here, so its " + what + " ends nothing; pass the derived context on, or drop it",
				})
			}
		}
	}
}

// calleeName returns the name of a statically called function, or the zero Name.
func calleeName(call *ssa.CallCommon) symbol.Name {
	fn := call.StaticCallee()
	if fn == nil {
		return symbol.Name{}
	}
	obj, _ := fn.Object().(*types.Func)
	return symbol.Of(obj)
}

// isListenedTo reports whether the derived context may matter to anybody.
func isListenedTo(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		ext, ok := ref.(*ssa.Extract)
		if !ok {
			return true // the pair is returned or passed on whole
		}
		if ext.Index != 0 {
			continue
		}
		for _, use := range *ext.Referrers() {
			if !isMute(use) {
				return true
			}
		}
	}
	return false
}

// isMute reports whether a use of a context ignores its end: ctx.Value.
func isMute(use ssa.Instruction) bool {
	call, ok := use.(*ssa.Call)
	if !ok || !call.Call.IsInvoke() {
		_, isDebug := use.(*ssa.DebugRef)
		return isDebug
	}
	return call.Call.Method.Name() == "Value"
}

// judgeUnused judges ctx-unused.
func (j *judge) judgeUnused(f *model.Func) {
	if f.Obj == nil || j.IsTestFile(f.Syntax.Pos()) {
		return
	}
	for _, ctx := range f.Contexts() {
		if ctx.Kind != model.CtxParam || j.deaf[ctx.Var] || mentions(j.Pass.TypesInfo, f.Body, ctx.Var) {
			continue
		}
		if w, what := longWait(f); w != nil {
			j.report.Add(report.Finding{
				Rule:    "ctx-unused",
				Pos:     ctx.Var.Pos(),
				Message: ctx.Var.Name() + " is never used although " + f.Name() + " waits at " + what + " (" + j.report.Where(ctx.Var.Pos(), w.Pos) + "); use it there, or name it _",
				Related: []analysisStep{report.Step(w.Pos, "%s waits here", f.Name())},
			})
		}
	}
}

// longWait finds a wait of f that a context should end.
func longWait(f *model.Func) (*model.Op, string) {
	if isDetached(f) {
		return nil, ""
	}
	for _, o := range f.Ops {
		if o.Deferred || !o.Wait.IsLong() {
			continue
		}
		switch o.Action {
		case model.CallWait:
			if o.Wait.Kind.IsOutside() || o.Wait.Kind == op.Sleep && isLongSleep(o) {
				return o, o.Name()
			}
		case model.SelectWait:
			return o, "a select"
		case model.Send, model.Recv, model.RangeRecv:
			if !hasRoom(o) && f.Pkg.ChanKind(o.Value, o.Expr()) == model.Work {
				return o, o.Name()
			}
		}
	}
	return nil, ""
}

// judgeReuse judges cancelled-ctx-reused.
func (j *judge) judgeReuse(f *model.Func) {
	for _, end := range endsOf(f) {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && end.isBefore(f, call) {
					j.judgeReuseIn(f, end, call)
				}
			}
		}
	}
}

// ctxEnd is a place behind which a context is known to have ended.
type ctxEnd struct {
	ctx  model.Place
	name string
	at   ssa.Instruction // a bare receive, or nil
	in   *model.Case     // a case of a select, or nil
}

// endsOf finds where f learns that a context has ended.
func endsOf(f *model.Func) []ctxEnd {
	var ends []ctxEnd
	for _, o := range f.Ops {
		if o.Action == model.Recv && o.Select == nil {
			if p, name := contextOf(f, o.Value); name != "" {
				ends = append(ends, ctxEnd{ctx: p, name: name, at: o.Instr})
			}
		}
	}
	for _, s := range f.Selects {
		for _, k := range s.Cases {
			if p, name := contextOf(f, k.Value); name != "" {
				ends = append(ends, ctxEnd{ctx: p, name: name, in: k})
			}
		}
	}
	return ends
}

// contextOf returns the context whose Done channel v is.
func contextOf(f *model.Func, v ssa.Value) (model.Place, string) {
	call, ok := v.(*ssa.Call)
	if !ok || !call.Call.IsInvoke() || call.Call.Method.Name() != "Done" || !model.IsContext(call.Call.Value.Type()) {
		return model.Place{}, ""
	}
	p := f.Pkg.PlaceOf(call.Call.Value)
	if _, isParam := p.Root.(*ssa.Parameter); p.IsZero() || !isParam && p.Fields == "" {
		return model.Place{}, "" // a local context may be replaced
	}
	return p, p.String()
}

func (e ctxEnd) isBefore(f *model.Func, call ssa.CallInstruction) bool {
	if e.at != nil {
		return model.Before(e.at, call)
	}
	return e.in.Contains(f.Pkg.CallPos(call)) && e.in.Clause.Body != nil
}

// judgeReuseIn reports a call that waits on the ended context.
func (j *judge) judgeReuseIn(f *model.Func, end ctxEnd, call ssa.CallInstruction) {
	common := call.Common()
	for _, arg := range common.Args {
		if !model.IsContext(arg.Type()) || j.PlaceOf(arg) != end.ctx {
			continue
		}
		syn := j.CallSyntax(call)
		if syn == nil || !j.dependsOn(common, syn) {
			continue
		}
		j.report.Add(report.Finding{
			Rule:    "cancelled-ctx-reused",
			Pos:     syn.Pos(),
			Message: end.name + " has already ended here, so " + short(syn.Fun) + " gives up at once; use context.WithoutCancel(" + end.name + ") with a timeout",
			Related: []analysisStep{report.Step(j.endPos(end), "%s has ended behind this", end.name)},
		})
	}
}

// dependsOn reports whether the callee is known to stop when its context ends:
// a wait bound by a context, or the derivation of a shorter one.
func (j *judge) dependsOn(common *ssa.CallCommon, syn *ast.CallExpr) bool {
	if derivers[calleeName(common)] == "timeout" || derivers[calleeName(common)] == "deadline" {
		return true
	}
	w, ok := j.Facts.Call(syn)
	return ok && w.Bound == op.Context && (w.Kind.IsOutside() || w.Kind == op.Join)
}

func (j *judge) endPos(e ctxEnd) (pos tokenPos) {
	if e.at != nil {
		return e.at.Pos()
	}
	return e.in.Pos
}
