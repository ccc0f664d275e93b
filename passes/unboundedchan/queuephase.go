package unboundedchan

import "github.com/asynclint/asynclint/internal/model"

// This file tells a list of work from a queue between goroutines: one function
// first fills it, in a loop of its own, and then works it off. Must: all that adds
// and all that takes is called by that function, in its own goroutine.

// isWorkList reports whether the function that makes the queue grow in a loop is
// the one that takes from it behind that loop.
func (j *judge) isWorkList(q *queue) bool {
	var pops []*model.Call
	for _, p := range q.pops {
		calls, ok := j.callsOf(p)
		if !ok {
			return false
		}
		pops = append(pops, calls...)
	}
	for _, g := range q.grows {
		calls, ok := j.callsOf(g)
		if !ok {
			return false
		}
		for _, c := range calls {
			if !fillsBefore(c, pops) {
				return false
			}
		}
	}
	return len(pops) > 0
}

// callsOf lists the calls of the function around a change, if all of them are in
// view and none runs in a goroutine of its own.
func (j *judge) callsOf(t *touch) ([]*model.Call, bool) {
	f := j.funcAt(t.fn)
	if f == nil || f.Obj == nil || j.isOffered(f) || len(f.Callers) == 0 || len(f.Started) > 0 || f.EscapesAsValue() {
		return nil, false
	}
	for _, c := range f.Callers {
		if c.Deferred || !isOwnCode(c.From) {
			return nil, false
		}
	}
	return f.Callers, true
}

// isOffered reports whether code out of view can call f: it is exported, and so is
// the type it is a method of.
func (j *judge) isOffered(f *model.Func) bool {
	named := f.RecvNamed()
	return f.Obj.Exported() && (named == nil || named.Obj().Exported())
}

// isOwnCode reports whether f is a declared function, or the body of one of its
// loops over an iterator.
func isOwnCode(f *model.Func) bool {
	for ; f.Obj == nil; f = f.Parent {
		if f.Parent == nil || !f.IsLoopBody() {
			return false
		}
	}
	return true
}

// fillsBefore reports whether a call is in a loop of a function behind which that
// function makes all the calls that take.
func fillsBefore(c *model.Call, pops []*model.Call) bool {
	f := c.From.Decl()
	for _, p := range pops {
		if p.From.Decl() != f {
			return false
		}
	}
	for l := f.LoopAt(c.Pos); l != nil; l = l.Parent {
		behind := true
		for _, p := range pops {
			behind = behind && l.Syntax.End() <= p.Pos
		}
		if behind {
			return true
		}
	}
	return false
}
