package unboundedchan

import (
	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
)

// This file says what a goroutine waits for: only waits that tables and facts
// know, in its body or a call away. Calls through interfaces and function
// values are missed.

// work is one wait of a goroutine for something outside the process.
type work struct {
	wait facts.Wait
	op   *model.Op // the call that waits; nil if the goroutine's function is not in view
}

// workOf returns what the goroutine of s waits for outside this process.
func (j *judge) workOf(s *model.Spawn) (work, bool) {
	if s.Body != nil {
		return j.workIn(s.Body, 0)
	}
	if s.Callee != nil {
		for _, w := range j.Facts.Of(s.Callee).Waits {
			if w.Kind.IsOutside() {
				return work{wait: w}, true
			}
		}
	}
	return work{}, false
}

// workIn looks through a function, the loop bodies inside it, and the literals
// that it calls.
func (j *judge) workIn(f *model.Func, depth int) (work, bool) {
	for _, o := range f.Ops {
		if o.Action != model.CallWait || o.Call == nil {
			continue
		}
		for _, w := range j.Facts.Waits(o.Call) {
			if w.Kind.IsOutside() {
				return work{w, o}, true
			}
		}
	}
	if depth == maxCalls {
		return work{}, false
	}
	for _, lit := range f.Lits {
		if lit.IsLoopBody() {
			if w, ok := j.workIn(lit, depth+1); ok {
				return w, true
			}
		}
	}
	for _, c := range f.Calls {
		if c.To.Obj == nil {
			if w, ok := j.workIn(c.To, depth+1); ok {
				return w, true
			}
		}
	}
	return work{}, false
}

// isWorker reports whether a goroutine serves a channel or a queue for as long
// as there is something: starting several is how a pool is made.
func isWorker(body *model.Func) bool {
	if body == nil {
		return false
	}
	for _, o := range body.Ops {
		if (o.Action == model.RangeRecv || o.Action == model.Recv && body.LoopAt(o.Pos) != nil) && (o.Chan == nil || !isLocalTo(body, o.Chan)) {
			return true
		}
	}
	for _, s := range body.Selects {
		if s.Loop() != nil && s.HasCase(model.Work) {
			return true
		}
	}
	return false
}

// isLocalTo reports whether all makes of a channel are in f.
func isLocalTo(f *model.Func, c *model.Chan) bool {
	for _, m := range c.Makes {
		if m.Func != f {
			return false
		}
	}
	return len(c.Makes) > 0 && !c.In
}
