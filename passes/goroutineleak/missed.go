package goroutineleak

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds the way out of a function that misses the Wait of its group.
// Where a way that waits and one that does not come together again, the Wait
// stands under a condition, which is only wrong if it has nothing to do with the
// condition under which goroutines are started (see guard.go).

// judgeLocal reports a group without any Wait, or a return that misses it.
func (j *judge) judgeLocal(l *localGroup) {
	first := l.spawns[0]
	if len(l.class.Waits) == 0 {
		if j.isJoinedOtherwise(l) || j.isProcessScope(l.f) && !l.f.MayReturn() || j.isStated(first) {
			return
		}
		j.report.Add(report.Finding{
			Rule:    "group-not-waited",
			Pos:     first.Pos,
			Message: "nobody waits for " + l.name + ": its goroutines outlive " + l.f.Name() + " and their results are lost; call " + l.name + ".Wait",
			Defect:  first,
		})
		return
	}
	m := &missed{j: j, l: l, stops: j.waitPoints(l)}
	for _, s := range l.spawns {
		if m.judge(s) {
			return
		}
	}
}

// missed looks for the paths of one function that do not wait for its group.
type missed struct {
	j     *judge
	l     *localGroup
	stops map[ssa.Instruction]bool
}

// judge reports the return that some path from a spawn reaches without waiting.
func (m *missed) judge(s *model.Spawn) bool {
	if s.Func == m.l.f {
		return m.judgeFrom(s, s.Instr, nil)
	}
	for _, c := range s.Func.Callers {
		if c.From != m.l.f || c.Deferred || m.stops[c.Instr] {
			continue
		}
		failed, ok := failsAtOnce(m.l.f, c)
		if ok && m.judgeFrom(s, c.Instr, failed) {
			return true
		}
	}
	return false
}

// failsAtOnce lists the branches behind the call of a function that starts
// goroutines on which it has failed and so has started none; it gives up if
// somebody may look at the error later.
func failsAtOnce(f *model.Func, c *model.Call) (map[edge]bool, bool) {
	results := c.Instr.Common().Signature().Results()
	if results.Len() == 0 {
		return nil, true
	}
	if !endsInError(c.Instr.Common().Signature()) {
		return nil, false
	}
	call, ok := c.Instr.(*ssa.Call)
	if !ok {
		return nil, false
	}
	failed := failEdges(f, func(v ssa.Value) bool {
		x, isExtract := v.(*ssa.Extract)
		return v == ssa.Value(call) || isExtract && x.Tuple == call && x.Index == results.Len()-1
	})
	for e := range failed {
		if e.from != call.Block() {
			delete(failed, e)
		}
	}
	return failed, len(failed) > 0
}

// judgeFrom reports the return that some path from an instruction reaches
// without waiting; the edges in first are not taken at once.
func (m *missed) judgeFrom(s *model.Spawn, from ssa.Instruction, first map[edge]bool) bool {
	l := m.l
	if startedBefore(l.f, from, m.stops) {
		return false
	}
	ret := leavesAfter(l.f, from, m.stops, first)
	if ret == nil {
		return false
	}
	pos := ret.Pos()
	if wait := m.waitBefore(ret); wait != nil {
		if !m.isUnrelated(from) {
			return false
		}
		if !pos.IsValid() {
			pos = wait.Pos
		}
	}
	if !pos.IsValid() || m.countsAnswers(ret) || m.j.isStated(s) {
		return false
	}
	what := "this return leaves"
	if !ret.Pos().IsValid() {
		what = "the way around this Wait leaves"
	}
	m.j.report.Add(report.Finding{
		Rule:    "group-not-waited",
		Pos:     pos,
		Message: what + " the goroutines of " + l.name + " behind" + m.advice(s, ret, pos),
		Related: []analysis.RelatedInformation{
			report.Step(s.Pos, "a goroutine is started here"),
			report.Step(l.class.Waits[0].Pos, "other paths wait for it here"),
		},
		Strict: m.isHarmless(ret),
		Defect: s,
	})
	return true
}

// advice says where the goroutines come from and what to do about a return that
// leaves them. Where the return also skips a goroutine that was counted already, to
// wait would be to wait for ever.
func (m *missed) advice(s *model.Spawn, ret *ssa.Return, pos token.Pos) string {
	for _, o := range m.l.class.Adds {
		if o.Func == m.l.f && !o.Deferred && model.Before(o.Instr, ret) && leavesWithout(m.l.f, o.Instr, m.starts()) == ret {
			return ", and one counted by Add that never starts; Add just before go and wait"
		}
	}
	return " (started " + m.j.report.Where(pos, s.Pos) + "); wait for " + m.l.name + " first"
}

// starts lists the go statements of the group.
func (m *missed) starts() map[ssa.Instruction]bool {
	all := make(map[ssa.Instruction]bool)
	for _, s := range m.l.spawns {
		all[s.Instr] = true
	}
	return all
}

// waitBefore returns a Wait that a return also lies behind, or nil.
func (m *missed) waitBefore(ret *ssa.Return) *model.Op {
	for _, o := range m.l.class.Waits {
		if o.Func == m.l.f && m.l.f.MayFollow(o.Instr, ret) {
			return o
		}
	}
	return nil
}
