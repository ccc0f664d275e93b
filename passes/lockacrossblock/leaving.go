package lockacrossblock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file looks at receivers closely: what they do before anybody can know of
// the channel stops no sender, what they do when they give up may.

// isBeforeMake reports whether a receiver is past a lock by the time a sender can
// know of the channel: the receiving function makes it, and hands it on after it
// took the lock for the last time.
func isBeforeMake(x, send, recv *model.Op) bool {
	mk := madeBy(send, recv)
	if mk == nil || !lockset.IsAcquire(x) || !model.Before(x.Instr, recv.Instr) {
		return false
	}
	return !handsOnBefore(mk, x)
}

// madeBy returns the make of the channel that recv's own function receives from, if
// the channels of send all come from there.
func madeBy(send, recv *model.Op) *model.Make {
	c := send.Chan
	if c == nil {
		c = soleSend(send.Select)
	}
	if c == nil || len(c.Makes) != 1 || c.Makes[0].Func != recv.Func {
		return nil
	}
	return c.Makes[0]
}

// handsOnBefore reports whether a channel may be known outside of the function that
// makes it before x: it is stored, sent, captured or handed over.
func handsOnBefore(mk *model.Make, x *model.Op) bool {
	seen := make(map[ssa.Value]bool)
	todo := []ssa.Value{mk.Instr}
	for len(todo) > 0 {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[v] || v.Referrers() == nil {
			continue
		}
		seen[v] = true
		for _, ref := range *v.Referrers() {
			next, out := passesOn(ref, v)
			if out && mk.Func.MayFollow(ref, x.Instr) {
				return true
			}
			if next != nil {
				todo = append(todo, next)
			}
		}
	}
	return false
}

// passesOn returns the value that takes over v at an instruction, or says that v is
// out of the function's hands there.
func passesOn(ref ssa.Instruction, v ssa.Value) (next ssa.Value, out bool) {
	switch i := ref.(type) {
	case *ssa.Store:
		if i.Val != v {
			return nil, false
		}
		switch addr := i.Addr.(type) {
		case *ssa.Alloc:
			return addr, false
		case *ssa.FieldAddr:
			if alloc, ok := addr.X.(*ssa.Alloc); ok {
				return alloc, false
			}
		}
		return nil, true
	case *ssa.ChangeType, *ssa.Phi, *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr:
		return i.(ssa.Value), false
	case *ssa.Select, *ssa.DebugRef, *ssa.BinOp:
		return nil, false
	}
	return nil, true
}

// isOnStop reports whether x is what a receiver does once it hears of the end, of
// which its select hears like that of the sender.
func isOnStop(x, recv *model.Op) bool {
	if recv.Select == nil {
		return false
	}
	for _, k := range recv.Select.Cases {
		if k.Kind == model.Stop && k.Entry != nil && k.Entry.Dominates(x.Block()) {
			return true
		}
	}
	return false
}

// isOnClosed reports whether x is what a receiver does after it has found a channel
// closed: nobody sends any more.
func isOnClosed(x, recv *model.Op) bool {
	return isGuarded(x.Block(), func(cond ssa.Value, branch bool) bool {
		open, ok := cond.(*ssa.Extract)
		if !ok || branch || open.Index != 1 {
			return false
		}
		from, ok := open.Tuple.(ssa.Instruction)
		return ok && from == recv.Instr
	})
}

// needsOnLeaving returns where a receiver that waits for one value only takes h's
// lock after it chose another case, so that nobody receives any more; or nil. A
// select of the sender's hears of the end as well as the receiver does.
func (j *judge) needsOnLeaving(w *wait, o *model.Op, h lockset.Held) *model.Op {
	if o.Select == nil || loopOf(o) != nil {
		return nil
	}
	for _, k := range o.Select.Cases {
		isEnd := k.Kind == model.Stop && w.op.Select == nil || k.Kind == model.Timer || k.Value != nil && isClockChan(k.Value.Type())
		if k.Dir != types.RecvOnly || k.Entry == nil || !isEnd {
			continue
		}
		for _, x := range o.Func.Ops {
			if mustWaitFor(x, h) && k.Entry.Dominates(x.Block()) {
				return x
			}
		}
	}
	return nil
}

// isAwaited reports whether whoever sends finds a receiver that waits for just this
// value: the receiver makes the channel, hands it on and does nothing but receive.
func (j *judge) isAwaited(w *wait) bool {
	c := w.op.Chan
	if w.op.Action != model.Send || !c.IsClosedWorld() || len(c.Recvs) == 0 || len(c.Cases) > 0 {
		return false
	}
	for _, r := range c.Recvs {
		if r.Action != model.Recv || r.Deferred || loopOf(r) != nil || madeBy(w.op, r) == nil || waitsBetween(r) {
			return false
		}
	}
	return true
}

// waitsBetween reports whether a receiver waits for anything else after it has
// handed the channel on.
func waitsBetween(r *model.Op) bool {
	mk := r.Chan.Makes[0]
	for _, o := range r.Func.Ops {
		if o.Wait.Waits() && o.Instr != r.Instr && r.Func.MayFollow(o.Instr, r.Instr) && handsOnBefore(mk, o) {
			return true
		}
	}
	return false
}
