package lockacrossblock

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file judges waits for goroutines under a lock. They
// are certain deadlocks if whoever ends the wait needs the lock.

// judgeJoin judges the wait for a group.
func (j *judge) judgeJoin(w *wait) {
	if j.judgeMembers(w, false) {
		return
	}
	j.add(w, waitUnderLock, true, j.across(w, waitUnderLock, w.what(), "unlock first"))
}

// judgeMembers reports the wait for a goroutine that needs a lock held across it,
// and says whether it did; sure asks for one that needs it each time.
func (j *judge) judgeMembers(w *wait, sure bool) bool {
	for _, h := range w.all {
		for _, body := range j.members(w.op) {
			if o := j.needs(body, h); o != nil && (!sure || isAlwaysRun(o.Func, o.Block())) {
				j.addCircle(w, h, o, w.op.Name()+".Wait", "a goroutine it waits for takes")
				return true
			}
		}
		if o := j.donersNeed(w.op, h); o != nil {
			j.addCircle(w, h, o, w.op.Name()+".Wait", "whoever calls Done takes")
			return true
		}
	}
	return false
}

// donersNeed returns where every function that counts a group down takes a lock of
// h's class first, or nil if one of them does not.
func (j *judge) donersNeed(wait *model.Op, h lockset.Held) (taken *model.Op) {
	g := j.GroupOf(wait)
	if g == nil || g.Out {
		return nil
	}
	for _, d := range g.Dones {
		t := takes(d.Func, h)
		if t == nil || d.Deferred || !model.Before(t.Instr, d.Instr) {
			return nil
		}
		taken = t
	}
	return taken
}

// addCircle reports a wait for somebody who needs a lock held here.
func (j *judge) addCircle(w *wait, h lockset.Held, taken *model.Op, what, who string) {
	if w.call != nil {
		what = calleeOf(w.call)
	}
	message := fmt.Sprintf("%s is held across %s, but %s %s (%s); unlock first", h.Name, what, who, lockset.LockName(taken), where(j, w, taken))
	steps := j.steps(w)
	steps = append(steps, report.Step(taken.Pos, "%s is taken here, by %s", lockset.LockName(taken), taken.Func.Name()))
	j.note(report.Finding{Rule: waitUnderLock, Pos: w.pos(), Message: clip(message, waitUnderLock), Related: steps, Defect: w.defect()})
}

// where says where an operation is, seen from a wait.
func where(j *judge, w *wait, o *model.Op) string { return j.report.Where(w.pos(), o.Pos) }

// members returns the bodies of the goroutines that a wait joins, as far as
// they are in view.
func (j *judge) members(o *model.Op) []*model.Func {
	g := j.GroupOf(o)
	if g == nil {
		return nil
	}
	var out []*model.Func
	for _, s := range j.Spawns {
		if s.Body == nil || slices.Contains(out, s.Body) {
			continue
		}
		if s.Group != nil && slices.Contains(g.Gos, s.Group) || j.signsOff(s.Body, g) {
			out = append(out, s.Body)
		}
	}
	return out
}

// signsOff reports whether a goroutine's function calls Done on the group.
func (j *judge) signsOff(body *model.Func, g *model.Group) bool {
	for _, d := range g.Dones {
		if d.Func == body || d.Func.Parent == body && len(d.Func.Started) == 0 {
			return true
		}
	}
	return false
}

// needs returns where a function, or one that it calls, takes a lock of h's
// class before it is done, or nil.
func (j *judge) needs(body *model.Func, h lockset.Held) *model.Op {
	if o := takes(body, h); o != nil && !signsOn(body) && !j.isAfterDone(body, o.Instr) {
		return o
	}
	for _, c := range body.AllCalls() {
		if j.isAfterDone(body, c.Instr) {
			continue
		}
		if o := j.takesIn(c, h, maxNeed); o != nil {
			return o
		}
	}
	return j.needsInCallback(body, h)
}

// needsInCallback returns where a function that the body hands to code out of view
// takes a lock of h's class, or nil: what is handed over there is called there (may).
func (j *judge) needsInCallback(body *model.Func, h lockset.Held) *model.Op {
	for _, b := range body.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(*ssa.Call)
			if !ok || j.FuncOf(i.Call.StaticCallee()) != nil || j.isAfterDone(body, instr) {
				continue
			}
			for _, arg := range i.Call.Args {
				if o := j.takesInValue(arg, h); o != nil {
					return o
				}
			}
		}
	}
	return nil
}

// takesInValue returns where a function value takes a lock of h's class, or nil.
func (j *judge) takesInValue(v ssa.Value, h lockset.Held) *model.Op {
	value := j.FuncValueOf(v)
	if value == nil || value.To == nil {
		return nil
	}
	if o := takes(value.To, h); o != nil {
		return o
	}
	for _, c := range value.To.Calls {
		if o := j.takesIn(c, h, 1); o != nil {
			return o
		}
	}
	return nil
}

// maxNeed bounds the calls from a goroutine to the lock that it needs.
const maxNeed = 3

// takesIn returns where a call takes a lock of h's class, or nil: in the callee
// itself or, if it is a lock of the same object all the way down, further on.
func (j *judge) takesIn(c *model.Call, h lockset.Held, depth int) *model.Op {
	if signsOn(c.To) || h.Class == nil {
		return nil
	}
	if o := takes(c.To, h); o != nil {
		return o
	}
	if depth == 0 || !j.locks.MayTake(c, h.Class) {
		return nil
	}
	for _, next := range c.To.AllCalls() {
		if next.To == c.To || !j.locks.MayTake(next, h.Class) {
			continue
		}
		if o := j.takesIn(next, h, depth-1); o != nil {
			return o
		}
	}
	return nil
}

// signsOn reports whether f calls Add: whoever runs it is no member before.
func signsOn(f *model.Func) bool {
	return slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return o.Action == model.GroupAdd })
}

// takes returns the operation by which f itself takes a lock of h's class in a
// way that must wait for h, or nil.
func takes(f *model.Func, h lockset.Held) *model.Op {
	if h.Class == nil {
		return nil
	}
	for _, o := range f.Ops {
		if lockset.IsAcquire(o) && !o.Deferred && o.Class == h.Class && (o.Action == model.Lock || h.Mode == lockset.Write) {
			return o
		}
	}
	return nil
}

// isAfterDone reports whether an instruction only runs after the goroutine has
// signed off.
func (j *judge) isAfterDone(body *model.Func, at ssa.Instruction) bool {
	for _, o := range body.Ops {
		if o.Action != model.GroupDone || at.Parent() != body.SSA {
			continue
		}
		if _, isDeferred := at.(*ssa.Defer); isDeferred == o.Deferred && model.Before(o.Instr, at) != isDeferred {
			return true // what is deferred first runs last
		}
	}
	return false
}
