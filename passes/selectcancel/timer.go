package selectcancel

import (
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
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
		after := madeEachTurn(k)
		if after == 0 {
			continue
		}
		for _, t := range s.Cases {
			if period := t.Period(); period > 0 && period < after && t.MayStay() {
				j.report.Add(report.Finding{
					Rule:    "timer-never-fires",
					Pos:     k.Pos,
					Message: "this " + after.String() + " timer starts anew whenever " + t.Name() + " ticks every " + period.String() + " and never fires; make it before the loop",
					Strict:  j.IsTestCode(k.Pos),
					Related: []analysisStep{report.Step(t.Pos, "this case ends every turn after %s", period)},
				})
			}
		}
	}
}

// madeEachTurn returns the duration of a timer case whose timer is made by the
// same turn of the loop that waits for it, or 0.
func madeEachTurn(k *model.Case) time.Duration {
	made := k.Made()
	if made == nil || k.Timeout() == 0 {
		return 0
	}
	f := k.Select.Func()
	if made.Parent() != f.SSA || f.LoopAt(f.Pkg.CallPos(made)) != k.Select.Loop() || !isDominated(made, k.Select.Instr) {
		return 0
	}
	return k.Timeout()
}

// isDominated reports whether the select is only reached through the call that
// makes its timer.
func isDominated(made *ssa.Call, sel *ssa.Select) bool { return model.Before(made, sel) }
