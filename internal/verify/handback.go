package verify

import "go/types"

// This file says what callers see of what a function makes.

// maxFields is how many fields a struct has that a caller still sees through;
// larger ones are whole subsystems, which somebody else looks after.
const maxFields = 10

// handsBack reports whether a function's results may bring channels, stop
// functions or groups of its making to the caller. In a program of its own
// nothing is anybody else's, however deep in a struct it lies or by which
// parameter it comes.
func (n *interests) handsBack(sig *types.Signature) bool {
	if n.whole {
		return sig.Results().Len()+sig.Params().Len() > 0 || sig.Recv() != nil
	}
	for v := range sig.Results().Variables() {
		if handsOver(v.Type(), 0) {
			return true
		}
	}
	return false
}

// handsOver reports whether a result of type t may bring something to wait for.
func handsOver(t types.Type, depth int) bool {
	if hasGroup(t, 0) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	case *types.Pointer:
		return hasGroup(u.Elem(), 4) || depth == 0 && handsOver(u.Elem(), 1)
	case *types.Slice:
		return handsOver(u.Elem(), depth+1)
	case *types.Struct:
		if depth > 1 || u.NumFields() > maxFields {
			return false
		}
		for f := range u.Fields() {
			if handsOver(f.Type(), 2) {
				return true
			}
		}
	}
	return false
}
