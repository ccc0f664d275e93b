package blockingcall

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// A wait with a timeout is bounded, but a ticker that ticks before the timeout
// has passed is starved all the same. Must: period and timeout are constants in
// view, and the wait is for the outside or for another goroutine.

// addTimeout reports a wait that may last longer than a ticker's period.
func (j *judge) addTimeout(what string, pos token.Pos, d time.Duration, beat *model.Case, advice string) {
	p := beat.Period()
	j.report.Add(report.Finding{
		Rule: "starves-heartbeat",
		Pos:  pos,
		Message: fit("starves-heartbeat",
			fmt.Sprintf("%s may wait %s while %s (%s) ticks every %s; %s", what, d, beat.Name(), j.report.Line(beat.Pos), p, advice),
			fmt.Sprintf("%s may wait %s while the loop's ticker ticks every %s; %s", clip(what, 30), d, p, advice)),
		Related: victimSteps([]*model.Case{beat}),
		Strict:  j.IsTestCode(pos),
	})
}

// contextTimeouts judges starves-heartbeat for calls with a context whose
// timeout is not below the ticker's period.
func (j *judge) contextTimeouts(l *eventLoop) {
	for _, beat := range l.beats {
		if beat.Period() == 0 || l.pooled {
			continue
		}
		for _, k := range l.sel.Cases {
			if k == beat || k.Kind == model.Stop && k.MayLeave() {
				continue
			}
			if d, limited := j.limitedIn(k.Clause); d >= beat.Period() {
				j.starvedBy(l, k, d, limited, beat)
			}
		}
	}
}

// starvedBy reports the first wait of a case that uses the limited context.
func (j *judge) starvedBy(l *eventLoop, k *model.Case, d time.Duration, limited map[types.Object]bool, beat *model.Case) {
	for _, m := range l.turn() {
		if m.in != k || m.op.Action != model.CallWait || !j.mentionsAny(m.op.Call, limited) {
			continue
		}
		for _, w := range j.Facts.Waits(m.op.Call) {
			if w.Kind.IsOutside() && w.Tier == op.TierUnbounded && (w.Bound == op.Context || w.Bound == op.Timeout) {
				j.addTimeout(j.what(m.op, w), m.op.Pos, d, beat, "move it to a goroutine")
				return
			}
		}
	}
}

// limitedIn finds the first context with a constant timeout that a clause makes,
// and the variables that hold it or something made with it.
func (j *judge) limitedIn(clause *ast.CommClause) (d time.Duration, limited map[types.Object]bool) {
	for _, stmt := range clause.Body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			as, ok := n.(*ast.AssignStmt)
			if !ok || len(as.Rhs) != 1 || len(as.Lhs) != 2 || limited != nil {
				return true
			}
			id, isIdent := as.Lhs[0].(*ast.Ident)
			if t := j.timeoutOf(as.Rhs[0]); t > 0 && isIdent && j.Pass.TypesInfo.ObjectOf(id) != nil {
				d, limited = t, j.derivedFrom(j.Pass.TypesInfo.ObjectOf(id), clause)
			}
			return true
		})
	}
	return d, limited
}

// timeoutOf returns the constant duration given to context.WithTimeout, or 0.
func (j *judge) timeoutOf(e ast.Expr) time.Duration {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return 0
	}
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if !ok || !strings.HasPrefix(fn.FullName(), "context.WithTimeout") {
		return 0
	}
	d, _ := j.Facts.Limit(call.Args[1])
	return d
}

// nestedTimeouts judges starves-heartbeat for selects inside a case that may
// wait for a constant time longer than the ticker's period.
func (j *judge) nestedTimeouts(l *eventLoop) {
	for _, m := range l.turn() {
		if m.op.Action != model.SelectWait || !m.op.Wait.Waits() || m.in == nil {
			continue
		}
		timer, d := longestTimeout(m.op.Select)
		for _, beat := range l.beats {
			if p := beat.Period(); p > 0 && d >= p && beat != m.in && !listensTo(m.op.Select, beat) {
				j.addTimeout("this select", timer.Pos, d, beat, "wait in the loop's own select")
				break
			}
		}
	}
}

// longestTimeout returns the time.After case of a select and its constant.
func longestTimeout(s *model.Select) (timer *model.Case, d time.Duration) {
	for _, k := range s.Cases {
		if t := k.Timeout(); t > d {
			timer, d = k, t
		}
	}
	return timer, d
}

// listensTo reports whether a select has a case on the same channel.
func listensTo(s *model.Select, beat *model.Case) bool {
	return slices.ContainsFunc(s.Cases, func(k *model.Case) bool { return strings.EqualFold(k.Name(), beat.Name()) })
}
