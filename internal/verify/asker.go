package verify

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds the methods to run beside a loop.

// senders lists the functions that send on a loop's channel: those that may
// find that the loop has ended, and those that ask for an answer on a channel
// of their own.
func (c *checker) senders(h harness) (out []*model.Func) {
	asks := carriesChan(h.ch.Elem, 0)
	for _, o := range h.ch.Sends {
		if m := o.Func.Decl(); !h.isPool && runsInPlace(o.Func) || asks && c.makesChan(m) {
			out = append(out, m)
		}
	}
	for _, k := range h.ch.Cases {
		if m := k.Select.Func(); k.Dir == types.SendOnly && m.Obj != nil && c.own[m] && (!h.isPool || asks) {
			out = append(out, m)
		} else if k.Dir == types.SendOnly && asks {
			out = append(out, c.askers(m)...)
		}
	}
	return out
}

// askers lists the callers of a function that sends requests which make the channel
// for the answer.
func (c *checker) askers(f *model.Func) (out []*model.Func) {
	for _, call := range f.Callers {
		if c.makesChan(call.From) {
			out = append(out, call.From)
		}
	}
	return out
}

// runsInPlace reports whether a function is declared, or a literal that its
// declaration itself calls or defers.
func runsInPlace(f *model.Func) bool {
	return f.Obj != nil || len(f.Started) == 0 && !f.EscapesAsValue()
}

// makesChan reports whether a declared function makes a channel of interest.
func (c *checker) makesChan(f *model.Func) bool { return f.Obj != nil && c.own[f] }

// carriesChan reports whether values of type t bring a channel along.
func carriesChan(t types.Type, depth int) bool {
	if t == nil || depth > 2 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Chan:
		return true
	case *types.Pointer:
		return carriesChan(u.Elem(), depth+1)
	case *types.Struct:
		for f := range u.Fields() {
			if carriesChan(f.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}
