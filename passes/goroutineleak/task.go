package goroutineleak

import (
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
)

// This file says what a goroutine runs and whom it tells that it has ended. It
// is generous (may): whatever could tell somebody counts, so that "nobody
// joins" is only said when it is plain. Functions called are followed within
// the package, a few calls deep; calls through interfaces are not.

// task is what a goroutine runs.
type task struct {
	body  *model.Func
	funcs []*model.Func       // the body and what it calls in its own goroutine
	near  []*model.Func       // those and every literal inside them, whoever runs it
	depth map[*model.Func]int // how many calls away from the body

	signals   []signal
	callsBack bool // it gives back a permit, or calls a function value that is not in view
}

// maxTask bounds how many functions of a task are looked at.
const maxTask = 40

// maxTold is how many calls away from the body an end is still told: deeper
// sends are work, not news. Data is only sent one call away.
const maxTold = 2

// taskOf returns what runs in a goroutine whose body is f; f may be nil.
func (j *judge) taskOf(f *model.Func) *task {
	if t := j.tasks[f]; t != nil {
		return t
	}
	t := &task{body: f, depth: make(map[*model.Func]int)}
	j.tasks[f] = t
	if f == nil {
		t.callsBack = true
		return t
	}
	t.add(f, 0)
	for n := 0; n < len(t.funcs); n++ {
		t.addCalled(t.funcs[n])
	}
	for _, g := range t.funcs {
		t.addNear(g, t.depth[g])
	}
	for _, g := range t.near {
		if t.depth[g] <= maxTold {
			j.readSignals(t, g)
		}
	}
	return t
}

// add adds one function.
func (t *task) add(f *model.Func, depth int) {
	if len(t.funcs) >= maxTask || slices.Contains(t.funcs, f) {
		return
	}
	t.funcs = append(t.funcs, f)
	t.depth[f] = depth
}

// addCalled adds what f calls. The body of a loop over an iterator is f's own
// code.
func (t *task) addCalled(f *model.Func) {
	for _, lit := range f.Lits {
		if lit.IsLoopBody() {
			t.add(lit, t.depth[f])
		}
	}
	for _, c := range f.Calls {
		depth := t.depth[f]
		if c.To.Obj != nil {
			depth++
		}
		t.add(c.To, depth)
	}
}

// addNear adds a function with the literals inside it.
func (t *task) addNear(f *model.Func, depth int) {
	if slices.Contains(t.near, f) {
		return
	}
	t.near = append(t.near, f)
	t.depth[f] = depth
	for _, lit := range f.Lits {
		t.addNear(lit, depth)
	}
}

// isJoined reports whether anybody may learn that the goroutine has ended.
func (j *judge) isJoined(s *model.Spawn) bool {
	if s.Kind == model.ByGroup {
		return true // whether the group is waited for is another rule's matter
	}
	if s.Body == nil && s.Callee != nil {
		return tellsByArgs(s)
	}
	for _, t := range j.tasksOf(s) {
		if t.callsBack || slices.ContainsFunc(t.signals, func(sig signal) bool { return sig.isHeard(t) }) {
			return true
		}
	}
	return s.Kind == model.ByWrapper && j.asksWrapper(s, j.taskOf(s.Func).funcs)
}

// tellsByArgs reports whether a function out of view is given anything by which
// it could tell that it has ended.
func tellsByArgs(s *model.Spawn) bool {
	for _, arg := range s.Args() {
		switch u := arg.Type().Underlying().(type) {
		case *types.Chan, *types.Signature:
			return true
		case *types.Pointer:
			if named := model.NamedOf(u); named != nil && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync" {
				return true
			}
		}
	}
	return false
}

// tasksOf returns what a spawn runs, with the wrapper's own goroutine if it is
// started by one.
func (j *judge) tasksOf(s *model.Spawn) []*task {
	list := []*task{j.taskOf(s.Body)}
	if s.Kind != model.ByWrapper {
		return list
	}
	wrapper := j.FuncOf(s.Instr.Common().StaticCallee())
	if wrapper == nil {
		return list
	}
	for _, inner := range wrapper.Spawns {
		if inner.Body != nil {
			list = append(list, j.withoutParam(inner.Body))
		}
	}
	return list
}

// withoutParam is the task of a wrapper's goroutine; the function value it
// calls is the spawned body, so that calling it tells nothing.
func (j *judge) withoutParam(f *model.Func) *task {
	t := *j.taskOf(f)
	t.callsBack = false
	return &t
}

// isStoppable reports whether the task listens to anything that announces an
// end.
func (t *task) isStoppable() bool { return slices.ContainsFunc(t.near, hearsStop) }

// hearsStop reports whether f listens for an end: a stop case, a bare receive
// of a stop channel, or a range that a close ends.
func hearsStop(f *model.Func) bool {
	for _, s := range f.Selects {
		if s.HasCase(model.Stop) {
			return true
		}
	}
	for _, o := range f.Ops {
		switch o.Action {
		case model.RangeRecv:
			if f.Pkg.ChanKind(o.Value, o.Expr()) != model.Ticker {
				return true
			}
		case model.Recv:
			if f.Pkg.ChanKind(o.Value, o.Expr()) == model.Stop {
				return true
			}
		}
	}
	return false
}
