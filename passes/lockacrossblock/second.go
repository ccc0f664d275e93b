package lockacrossblock

import (
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file looks one call further than the others, for bare sends: a function that
// only passes on what it is given hides them from a reader, not from whoever waits
// for the lock.

// judgeSecond judges the sends in functions that the callee of c calls on every
// path, with what is held at c.
func (j *judge) judgeSecond(c *model.Call, held []lockset.Held) {
	for _, next := range c.To.AllCalls() {
		if next.To == c.To || next.To == c.From || next.Deferred || !isAlwaysRun(c.To, next.Instr.Block()) {
			continue
		}
		kept := slices.DeleteFunc(slices.Clone(held), func(h lockset.Held) bool {
			return !j.locks.IsKept(c, h, next.Instr) || j.isPrivate(c.From, h, c.Instr)
		})
		for _, o := range next.To.Ops {
			if o.Action == model.Send && o.Wait.Waits() && !mayBePermit(o) && !j.direct[o.Instr] && len(kept) > 0 && j.areKept(next, kept, o) {
				j.judgeWait(&wait{op: o, from: c.From, call: c, all: kept, held: worst(kept)})
			}
		}
	}
}

// mayBePermit reports whether a send may take a permit: it carries nothing, and the
// channel may have room.
func mayBePermit(o *model.Op) bool {
	ch, ok := o.Value.Type().Underlying().(*types.Chan)
	if !ok {
		return true
	}
	st, isStruct := ch.Elem().Underlying().(*types.Struct)
	return isStruct && st.NumFields() == 0 && (o.Chan == nil || len(o.Chan.Makes) == 0 || o.Chan.MaxCap() != 0)
}

// areKept reports whether a callee still holds all of some locks at an operation.
func (j *judge) areKept(c *model.Call, held []lockset.Held, o *model.Op) bool {
	return !slices.ContainsFunc(held, func(h lockset.Held) bool { return !j.locks.IsKept(c, h, o.Instr) })
}
