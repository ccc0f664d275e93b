package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file brings goroutines to their channel operations. Operations on
// channels out of view happen at once: somebody may always be there.

// makeChan makes a channel. An unknown capacity becomes a number, the same for
// every use of it.
func (m *machine) makeChan(f *frame, i *ssa.MakeChan) outcome {
	size := m.val(f, i.Size)
	if isUnknown(size) && m.widen != i {
		return m.count(size, 2)
	}
	n, ok := intOf(size)
	if m.widen == i {
		n, ok = m.widenTo, true
	}
	_, written := i.Size.(*ssa.Const)
	f.set(i, chanRef{m.st.add(&object{site: i, isChan: true, cap: int(n), sized: !written, escaped: !ok})})
	return next
}

// send brings the goroutine to a send.
func (m *machine) send(f *frame, i *ssa.Send) outcome {
	ch, v := m.val(f, i.Chan), m.val(f, i.X)
	if m.isOpen(ch) {
		m.escape(v)
		return next
	}
	if ch == litNil {
		return leaves
	}
	m.stop(&pending{action: model.Send, on: ch, val: v, instr: i, forward: true})
	return stands
}

// recv brings the goroutine to a receive.
func (m *machine) recv(f *frame, i *ssa.UnOp, ch value) outcome {
	if m.isOpen(ch) {
		m.unknownResult(f, i)
		return next
	}
	if ch == litNil {
		return leaves
	}
	m.stop(&pending{action: model.Recv, on: ch, instr: i, dest: i, forward: true})
	return stands
}

// choose brings the goroutine to a select.
func (m *machine) choose(f *frame, i *ssa.Select) outcome {
	p := &pending{action: model.SelectWait, instr: i, dest: i, forward: true}
	for _, s := range i.States {
		c := pending{action: model.Recv, on: m.val(f, s.Chan), instr: i, once: isOneShot(s.Chan)}
		if s.Dir == types.SendOnly {
			c.action, c.val = model.Send, m.val(f, s.Send)
		}
		p.cases = append(p.cases, c)
	}
	m.stop(p)
	return stands
}

// isOpen reports whether a channel may be used out of view.
func (m *machine) isOpen(ch value) bool { return isOpenChan(m.st, ch) }

// isOpenChan reports whether a channel may be used out of view in a state.
func isOpenChan(s *state, ch value) bool {
	if c, ok := ch.(chanRef); ok {
		return s.objs[c.obj] == nil || s.objs[c.obj].escaped
	}
	return ch != litNil
}

// received completes a receive of g: the value goes to the register, and the
// frame moves on.
func (m *machine) received(gi, at int, v, ok value) {
	m.gi = gi
	g := m.g()
	f, p := g.top(), g.at
	switch i := p.instr.(type) {
	case *ssa.UnOp:
		if i.CommaOk {
			v = &agg{[]value{v, ok}}
		}
		f.set(i, v)
	case *ssa.Select:
		m.chosen(f, i, at, v, ok)
	}
	g.moveOn()
}

// sent completes a send of g.
func (m *machine) sent(gi, at int) {
	m.gi = gi
	g := m.g()
	if i, ok := g.at.instr.(*ssa.Select); ok {
		m.chosen(g.top(), i, at, nil, litFalse)
	}
	g.moveOn()
}

// chosen gives a select's register its tuple: the index, whether a value was
// received, and the values of the receiving cases.
func (m *machine) chosen(f *frame, i *ssa.Select, at int, v, ok value) {
	a := &agg{[]value{lit{int64(at)}, ok}}
	for n, s := range i.States {
		if s.Dir != types.RecvOnly {
			continue
		}
		if n == at {
			a.vals = append(a.vals, v)
		} else {
			a.vals = append(a.vals, zero(s.Chan.Type().Underlying().(*types.Chan).Elem()))
		}
	}
	f.set(i, a)
}

// moveOn leaves the visible operation.
func (g *gor) moveOn() {
	if g.at.forward {
		g.top().pc++
	}
	g.ready, g.at = false, nil
}

// elemOf returns the element type of the channel that an operation receives
// from.
func elemOf(p *pending, at int) types.Type {
	var t types.Type
	switch i := p.instr.(type) {
	case *ssa.UnOp:
		t = i.X.Type()
	case *ssa.Select:
		t = i.States[at].Chan.Type()
	}
	if c, ok := t.Underlying().(*types.Chan); ok {
		return c.Elem()
	}
	return types.Typ[types.Invalid]
}
