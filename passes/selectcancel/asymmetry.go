package selectcancel

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A function that sends on a channel here in a select with its end, and there
// bare, says itself that the receiver may be gone. Must: both sends are on the
// channel of the same place and in the same declared function, and the bare one
// has no room that is known to last.

// guardedElsewhere returns the case that ends another send on the channel of a
// bare send, or nil.
func (j *judge) guardedElsewhere(o *model.Op) *model.Case {
	if o.Action != model.Send || o.Place.IsZero() || isRoomy(o) || j.isSentAgain(o) {
		return nil
	}
	for _, f := range j.Funcs {
		if f.Decl() != o.Func.Decl() {
			continue
		}
		for _, s := range f.Selects {
			if end := endBeside(j, s, o); end != nil {
				return end
			}
		}
	}
	return nil
}

// endBeside returns the Stop case of a select that also sends on the channel of o,
// or nil.
func endBeside(j *judge, s *model.Select, o *model.Op) (end *model.Case) {
	sends := false
	for _, k := range s.Cases {
		switch {
		case k.Dir == types.SendOnly:
			sends = sends || j.PlaceOf(k.Value) == o.Place
		case k.Kind == model.Stop:
			end = k
		}
	}
	if !sends || s.Op == o {
		return nil
	}
	return end
}

// isRoomy reports whether a send has a buffer that is made to measure: its
// capacity is computed, or the send is outside loops.
func isRoomy(o *model.Op) bool {
	return o.Chan.MinCapKnown() > 0 && (o.Chan.MaxCap() < 0 || !o.Func.Reaches(o.Block(), o.Block()))
}

// isSentAgain reports whether a bare send only hands back what was taken from the
// same channel, as the tokens of a pool.
func (j *judge) isSentAgain(o *model.Op) bool {
	send, ok := o.Instr.(*ssa.Send)
	if !ok {
		return true
	}
	recv, ok := send.X.(*ssa.UnOp)
	return ok && j.PlaceOf(recv.X) == o.Place
}
