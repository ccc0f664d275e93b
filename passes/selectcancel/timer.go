package selectcancel

import (
	"go/ast"
	"go/constant"
	"go/types"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// time.After in a looped select starts anew with every turn. A ticker in the
// same select that is faster ends each turn first, so the timeout never comes.
// Must: both durations are constants in view.

// timerNeverFires judges timer-never-fires.
func (j *judge) timerNeverFires(s *model.Select) {
	if s.Loop() == nil || s.Instr == nil {
		return
	}
	for _, k := range s.Cases {
		after := j.afterOf(k)
		if after == 0 || !isEvaluatedByCase(k) {
			continue
		}
		for _, t := range s.Cases {
			if period := j.periodOf(t); period > 0 && period < after && t.MayStay() {
				j.report.Add(report.Finding{
					Rule:    "timer-never-fires",
					Pos:     k.Pos,
					Message: "this " + after.String() + " timer starts anew whenever " + t.Name() + " ticks every " + period.String() + " and never fires; make it before the loop",
					Related: []analysisStep{report.Step(t.Pos, "this case ends every turn after %s", period)},
				})
			}
		}
	}
}

// isEvaluatedByCase reports whether the timer is made by the case's own operand.
func isEvaluatedByCase(k *model.Case) bool {
	_, ok := ast.Unparen(k.Expr()).(*ast.CallExpr)
	return ok
}

// afterOf returns the constant duration of a time.After case, or 0.
func (j *judge) afterOf(k *model.Case) time.Duration {
	return constArg(k.Value, symbol.Name{Pkg: "time", Func: "After"})
}

// periodOf returns the constant period of a ticker case, or 0.
func (j *judge) periodOf(k *model.Case) time.Duration {
	if k.Kind != model.Ticker {
		return 0
	}
	if d := constArg(k.Value, symbol.Name{Pkg: "time", Func: "Tick"}); d > 0 {
		return d
	}
	place := j.PlaceOf(k.Value)
	made, ok := place.Root.(*ssa.Call)
	if !ok || place.Fields != ".C" {
		return 0
	}
	return constArg(made, symbol.Name{Pkg: "time", Func: "NewTicker"})
}

// constArg returns the constant first argument of v, a call of name, or 0.
func constArg(v ssa.Value, name symbol.Name) time.Duration {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || len(call.Call.Args) == 0 {
		return 0
	}
	fn, _ := call.Call.StaticCallee().Object().(*types.Func)
	c, ok := call.Call.Args[0].(*ssa.Const)
	if !ok || symbol.Of(fn) != name || c.Value == nil {
		return 0
	}
	n, _ := constant.Int64Val(constant.ToInt(c.Value))
	return time.Duration(n)
}
