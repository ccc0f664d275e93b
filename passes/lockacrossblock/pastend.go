package lockacrossblock

import (
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file knows code that takes down: it has heard of one end before it takes
// its lock, and under the lock it waits for nothing but further ends. What comes
// for the lock then is not to be let in any more. May: the ends go by the model's
// idea of a stop.

// isPastEnd reports whether a wait is for ends only, by code that took its lock
// after it had heard of an end.
func (j *judge) isPastEnd(w *wait) bool {
	if w.call != nil || w.held.Assumed || !isEndOnly(w.op) {
		return false
	}
	for _, x := range w.from.Ops {
		if lockset.IsAcquire(x) && x.Pos == w.held.Pos && hearsEndBefore(x) {
			return true
		}
	}
	return false
}

// isEndOnly reports whether all that an operation waits for are ends.
func isEndOnly(o *model.Op) bool {
	if o.Select == nil {
		return isEndRecv(o)
	}
	for _, k := range o.Select.Cases {
		if k.Kind != model.Stop {
			return false
		}
	}
	return len(o.Select.Cases) > 0
}

// isEndRecv reports whether an operation is a bare receive that an end serves.
func isEndRecv(o *model.Op) bool {
	return o.Action == model.Recv && o.Select == nil && o.Func.Pkg.ChanKind(o.Value, o.Expr()) == model.Stop
}

// hearsEndBefore reports whether a lock is only taken after a bare receive that an
// end serves.
func hearsEndBefore(lock *model.Op) bool {
	for _, r := range lock.Func.Ops {
		if isEndRecv(r) && !r.Deferred && model.Before(r.Instr, lock.Instr) {
			return true
		}
	}
	return false
}
