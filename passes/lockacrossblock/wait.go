package lockacrossblock

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds the waits that happen with a lock held: operations of the
// function itself, and those of functions of the package that it calls. What is
// held is certain; that the operation waits is a may.

// wait is one operation that may wait while a lock is held.
type wait struct {
	op     *model.Op
	from   *model.Func  // the function that holds the lock
	call   *model.Call  // the call that leads to op, or nil if op is from's own
	held   lockset.Held // the lock that the report names
	all    []lockset.Held
	reason facts.Wait // for a call: the wait that is judged
}

// pos is the place to edit: the call in the function that holds the lock.
func (w *wait) pos() token.Pos {
	if w.call != nil {
		return w.call.Pos
	}
	return w.op.Pos
}

// defect identifies the wait.
func (w *wait) defect() defect {
	if w.call != nil {
		return defect{w.call.Instr}
	}
	return defect{w.op.Instr}
}

// judgeOps judges the waits that stand in f itself.
func (j *judge) judgeOps(f *model.Func) {
	for _, o := range f.Ops {
		if !o.Wait.Waits() || lockset.IsLockOp(o) {
			continue
		}
		all := j.contended(f, o)
		if len(all) == 0 {
			continue
		}
		w := &wait{op: o, from: f, all: all, held: worst(all)}
		j.direct[o.Instr] = o.Action != model.CondWait // which lets go of its own lock, not of its callers'
		j.judgeWait(w)
	}
}

// judgeCalls judges the waits in functions of the package that f calls.
func (j *judge) judgeCalls(f *model.Func) {
	for _, c := range f.AllCalls() {
		if c.To == f {
			continue
		}
		held := j.locks.HeldAt(f, c.Instr)
		if len(held) == 0 {
			continue
		}
		for _, o := range c.To.Ops {
			if w := j.waitThrough(c, o, held); w != nil {
				j.judgeWait(w)
			}
		}
		j.judgeSecond(c, held)
	}
}

// waitThrough returns the wait of a callee's operation, or nil if it is judged
// elsewhere or the lock may have been released by then.
func (j *judge) waitThrough(c *model.Call, o *model.Op, held []lockset.Held) *wait {
	if !o.Wait.Waits() || o.Deferred || o.Action == model.CallWait || lockset.IsLockOp(o) || j.direct[o.Instr] {
		return nil
	}
	var all []lockset.Held
	for _, h := range held {
		if !j.isPrivate(c.From, h, c.Instr) && j.locks.IsKept(c, h, o.Instr) {
			all = append(all, h)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return &wait{op: o, from: c.From, call: c, all: all, held: worst(all)}
}

// contended returns the locks held at an operation that others may wait for.
func (j *judge) contended(f *model.Func, o *model.Op) []lockset.Held {
	var out []lockset.Held
	for _, h := range j.locks.HeldAt(f, o.Instr) {
		if !j.isPrivate(f, h, o.Instr) && j.keepsThrough(o, h) {
			out = append(out, h)
		}
	}
	return out
}

// keepsThrough reports whether a call leaves the lock alone while it waits: a
// function of the package that touches locks of that class may let go of it.
func (j *judge) keepsThrough(o *model.Op, h lockset.Held) bool {
	if o.Action != model.CallWait {
		return true
	}
	for _, c := range o.Func.AllCalls() {
		if c.Instr == o.Instr && h.Class != nil && (j.mayTouch(c.To)[h.Class] || j.expects(c.To, h)) {
			return false
		}
	}
	return true
}

// expects reports whether a function is entered with a lock by convention, so
// that its waits are judged there.
func (j *judge) expects(f *model.Func, h lockset.Held) bool {
	return slices.ContainsFunc(j.locks.HeldAt(f, f.SSA.Blocks[0].Instrs[0]), func(x lockset.Held) bool { return x.Assumed && x.Class == h.Class })
}

// worst chooses the lock to name: one held for writing before one held for
// reading, the one taken last.
func worst(all []lockset.Held) lockset.Held {
	best := all[0]
	for _, h := range all[1:] {
		if h.Mode < best.Mode || h.Mode == best.Mode && h.Pos > best.Pos {
			best = h
		}
	}
	return best
}

// judgeWait hands a wait to the rules for its kind.
func (j *judge) judgeWait(w *wait) {
	switch w.op.Action {
	case model.Send, model.Recv, model.RangeRecv, model.SelectWait:
		j.judgeChanOp(w)
	case model.GroupWait:
		j.judgeJoin(w)
	case model.CondWait:
		j.judgeCond(w)
	case model.CallWait:
		j.judgeCallWait(w)
	}
}

// add reports a wait by a rule; strict keeps it for level strict. What is held
// for reading only belongs to a rule of its own there.
func (j *judge) add(w *wait, name string, strict bool, message string) {
	j.addAs(w, w.defect(), name, strict, message)
}

// section identifies a critical section by where its lock is taken: all that
// goes wrong in it in one way is one defect, with one cure.
type section struct {
	rule string
	from token.Pos
}

// addOnce reports a wait as the one defect of its critical section.
func (j *judge) addOnce(w *wait, name string, strict bool, message string) {
	if w.held.Assumed {
		j.add(w, name, strict, message)
		return
	}
	j.addAs(w, section{name, w.held.Pos}, name, strict, message)
}

// addAs reports a wait as the defect that is given.
func (j *judge) addAs(w *wait, defect any, name string, strict bool, message string) {
	if strict && w.held.Mode == lockset.Read {
		name, strict = rlockAcrossWait, false
	}
	f := report.Finding{Rule: name, Pos: w.pos(), Message: message, Strict: strict, Related: j.steps(w), Defect: defect}
	f.Fix, f.Unsafe = j.fixFor(w, name)
	j.note(f)
}

// steps explains a wait: where the lock is taken, and where the callee waits.
func (j *judge) steps(w *wait) []analysis.RelatedInformation {
	var steps []analysis.RelatedInformation
	if w.held.Assumed {
		steps = append(steps, report.Step(w.held.Pos, "%s is held here already", w.held.Name))
	} else {
		steps = append(steps, report.Step(w.held.Pos, "%s is locked here", w.held.Name))
	}
	if w.call != nil {
		return append(steps, report.Step(w.op.Pos, "%s %s here", w.op.Func.Name(), verb(w.op)))
	}
	if x := w.reason; x.Waits() {
		for _, s := range j.Facts.Explain(x) {
			if s.At != "" {
				steps = append(steps, report.Step(w.pos(), "%s goes on at %s", s.Name.Short(), s.At))
			}
		}
	}
	return steps
}

// verb says what an operation does, as a message spells it.
func verb(o *model.Op) string {
	switch o.Wait.Kind {
	case op.Send:
		return "sends on " + o.Name()
	case op.Recv, op.Range:
		return "receives from " + o.Name()
	case op.Select:
		return "waits in a select"
	case op.Join:
		return "waits for " + o.Name()
	case op.Cond:
		return "waits for a signal on " + o.Name()
	case op.Sleep:
		return "sleeps"
	}
	return "waits"
}
