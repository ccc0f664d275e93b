package lockacrossblock

import (
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file follows calls under a lock further than one step, for deadlocks only:
// a wait several calls down is reported where every counterpart needs the lock,
// and left to the facts about calls where it only takes long.

// maxDeep bounds the calls between the one under the lock and the wait, maxFar the
// waits that are looked at for one function.
const (
	maxDeep = 3
	maxFar  = 8
)

// far is a wait some calls down.
type far struct {
	chain []*model.Call // in the order in which they are made; the first is made by the function asked about
	op    *model.Op
}

// reach asks for the waits of one function, so many calls down.
type reach struct {
	f     *model.Func
	depth int
}

// judgeDeep judges the waits at least two calls below f.
func (j *judge) judgeDeep(f *model.Func) {
	for _, c := range f.AllCalls() {
		if c.To == f {
			continue
		}
		waits := j.waitsBelow(c.To, maxDeep)
		if len(waits) == 0 {
			continue
		}
		held := j.locks.HeldAt(f, c.Instr)
		for _, x := range waits {
			if len(held) > 0 && !j.direct[x.op.Instr] {
				j.judgeFar(c, x, held)
			}
		}
	}
}

// judgeFar judges one wait with the locks held that all calls on the way keep.
func (j *judge) judgeFar(c *model.Call, x far, held []lockset.Held) {
	var all []lockset.Held
	for _, h := range held {
		if !j.isPrivate(c.From, h, c.Instr) && !h.Assumed && j.isKeptAlong(c, x, h) {
			all = append(all, h)
		}
	}
	if len(all) == 0 {
		return
	}
	w := &wait{op: x.op, from: c.From, call: c, all: all, held: worst(all)}
	if x.op.Action == model.GroupWait {
		j.judgeMembers(w, true)
		return
	}
	if !j.hasRoom(w) && !isToken(w.op) && !j.isDelivered(w) && !isClosed(w.op) && !j.neverWaits(w) {
		j.judgeCounterpart(w)
	}
}

// isKeptAlong reports whether a lock is still held at a wait some calls down.
func (j *judge) isKeptAlong(c *model.Call, x far, h lockset.Held) bool {
	for _, next := range x.chain {
		if !j.locks.IsKept(c, h, next.Instr) {
			return false
		}
		c = next
	}
	return j.locks.IsKept(c, h, x.op.Instr)
}

// waitsBelow returns waits for others that are in view, in
// functions that f calls, at most depth calls down.
func (j *judge) waitsBelow(f *model.Func, depth int) []far {
	if depth == 0 {
		return nil
	}
	key := reach{f, depth}
	if out, ok := j.below[key]; ok {
		return out
	}
	j.below[key] = nil
	var out []far
	for _, c := range f.AllCalls() {
		if c.Deferred || c.To == f {
			continue
		}
		for _, o := range c.To.Ops {
			if j.mayMeetOther(o) && len(out) < maxFar {
				out = append(out, far{[]*model.Call{c}, o})
			}
		}
		for _, x := range j.waitsBelow(c.To, depth-1) {
			if len(out) < maxFar {
				out = append(out, far{append([]*model.Call{c}, x.chain...), x.op})
			}
		}
	}
	j.below[key] = out
	return out
}

// mayMeetOther reports whether an operation waits for others that are in view: on a
// channel, for all of them, or for the goroutines of a group.
func (j *judge) mayMeetOther(o *model.Op) bool {
	switch o.Action {
	case model.GroupWait:
		return !o.Deferred && len(j.members(o)) > 0
	case model.Send, model.Recv, model.RangeRecv, model.SelectWait:
		_, others := j.peers(o)
		return o.Wait.Waits() && !o.Deferred && len(others) > 0
	}
	return false
}
