package verify

import (
	"slices"

	"github.com/asynclint/asynclint/internal/model"
	"golang.org/x/tools/go/ssa"
)

// This file ends calls: returns, panics and the deferred calls on both ways.

// ret ends the innermost call.
func (m *machine) ret(f *frame, i *ssa.Return) outcome {
	var result value
	switch len(i.Results) {
	case 0:
	case 1:
		result = m.val(f, i.Results[0])
	default:
		a := &agg{}
		for _, r := range i.Results {
			a.vals = append(a.vals, m.val(f, r))
		}
		result = a
	}
	return m.leave(f, result, i)
}

// leave pops the innermost frame and hands its result to the caller.
func (m *machine) leave(f *frame, result value, i ssa.Instruction) outcome {
	g := m.g()
	g.stack = g.stack[:len(g.stack)-1]
	if f.done != nil {
		m.addTo(f.done, -1)
	}
	if len(g.stack) > 0 {
		if f.code.locks {
			m.note(step{kind: stepLeave, code: f.code, instr: i})
		}
		m.g() // the caller's frame becomes ours
		if f.dest != nil && result != nil {
			g.top().set(f.dest, result)
		}
		return stands
	}
	m.note(step{kind: stepReturn, code: f.code, instr: i})
	if g.spawn == nil {
		m.escape(result)
		if m.isMain {
			return ends
		}
	}
	m.st.gs[m.gi] = nil
	return stands
}

// unwinds reports whether a goroutine panics, so that the process is about to end.
func (s *state) unwinds() bool {
	return slices.ContainsFunc(s.gs, func(g *gor) bool {
		return g != nil && slices.ContainsFunc(g.stack, func(f *frame) bool { return f.mode == panicking })
	})
}

// panics starts unwinding, or ends the process where a call never returns.
func (m *machine) panics(f *frame, i *ssa.Panic) outcome {
	if isNoReturn(i) || !i.Pos().IsValid() { // the latter guards a loop over an iterator
		return ends
	}
	f.mode = panicking
	return stands
}

// mayPanic lets a function that the code in view does not know panic, where
// somebody recovers from it: that is what the recover is there for. It returns next
// if it does not panic.
func (m *machine) mayPanic(f *frame, t target, instr ssa.Instruction) outcome {
	isUnknownFunc := t.fn == nil && t.obj == nil
	isOwnMethod := t.obj != nil && t.recv != nil && t.obj.Pkg() != nil && t.obj.Pkg().Path() == m.pkg.Pass.Pkg.Path()
	if f.mode != running || !isUnknownFunc && !isOwnMethod || !m.isGuarded() {
		return next
	}
	returns, ok := m.truth(m.st.known(term{op: "returns", p: instr}))
	switch {
	case !ok:
		return asks
	case returns:
		return next
	}
	f.mode = panicking
	return stands
}

// isGuarded reports whether a deferred call of the goroutine recovers.
func (m *machine) isGuarded() bool {
	for _, f := range m.st.gs[m.gi].stack {
		for _, d := range f.defers {
			if d.call.fn != nil && model.CallsRecover(d.call.fn) {
				return true
			}
		}
	}
	return false
}

// unwind runs one deferred call of a panicking frame, or leaves it.
func (m *machine) unwind(f *frame) outcome {
	if len(f.defers) > 0 {
		return m.popDefer(f)
	}
	if f.mode == recovering {
		f.mode = running
		if f.code.fn.Recover == nil {
			return m.leave(f, zero(f.code.fn.Signature.Results()), nil)
		}
		f.block, f.pc = f.code.fn.Recover, 0
		return stands
	}
	g := m.g()
	g.stack = g.stack[:len(g.stack)-1]
	if len(g.stack) == 0 {
		return ends // the process crashes
	}
	m.g().top().mode = panicking
	return stands
}

// runDefers runs the deferred calls before a return, last first.
func (m *machine) runDefers(f *frame) outcome {
	if len(f.defers) == 0 {
		return next
	}
	return m.popDefer(f)
}

// popDefer runs the deferred call that is next.
func (m *machine) popDefer(f *frame) outcome {
	d := f.defers[len(f.defers)-1]
	f.defers = f.defers[:len(f.defers)-1]
	return m.invoke(f, d.call, d.instr, nil, false)
}
