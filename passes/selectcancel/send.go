package selectcancel

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file proves that a bare send may wait for ever: in a loop that claims to
// hear cancellation and whose receiver nobody vouches for, or because every
// receiver in view may leave. Goroutines that answer their own spawner once, and
// replies to requests, are other rules' business.

// deafInLoop returns the Stop case of the select in whose case body a bare send
// may wait for ever: the loop claims to hear cancellation, and the send's
// receiver is out of view or may have left. It is nil if the wait is not proven
// to be unbounded.
func (j *judge) deafInLoop(o *model.Op) *model.Case {
	if o.Action != model.Send || isReply(o) || !mayLackReceiver(o.Chan) {
		return nil
	}
	for _, s := range o.Func.Selects {
		if s.Loop() == nil || !inBody(s, o) && !isPolledBefore(s, o) {
			continue
		}
		for _, k := range s.Cases {
			if k.Kind == model.Stop && k.MayLeave() && o.Func.Reaches(o.Block(), s.Op.Block()) {
				return k
			}
		}
	}
	return nil
}

// isPolledBefore reports whether the loop of s leaves by it before each send,
// without waiting.
func isPolledBefore(s *model.Select, o *model.Op) bool {
	return s.HasDefault && wayOut(s) != nil && s.Loop().Contains(o.Pos) && model.Before(s.Op.Instr, o.Instr)
}

// inBody reports whether o runs in the body of a case that is no Stop case.
func inBody(s *model.Select, o *model.Op) bool {
	for _, k := range s.Cases {
		if k.Kind != model.Stop && k.Contains(o.Pos) {
			return true
		}
	}
	return false
}

// mayLackReceiver reports whether nothing in view goes on receiving until the
// channel is closed: every receiver may leave, or none is in view.
func mayLackReceiver(c *model.Chan) bool {
	if c == nil || c.MaxCapKnown() > 0 {
		return false
	}
	for _, r := range c.Recvs {
		if r.Action == model.RangeRecv || r.Func.Reaches(r.Block(), r.Block()) {
			return false
		}
	}
	for _, k := range c.Cases {
		if k.Dir == types.RecvOnly && k.Select.Loop() != nil && wayOut(k.Select) == nil {
			return false
		}
	}
	return true
}

// isReply reports whether a send answers a request: its channel came out of a
// value that was received or handed in, or has room by convention.
func isReply(o *model.Op) bool {
	place := o.Func.Pkg.PlaceOf(o.Value)
	switch root := place.Root.(type) {
	case *ssa.Parameter:
		return place.Fields != "" && !isReceiver(root)
	case *ssa.Alloc:
		return place.Fields != ""
	case nil:
		return true
	default:
		_, isGlobal := root.(*ssa.Global)
		return !isGlobal
	}
}

// isReceiver reports whether p is the receiver of its method.
func isReceiver(p *ssa.Parameter) bool {
	fn := p.Parent()
	return fn.Signature.Recv() != nil && len(fn.Params) > 0 && fn.Params[0] == p
}

// receiversLeave returns the Stop case through which every receiver of the
// channel may leave for good, or nil: the channel has no buffer, all its uses
// are in view, and each receive is a case beside a Stop case that leaves.
func (j *judge) receiversLeave(o *model.Op) *model.Case {
	c := o.Chan
	if o.Action != model.Send || !c.IsUnbuffered() || !c.IsClosedWorld() || len(c.Recvs) > 0 || isReply(o) || answersSpawner(o) {
		return nil
	}
	var stop *model.Case
	for _, k := range c.Cases {
		if k.Dir != types.RecvOnly {
			continue
		}
		way := wayOut(k.Select)
		if way == nil || k.Select.Func() == o.Func {
			return nil
		}
		if stop == nil {
			stop = way
		}
	}
	return stop
}

// wayOut returns a Stop case that always leaves the select for good, or nil.
func wayOut(s *model.Select) *model.Case {
	for _, k := range s.Cases {
		if k.Kind == model.Stop && k.Leaves() {
			return k
		}
	}
	return nil
}

// answersSpawner reports whether o runs in a goroutine whose channel was made by
// the function that started it.
func answersSpawner(o *model.Op) bool {
	for g := o.Func; g != nil; g = g.Parent {
		for _, s := range g.Started {
			for _, m := range o.Chan.Makes {
				if m.Func == s.Func {
					return true
				}
			}
		}
	}
	return false
}
