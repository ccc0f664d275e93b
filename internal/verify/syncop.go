package verify

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// pending is the visible operation at which a goroutine stands.
type pending struct {
	action  model.Action
	on      value // the channel, or the address of the lock or group
	val     value // what is sent, the group's delta, or how a condition is waited for or told
	instr   ssa.Instruction
	dest    ssa.Value
	forward bool
	cases   []pending // of a select
	once    bool      // of a case: nothing comes from the channel a second time
	stage   stage     // of a condition's Wait, or of a writer's Lock
}

// Locks and groups are numbers in cells beside the variable they belong to.
const (
	heldCell  = "!w" // 1 while a writer holds the lock
	readCell  = "!r" // how many readers hold it
	wantCell  = "!p" // 1 while a writer waits for readers, which lets no more of them in
	countCell = "!n" // a group's counter
	limitCell = "!l" // a group's limit + 1
	onceCell  = "!o" // 1 once a Once has run
)

// sync executes a method of a synchronisation type. On objects out of view it
// does nothing: they never stop anybody.
func (m *machine) sync(f *frame, t target, action model.Action, instr ssa.CallInstruction, dest ssa.Value, forward bool) outcome {
	done := stands
	if forward {
		done = next
	}
	args := t.args
	var on value
	if t.recv != nil {
		on = t.recv
	} else if len(args) > 0 {
		on, args = args[0], args[1:]
	}
	r, ok := on.(ref)
	if !ok || !m.inViewAt(r) {
		return m.syncOutside(f, action, args, instr, dest, done)
	}
	switch action {
	case model.Unlock, model.RUnlock:
		if !m.tries { // else somebody may see the lock held
			m.unlock(r, action)
			m.note(step{kind: stepFree, code: f.code, instr: instr, op: &pending{action: action, on: r}})
			return done
		}
	case model.GroupDone:
		m.addTo(r, -1)
		return done
	case model.GroupLimit:
		n, ok := intOf(args[0])
		if ok && n >= 0 {
			m.putCell(r, limitCell, n+1)
		}
		return done
	case model.CondWait, model.CondWake:
		m.stop(condOp(&pending{action: action, on: r, instr: instr, forward: forward}, t.obj))
		return stands
	case model.OnceDo:
		return m.once(f, r, args[0], instr, forward)
	case model.GroupAdd:
		if isUnknown(args[0]) {
			return m.count(args[0], 2)
		}
	case model.GroupGo:
		if m.cell(r, limitCell) == 0 {
			return m.groupGo(f, r, args[0], instr, dest, done)
		}
	}
	p := &pending{action: action, on: r, instr: instr, dest: dest, forward: forward}
	if len(args) > 0 {
		p.val = args[0]
	}
	m.stop(p)
	return stands
}

// unlock gives up a lock.
func (m *machine) unlock(r ref, action model.Action) {
	if action == model.Unlock {
		m.putCell(r, heldCell, 0)
	} else {
		m.putCell(r, readCell, max(m.cell(r, readCell)-1, 0))
	}
}

// stop makes the goroutine stand at a visible operation.
func (m *machine) stop(p *pending) {
	g := m.g()
	g.ready, g.at = true, p
}

// syncOutside executes a method on an object out of view.
func (m *machine) syncOutside(f *frame, action model.Action, args []value, instr ssa.CallInstruction, dest ssa.Value, done outcome) outcome {
	if action == model.GroupGo && len(args) == 1 {
		if o := m.startFunc(f, args[0], instr, nil); o != next {
			return o
		}
		args = nil
	}
	m.opaque(f, target{args: args}, dest)
	return done
}

// once runs a Once's function the first time.
func (m *machine) once(f *frame, r ref, fv value, instr ssa.CallInstruction, forward bool) outcome {
	done := stands
	if forward {
		done = next
	}
	if m.cell(r, onceCell) != 0 {
		return done
	}
	m.putCell(r, onceCell, 1)
	var t target
	m.bind(&t, fv)
	return m.invoke(f, t, instr, nil, forward)
}

// groupGo starts a goroutine that a group counts.
func (m *machine) groupGo(f *frame, r ref, fv value, instr ssa.CallInstruction, dest ssa.Value, done outcome) outcome {
	m.addTo(r, 1)
	if o := m.startFunc(f, fv, instr, r); o != next {
		return o
	}
	if dest != nil && dest.Type() != nil {
		f.set(dest, litTrue)
	}
	return done
}

// startFunc starts a function value in a goroutine.
func (m *machine) startFunc(f *frame, fv value, instr ssa.Instruction, group value) outcome {
	var t target
	m.bind(&t, fv)
	if t.fn == nil && t.cancel == nil {
		m.escape(fv)
	}
	return m.start(t, f.code.spawns[instr], group)
}

// cell reads a number beside a variable.
func (m *machine) cell(r ref, name string) int64 { return toInt(m.st.objs[r.obj].cells[r.path+name]) }

// putCell writes a number beside a variable.
func (m *machine) putCell(r ref, name string, n int64) { m.put(ref{r.obj, r.path + name}, lit{n}) }

// addTo changes a group's counter.
func (m *machine) addTo(group value, n int64) {
	if r, ok := group.(ref); ok && m.st.objs[r.obj] != nil {
		m.putCell(r, countCell, m.cell(r, countCell)+n)
	}
}
