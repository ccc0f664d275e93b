package lockacrossblock

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// awaitsLockers reports whether a select that time ends waits, besides, only for
// functions of the package that take the lock held here before they come: it lasts
// its full time whenever they have not come before. All must be in view, and the wait stand in the function that holds
// the lock: what is called may let go of it by another name (must).
func (j *judge) awaitsLockers(w *wait) bool {
	c := soleRecv(w.op.Select)
	if c == nil || w.call != nil || !c.IsClosedWorld() || w.held.Class == nil {
		return false
	}
	others := counterparts(c, false)
	for _, o := range others {
		if o.Func.Decl() == w.from.Decl() || j.onWay(o, w.held) == nil {
			return false
		}
	}
	return len(others) > 0
}

// soleRecv returns the channel of a select's only case that is no clock, if it is a
// receive; nil otherwise.
func soleRecv(s *model.Select) (c *model.Chan) {
	if s == nil || s.HasDefault {
		return nil
	}
	for _, k := range s.Cases {
		switch {
		case k.Kind == model.Timer || k.Kind == model.Ticker:
		case k.Dir == types.RecvOnly && c == nil && k.Chan != nil:
			c = k.Chan
		default:
			return nil
		}
	}
	return c
}
