package goroutineleak

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file asks whether one given function waits for a goroutine before it
// returns. It leans towards yes: a wait anywhere in the function counts, and so
// does a channel or group that code out of view may wait for.

// isJoinedIn reports whether a function waits for the goroutine: h or what it
// calls receives what the goroutine sends, waits for its group, or cannot be
// seen not to.
func (j *judge) isJoinedIn(s *model.Spawn, h *model.Func) bool {
	waiters := j.taskOf(h).funcs
	for _, lit := range nested(h) {
		if len(lit.Started) == 0 {
			waiters = append(waiters[:len(waiters):len(waiters)], lit)
		}
	}
	if s.Group != nil && j.isWaitedIn(j.groups[s.Group], waiters) {
		return true
	}
	for _, t := range j.tasksOf(s) {
		for _, sig := range t.signals {
			if j.isHeardIn(sig, waiters) {
				return true
			}
		}
	}
	return s.Kind == model.ByWrapper && j.asksWrapper(s, waiters)
}

// asksWrapper reports whether one of fns calls a method named for waiting on the
// object whose method starts the goroutine: a group of the package's own.
func (j *judge) asksWrapper(s *model.Spawn, fns []*model.Func) bool {
	common := s.Instr.Common()
	if common.IsInvoke() || common.Signature().Recv() == nil || len(common.Args) == 0 {
		return false
	}
	object, found := j.PlaceOf(common.Args[0]), false
	for _, f := range fns {
		instrs(f, func(i ssa.Instruction) {
			call, ok := i.(ssa.CallInstruction)
			if !ok || call.Common().IsInvoke() || call.Common().Signature().Recv() == nil || len(call.Common().Args) == 0 {
				return
			}
			name := strings.ToLower(calledName(call.Common()).Func)
			isWait := strings.Contains(name, "wait") || strings.Contains(name, "join") || strings.Contains(name, "drain")
			found = found || isWait && !object.IsZero() && j.PlaceOf(call.Common().Args[0]) == object
		})
	}
	return found
}

// isHeardIn reports whether one of fns waits for a signal, or might.
func (j *judge) isHeardIn(sig signal, fns []*model.Func) bool {
	switch {
	case sig.cond:
		return true
	case sig.group != nil:
		return j.isWaitedIn(sig.group, fns)
	case sig.ch != nil:
		return isReceivedIn(sig.ch, fns)
	}
	return false
}

// isWaitedIn reports whether one of fns waits for a group, or code out of view
// might.
func (j *judge) isWaitedIn(g *model.Group, fns []*model.Func) bool {
	return g == nil || g.Out || slices.ContainsFunc(g.Waits, func(o *model.Op) bool { return slices.Contains(fns, o.Func) })
}

// isReceivedIn reports whether one of fns receives from a channel, or code out
// of view might.
func isReceivedIn(c *model.Chan, fns []*model.Func) bool {
	if c.Out && slices.ContainsFunc(fns, mayReceive) || slices.ContainsFunc(c.Recvs, func(o *model.Op) bool { return slices.Contains(fns, o.Func) }) {
		return true
	}
	return slices.ContainsFunc(c.Cases, func(k *model.Case) bool {
		return k.Dir == types.RecvOnly && slices.Contains(fns, k.Select.Func())
	})
}

// mayReceive reports whether f receives from any channel, or hands one to
// somebody who might: only then can it be the receiver of a channel that is
// out of view.
func mayReceive(f *model.Func) bool {
	for _, o := range f.Ops {
		if o.Action == model.Recv || o.Action == model.RangeRecv || o.Action == model.SelectWait {
			return true
		}
	}
	found := false
	instrs(f, func(i ssa.Instruction) {
		if call, ok := i.(ssa.CallInstruction); ok {
			found = found || slices.ContainsFunc(call.Common().Args, func(v ssa.Value) bool { return model.IsChan(v.Type()) })
		}
	})
	return found
}
