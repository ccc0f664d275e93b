package goroutineleak

import (
	"go/types"
	"path"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file lists what a goroutine tells others: sends, closes, Done, wake-ups,
// locks and permits given back (may).

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
	return name == semRelease || deferred && path.Base(name.Pkg) == "atomic"
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

// addSendCases notes the sends of a select.
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

// parentOf returns the function that a value belongs to.
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

// hasOutside reports whether an operation is performed outside the task.
func hasOutside(ops []*model.Op, t *task) bool {
	return slices.ContainsFunc(ops, func(o *model.Op) bool { return !slices.Contains(t.near, o.Func) })
}

// hasCaseOutside reports whether a select outside the task receives.
func hasCaseOutside(cases []*model.Case, t *task) bool {
	return slices.ContainsFunc(cases, func(k *model.Case) bool {
		return k.Dir == types.RecvOnly && !slices.Contains(t.near, k.Select.Func())
	})
}
