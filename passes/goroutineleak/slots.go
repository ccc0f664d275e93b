package goroutineleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A buffered channel of tokens limits how many goroutines run. This file finds
// goroutines that give their token back on some path and keep it on another: in
// the end every send waits for ever (must: the channel never leaves the package,
// and nobody but these goroutines takes tokens out of it).

// judgeSlots reports goroutines that keep their token.
func (j *judge) judgeSlots() {
	for _, c := range j.Chans {
		if !c.IsClosedWorld() || !c.IsSemaphore() {
			continue
		}
		d, ok := j.tokensOf(c)
		if !ok {
			continue
		}
		for _, f := range j.Funcs {
			if len(f.Started) > 0 && d.leads(f) {
				d.judge(f)
			}
		}
	}
}

// tokens are those of one channel.
type tokens struct {
	duty
	ch *model.Chan
}

// tokensOf lists where tokens are given back; it fails if one may be taken by
// somebody who may go another way.
func (j *judge) tokensOf(c *model.Chan) (*tokens, bool) {
	d := &tokens{duty: duty{j: j, ends: c.Recvs}, ch: c}
	isSelected := slices.ContainsFunc(c.Cases, func(k *model.Case) bool { return k.Dir == types.RecvOnly })
	return d, !isSelected && !slices.ContainsFunc(c.Recvs, func(o *model.Op) bool { return o.Action == model.RangeRecv })
}

// judge reports a goroutine that keeps its token on some path.
func (d *tokens) judge(f *model.Func) {
	if len(f.Callers) > 0 || f.EscapesAsValue() || slices.ContainsFunc(d.ends, func(o *model.Op) bool { return !slices.Contains(d.j.taskOf(f).near, o.Func) }) {
		return
	}
	taken := d.takenIn(f)
	points := d.points(f)
	if taken == nil && !d.isTakenBefore(f) || len(points) == 0 || isRepeatedIn(f, points) {
		return
	}
	ret := returnsWithout(f, points, nil)
	if taken != nil {
		ret = leavesWithout(f, taken.Instr, points)
	}
	if ret == nil || d.j.isStated(f.Started[0]) {
		return
	}
	d.add(f, taken, ret, firstOf(points))
}

// takenIn returns where the goroutine takes its one token, or nil.
func (d *tokens) takenIn(f *model.Func) (found *model.Op) {
	for _, o := range d.ch.Sends {
		if o.Func == f {
			if found != nil || f.Reaches(o.Block(), o.Block()) {
				return nil
			}
			found = o
		}
	}
	return found
}

// isTakenBefore reports whether a token is taken for each goroutine that runs f
// where it is started.
func (d *tokens) isTakenBefore(f *model.Func) bool {
	if slices.ContainsFunc(d.ch.Sends, func(o *model.Op) bool { return slices.Contains(d.j.taskOf(f).near, o.Func) }) {
		return false
	}
	for _, s := range f.Started {
		taken := slices.ContainsFunc(d.ch.Sends, func(o *model.Op) bool {
			return o.Func == s.Func && model.Before(o.Instr, s.Instr)
		})
		if !taken {
			return false
		}
	}
	return true
}

// add reports the return that keeps the token: of a group if anybody waits for
// it, since that wait never ends.
func (d *tokens) add(f *model.Func, taken *model.Op, ret *ssa.Return, back ssa.Instruction) {
	rule, s := "abandoned-sender", f.Started[0]
	if slices.ContainsFunc(d.j.Groups, func(g *model.Group) bool { return len(g.Waits) > 0 && d.j.isOn(s, g) }) {
		rule = "group-never-done"
	}
	if taken == nil {
		taken = d.ch.Sends[0]
	}
	pos, given := retPos(f, ret), callPos(d.j.Package, back)
	d.j.report.Add(report.Finding{
		Rule:    rule,
		Pos:     pos,
		Message: fit("this return keeps its slot of " + taken.Name() + ", which others give back (" + where(d.j.report.Where(pos, given)) + "), so all wait for one in the end; defer the receive"),
		Related: []analysis.RelatedInformation{
			report.Step(taken.Pos, "the slot is taken here, and later goroutines wait for one"),
			report.Step(given, "other paths give the slot back"),
		},
		Strict: d.j.IsTestFile(pos),
		Defect: f,
	})
}
