package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file lets functions out of view call what they are handed: an iterator the
// body of the loop over it, a function value the literal it is given. A run decides
// whether they do; if so, a function value does it once and an iterator up to twice,
// before they return (may: those that go on, or keep the literal for later, are left
// out).

// maxTurnsOfBody is how often an iterator calls the body of a loop.
const maxTurnsOfBody = 2

// callsBack runs the literal that an unknown function is handed; ok is false if the
// call is to be treated like any other.
func (m *machine) callsBack(f *frame, t target, instr ssa.CallInstruction, dest ssa.Value, forward bool) (o outcome, ok bool) {
	x := m.callback(t)
	if x == nil {
		return next, false
	}
	if it, isCall := instr.(*ssa.Call); isCall && isLoopBody(x.fn) && forward {
		return m.iterate(f, x, it), true
	}
	call := m.callOf(x)
	k := m.body(call)
	if k == nil {
		return next, false
	}
	switch skips, decided := m.truth(m.st.known(term{op: "skips", p: instr})); {
	case !decided:
		return asks, true
	case skips:
		return next, false
	}
	if dest != nil {
		m.unknownResult(f, dest)
	}
	if forward {
		f.pc++
	}
	m.push(k, call, nil, instr)
	return stands, true
}

// iterate executes one step of a loop over an iterator: the body once more, or the
// end. The call's own register, which holds nothing else, keeps what the body has
// returned.
func (m *machine) iterate(f *frame, x *fnVal, call *ssa.Call) outcome {
	turn, body := f.turns, m.callOf(x)
	k := m.body(body)
	if k == nil || turn >= maxTurnsOfBody || turn > 0 && m.val(f, call) == litFalse {
		f.turns = 0
		return next
	}
	switch ends, decided := m.truth(m.st.known(term{op: "ends", a: lit{int64(turn)}, b: litNil, p: call})); {
	case !decided:
		return asks
	case ends:
		f.turns = 0
		return next
	}
	f.turns++
	m.push(k, body, call, call)
	return stands
}

// callOf returns a call of a literal with arguments of which nothing is known.
func (m *machine) callOf(x *fnVal) target {
	t := target{fn: x.fn, free: x.free}
	for range x.fn.Params {
		t.args = append(t.args, m.st.fresh())
	}
	return t
}

// callback returns the literal that a call hands to a function which calls it at
// once, or nil.
func (m *machine) callback(t target) *fnVal {
	for _, a := range t.args {
		x, ok := a.(*fnVal)
		if !ok || len(x.fn.Blocks) == 0 || !m.leads(x.free) {
			continue
		}
		isValue := t.fn == nil && t.obj == nil && x.fn.Parent() != nil
		if isLoopBody(x.fn) || isValue || isMapRange(t.obj) {
			return x
		}
	}
	return nil
}

// isLoopBody reports whether a function is the body of a range-over-func loop.
func isLoopBody(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }

// isMapRange reports whether a method is Range of sync.Map.
func isMapRange(obj *types.Func) bool {
	return obj != nil && obj.Name() == "Range" && obj.Pkg() != nil && obj.Pkg().Path() == "sync"
}
