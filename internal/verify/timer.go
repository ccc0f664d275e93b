package verify

import (
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/symbol"
	"golang.org/x/tools/go/ssa"
)

// This file is timers that only the function which makes them knows: they fire
// once. All others count as channels out of view, from which something may come
// at any time.

// fired is the question whether something has come from a timer's channel.
func fired(ch value) value { return term{op: "fired", a: ch} }

// hasFired reports whether a timer's only value has been received.
func (s *state) hasFired(ch value) bool {
	v, ok := s.fact(fired(ch))
	return ok && v == litTrue
}

// isOneShot reports whether a channel is time.After's, or the one of a timer of
// time.NewTimer that the function only stops.
func isOneShot(ch ssa.Value) bool {
	if isTimeCall(ch, "After") {
		return true
	}
	load, ok := ch.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok || !isTimeCall(field.X, "NewTimer") {
		return false
	}
	for _, u := range *field.X.Referrers() {
		switch u := u.(type) {
		case *ssa.DebugRef, *ssa.FieldAddr:
		case ssa.CallInstruction:
			if fn := u.Common().StaticCallee(); fn == nil || fn.Name() != "Stop" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isTimeCall reports whether a value is the result of a function of package time.
func isTimeCall(v ssa.Value, name string) bool {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return false
	}
	fn, ok := call.Call.StaticCallee().Object().(*types.Func)
	return ok && symbol.Of(fn) == symbol.Name{Pkg: "time", Func: name}
}
