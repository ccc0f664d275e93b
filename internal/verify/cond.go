package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file is condition variables. Wait gives up the lock and queues; Signal
// wakes the first in the queue, Broadcast all; who is woken waits for the lock
// as for any other. What finds nobody in the queue is lost, and nobody is woken
// without being called, as sync.Cond promises.

// stage says how far a goroutine has come in its Wait, or in its Lock.
type stage uint8

const (
	entering stage = iota // it has not given up the lock yet, or it stands elsewhere
	parked                // it waits to be woken
	woken                 // it waits for the lock
	queued                // it waits for the readers of a lock, and keeps others out
)

// queueCell holds the goroutines that wait for a condition, a digit each in the
// order of their coming.
const queueCell = "!q"

// lockField returns the number of the field L of sync.Cond.
func lockField(cond types.Type) int {
	st := cond.Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	for i := range st.NumFields() {
		if st.Field(i).Name() == "L" {
			return i
		}
	}
	return -1
}

// condOp returns the operation of a method of sync.Cond.
func condOp(p *pending, method *types.Func) *pending {
	if p.action == model.CondWait {
		p.val = lit{int64(lockField(method.Signature().Recv().Type()))}
	} else {
		p.val = lit{method.Name() == "Broadcast"}
	}
	return p
}

// newCond makes a condition variable.
func newCond(m *machine, f *frame, t target, dest ssa.Value) outcome {
	field := lockField(t.obj.Signature().Results().At(0).Type())
	if dest == nil || field < 0 {
		return next
	}
	c := ref{obj: m.st.add(&object{special: true})}
	m.put(ref{c.obj, fieldPath("", field)}, t.args[0])
	f.set(dest, c)
	return next
}

// locker returns the lock of a condition variable if it is in view.
func (m *machine) locker(p *pending) (ref, bool) {
	c := p.on.(ref)
	b, ok := m.st.objs[c.obj].cells[fieldPath(c.path, int(toInt(p.val)))].(*box)
	if !ok {
		return ref{}, false
	}
	l, ok := b.v.(ref)
	return l, ok && m.inViewAt(l)
}

// park gives up the lock and queues, or wakes up by itself if the condition has
// come out of view. It reports whether the goroutine held the lock.
func (m *machine) park(p *pending) bool {
	if p.stage == parked {
		m.wake(m.gi)
		return true
	}
	if l, ok := m.locker(p); ok {
		if m.cell(l, heldCell) == 0 {
			return false
		}
		m.putCell(l, heldCell, 0)
		m.note(step{kind: stepFree, code: m.g().top().code, instr: p.instr, op: &pending{action: model.Unlock, on: l}})
	}
	q := m.queue(p.on.(ref))
	m.setQueue(p.on.(ref), q+string(rune('0'+m.gi)))
	waits := *p
	waits.stage = parked
	m.g().at = &waits
	return true
}

// queue returns who waits for a condition.
func (m *machine) queue(c ref) string {
	l, _ := m.st.objs[c.obj].cells[c.path+queueCell].(lit)
	q, _ := l.v.(string)
	return q
}

// setQueue says who waits for a condition.
func (m *machine) setQueue(c ref, q string) { m.put(ref{c.obj, c.path + queueCell}, lit{q}) }

// signal wakes the first who waits for a condition, or all.
func (m *machine) signal(c ref, all bool) {
	q := m.queue(c)
	n := min(len(q), 1)
	if all {
		n = len(q)
	}
	for _, slot := range q[:n] {
		m.wake(int(slot - '0'))
	}
	m.setQueue(c, q[n:])
}

// wake sends a goroutine from its Wait to the lock.
func (m *machine) wake(i int) {
	g := m.st.gs[i]
	if g == nil || !g.ready || g.at.stage != parked {
		return
	}
	g = m.st.mutg(i)
	up := *g.at
	up.stage, up.action, up.on = woken, model.CallWait, nil
	if l, ok := m.locker(g.at); ok {
		up.action, up.on = model.Lock, l
	}
	g.at = &up
}

// tryLock takes a lock if it is free, and says so.
func (m *machine) tryLock(f *frame, r ref, p *pending) {
	held, readers := m.cell(r, heldCell), m.cell(r, readCell)
	free := held == 0
	switch {
	case p.action == model.TryRLock && free:
		m.putCell(r, readCell, readers+1)
	case p.action == model.TryLock:
		if free = free && readers == 0; free {
			m.putCell(r, heldCell, 1)
		}
	}
	put(f, p.dest, lit{free})
}

// makesCond reports whether a function makes a condition variable.
func makesCond(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && isNewCond(call) {
				return true
			}
		}
	}
	return false
}

// isNewCond reports whether a call is one of sync.NewCond.
func isNewCond(call ssa.CallInstruction) bool {
	fn := call.Common().StaticCallee()
	if fn == nil || fn.Name() != "NewCond" {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	return ok && symbol.Of(obj) == symbol.Name{Pkg: "sync", Func: "NewCond"}
}
