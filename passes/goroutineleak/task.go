package goroutineleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

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

// signal is something that another goroutine can wait for. All but one field
// are nil.
type signal struct {
	at    ssa.Instruction
	in    *model.Func
	ch    *model.Chan
	group *model.Group
	cond  bool // a condition, a lock or a semaphore
	last  bool // it is sent on the way out
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

// readSignals notes what f can tell others.
func (j *judge) readSignals(t *task, f *model.Func) {
	for _, o := range f.Ops {
		sig := signal{at: o.Instr, in: f, last: o.Deferred}
		switch o.Action {
		case model.Send:
			if t.depth[f] == maxTold {
				continue
			}
			sig.ch = o.Chan
		case model.Close:
			sig.ch = o.Chan
		case model.GroupDone:
			sig.group = j.groups[o]
		case model.CondWake:
			sig.cond = true
		case model.Recv, model.Unlock, model.RUnlock:
			if t.depth[f] > 0 || !isHandOver(o) {
				continue
			}
			sig.cond = true
		case model.SelectWait:
			if t.depth[f] < maxTold {
				t.addSendCases(o)
			}
			continue
		default:
			continue
		}
		t.signals = append(t.signals, sig)
	}
	instrs(f, func(i ssa.Instruction) {
		call, ok := i.(ssa.CallInstruction)
		if ok && t.depth[f] < maxTold && (isUnknownValue(j.Package, call.Common()) || isRelease(call)) {
			t.callsBack = true
		}
	})
}

// isRelease reports whether a call gives back a permit, or sets a flag on the
// way out.
func isRelease(call ssa.CallInstruction) bool {
	name := calledName(call.Common())
	_, deferred := call.(*ssa.Defer)
	return name == semRelease || deferred && name.Pkg == "sync/atomic"
}

// isHandOver reports whether an operation lets another goroutine go on: it
// takes a token from a semaphore, or the value of a sender that waits for that,
// or unlocks what it has not locked.
func isHandOver(o *model.Op) bool {
	if o.Action == model.Recv {
		return o.Chan.IsSemaphore() || o.Chan.IsUnbuffered() && o.Chan.IsClosedWorld() && o.Chan.HasSends() && o.Func.LoopAt(o.Pos) == nil
	}
	for _, other := range o.Func.Ops {
		if (other.Action == model.Lock || other.Action == model.RLock) && other.Class == o.Class {
			return false
		}
	}
	return true
}

func (t *task) addSendCases(o *model.Op) {
	for _, k := range o.Select.Cases {
		if k.Dir == types.SendOnly {
			t.signals = append(t.signals, signal{at: o.Instr, in: o.Func, ch: k.Chan})
		}
	}
}

// isUnknownValue reports whether a call goes through a function value that came
// from elsewhere and is not in view: it may tell anybody anything. A value that
// the calling function got from a call of its own, such as its own cancel
// function, tells only itself.
func isUnknownValue(p *model.Package, common *ssa.CallCommon) bool {
	if common.IsInvoke() || common.StaticCallee() != nil {
		return false
	}
	if _, ok := common.Value.(*ssa.Builtin); ok || p.ClosureIn(common.Value) != nil {
		return false
	}
	place := p.PlaceOf(common.Value)
	made, ok := place.Root.(ssa.Instruction)
	_, isVar := place.Root.(*ssa.Alloc)
	return !ok || isVar || place.Fields != "" || made.Parent() != parentOf(common.Value)
}

func parentOf(v ssa.Value) *ssa.Function {
	if i, ok := v.(ssa.Instruction); ok {
		return i.Parent()
	}
	return v.Parent()
}

// isHeard reports whether somebody outside the task waits for the signal, or
// might out of view.
func (sig signal) isHeard(t *task) bool {
	switch {
	case sig.cond:
		return true
	case sig.ch != nil:
		return sig.ch.Out || sig.ch.In || hasOutside(sig.ch.Recvs, t) || hasCaseOutside(sig.ch.Cases, t)
	case sig.group != nil:
		return sig.group.Out || sig.group.In || hasOutside(sig.group.Waits, t)
	}
	return true // nothing is known of it
}

func hasOutside(ops []*model.Op, t *task) bool {
	return slices.ContainsFunc(ops, func(o *model.Op) bool { return !slices.Contains(t.near, o.Func) })
}

func hasCaseOutside(cases []*model.Case, t *task) bool {
	return slices.ContainsFunc(cases, func(k *model.Case) bool {
		return k.Dir == types.RecvOnly && !slices.Contains(t.near, k.Select.Func())
	})
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
	return false
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
