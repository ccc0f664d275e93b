package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file starts goroutines. One that touches nothing of interest, or whose
// body is not in view, is left out: it is taken to end.

// spawn starts a goroutine with a go statement.
func (m *machine) spawn(f *frame, i *ssa.Go) outcome {
	return m.start(m.resolve(f, i.Common()), f.code.spawns[i], nil)
}

// start starts a goroutine; done is the group it counts for, or nil. Goroutines
// that cannot touch anything of interest are taken to end.
func (m *machine) start(t target, s *model.Spawn, done value) outcome {
	if action, ok := model.SyncAction(t.obj); ok && action == model.GroupDone && len(t.args) == 1 {
		m.addTo(t.args[0], -1) // go wg.Done()
		return next
	}
	var k *code
	if t.fn != nil && (m.leads(t.args) || m.leads(t.free)) {
		k = m.codeOf(t.fn)
	}
	if k == nil || s == nil || len(t.args) != len(k.fn.Params) || m.isKnown(t.obj) {
		m.opaqueStart(t, done)
		return next
	}
	fr := newFrame(k, t, nil, nil)
	fr.done = done
	slot := m.st.freeSlot()
	m.note(step{kind: stepSpawn, spawn: s, slot: slot})
	g := &gor{owner: m.st, stack: []*frame{fr}, spawn: s}
	switch {
	case slot < len(m.st.gs):
		m.st.gs[slot] = g
	case slot >= maxGors:
		return leaves
	default:
		m.st.gs = append(m.st.gs, g)
	}
	return next
}

// freeSlot returns where the next goroutine is put; the first slot is the root's.
func (s *state) freeSlot() int {
	for i, old := range s.gs {
		if old == nil && i > 0 {
			return i
		}
	}
	return len(s.gs)
}

// isKnown reports whether the checker has its own idea of a function, so that
// its body must not be run.
func (m *machine) isKnown(obj *types.Func) bool {
	if obj == nil {
		return false
	}
	_, ok := model.SyncAction(obj)
	return ok || known[symbol.Of(obj)] != nil
}

// opaqueStart starts a goroutine that the checker cannot or need not follow.
func (m *machine) opaqueStart(t target, done value) {
	for _, a := range t.args {
		m.escape(a)
	}
	for _, a := range t.free {
		m.escape(a)
	}
	m.escape(t.recv)
	m.escape(t.cancel)
	if done != nil {
		m.addTo(done, -1) // it is taken to end
	}
}
