package verify

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file is calls. A callee whose body is in view runs in place if it can
// touch objects in view or make some; any other call is taken to return at
// once with unknown results, and what it is given escapes.

// target is what a call runs, and on what.
type target struct {
	fn      *ssa.Function // nil if unknown
	free    []value
	obj     *types.Func // the declared function or method, if the call names one
	builtin string
	cancel  value // a cancelRef that is called
	recv    value // the receiver of an interface call
	args    []value
	sig     *types.Signature
}

// resolve finds out what a call runs.
func (m *machine) resolve(f *frame, common *ssa.CallCommon) target {
	t := target{sig: common.Signature()}
	for _, a := range common.Args {
		t.args = append(t.args, m.val(f, a))
	}
	if common.IsInvoke() {
		t.obj, t.recv = common.Method, m.val(f, common.Value)
		m.devirtualize(&t)
		return t
	}
	if b, ok := common.Value.(*ssa.Builtin); ok {
		t.builtin = b.Name()
		return t
	}
	m.bind(&t, m.val(f, common.Value))
	return t
}

// bind makes t run a function value.
func (m *machine) bind(t *target, fv value) {
	switch x := fv.(type) {
	case *fnVal:
		t.fn, t.free = x.fn, x.free
		t.obj, _ = x.fn.Object().(*types.Func)
		if len(x.fn.Blocks) == 0 && len(x.free) == 1 && t.obj != nil {
			t.args = append([]value{x.free[0]}, t.args...) // a bound method without body
		}
	case cancelRef:
		t.cancel = x
	}
}

// devirtualize finds the method behind an interface call if the dynamic type is
// known.
func (m *machine) devirtualize(t *target) {
	b, ok := t.recv.(*box)
	if !ok {
		return
	}
	obj, index, _ := types.LookupFieldOrMethod(b.t, true, t.obj.Pkg(), t.obj.Name())
	fn, ok := obj.(*types.Func)
	if !ok || len(index) != 1 {
		return
	}
	_, byPtr := fn.Signature().Recv().Type().Underlying().(*types.Pointer)
	_, isPtr := b.t.Underlying().(*types.Pointer)
	if byPtr != isPtr {
		return
	}
	t.obj, t.fn = fn, m.prog.FuncValue(fn.Origin())
	t.args = append([]value{b.v}, t.args...)
	t.recv = nil
}

// call executes a call in the frame's own goroutine.
func (m *machine) call(f *frame, i *ssa.Call) outcome {
	return m.invoke(f, m.resolve(f, i.Common()), i, i, true)
}

// invoke runs a target. The result goes to dest; forward says that the frame's
// own position moves on behind the call, which is not so for deferred calls.
func (m *machine) invoke(f *frame, t target, instr ssa.CallInstruction, dest ssa.Value, forward bool) outcome {
	done := stands
	if forward {
		done = next
	}
	switch {
	case t.builtin != "":
		return m.builtin(f, t, instr, dest, forward)
	case t.cancel != nil:
		m.closeDone(t.cancel.(cancelRef).done)
		return done
	}
	if t.obj != nil {
		if action, ok := model.SyncAction(t.obj); ok {
			return m.sync(f, t, action, instr, dest, forward)
		}
		if k := known[symbol.Of(t.obj)]; k != nil {
			o := k(m, f, t, dest)
			if o == next {
				return done
			}
			return o
		}
	}
	if o, ok := m.atomic(f, t, dest); ok {
		if o == next {
			return done
		}
		return o
	}
	if k := m.body(t); k != nil {
		if forward {
			f.pc++
		}
		m.push(k, t, dest, instr)
		return stands
	}
	if isReader(t.obj) && dest != nil {
		m.unknownResult(f, dest)
		return done
	}
	if m.recurs(t) {
		return ends // what lies deeper is not looked at; runs that stay above go on
	}
	if o := m.mayPanic(f, t, instr); o != next {
		return o
	}
	if o, ok := m.callsBack(f, t, instr, dest, forward); ok {
		return o
	}
	m.opaque(f, t, dest)
	return done
}

// recurs reports whether a function calls itself with objects of interest.
func (m *machine) recurs(t target) bool {
	if t.fn == nil {
		return false
	}
	k := m.codeOf(t.fn)
	return k != nil && m.running(k) > maxRecurs && (m.leads(t.args) || m.leads(t.free))
}

// running counts the calls of a function that the goroutine is in.
func (m *machine) running(k *code) (n int) {
	for _, f := range m.st.gs[m.gi].stack {
		if f.code == k {
			n++
		}
	}
	return n
}

// body returns the code to run for a target, or nil if the call stays opaque.
func (m *machine) body(t target) *code {
	if t.fn == nil {
		return nil
	}
	g := m.st.gs[m.gi]
	if len(g.stack) >= maxDepth && !m.whole || len(g.stack) >= wholeDepth {
		return nil
	}
	k := m.codeOf(t.fn)
	if k == nil || len(t.args) != len(k.fn.Params) {
		return nil
	}
	if m.running(k) > maxRecurs {
		return nil
	}
	if g.top().mode == panicking || m.leads(t.args) || m.leads(t.free) || m.hands(k) {
		return k
	}
	return nil
}

// hands reports whether a function could return objects of interest of its own
// making.
func (m *machine) hands(k *code) bool {
	return k.model != nil && m.handsBack(k.fn.Signature) && m.doesAct(k.model)
}

// push starts a frame.
func (m *machine) push(k *code, t target, dest ssa.Value, instr ssa.Instruction) {
	g := m.g()
	g.stack = append(g.stack, newFrame(k, t, dest, instr))
}

// newFrame returns the frame in which a call begins.
func newFrame(k *code, t target, dest ssa.Value, instr ssa.Instruction) *frame {
	f := &frame{code: k, regs: make([]*chunk, chunks(len(k.order))), block: k.fn.Blocks[0], dest: dest, call: instr}
	for n, p := range k.fn.Params {
		f.set(p, t.args[n])
	}
	for n, v := range k.fn.FreeVars {
		if n < len(t.free) {
			f.set(v, t.free[n])
		}
	}
	return f
}

// opaque makes a call that nothing is known of.
func (m *machine) opaque(f *frame, t target, dest ssa.Value) {
	m.hand(t)
	for i, a := range t.free {
		if t.fn == nil || i >= len(t.fn.FreeVars) || !onlyReads(t.fn.FreeVars[i]) {
			m.escape(a)
		}
	}
	m.escape(t.recv)
	if dest != nil {
		m.unknownResult(f, dest)
	}
}

// onlyReads reports whether a function does nothing with a variable that it
// captures but look at its value, which leads nowhere.
func onlyReads(v *ssa.FreeVar) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(u ssa.Instruction) bool {
		load, ok := u.(*ssa.UnOp)
		_, isDebug := u.(*ssa.DebugRef)
		return !isDebug && (!ok || mayHold(load.Type()))
	})
}

// hand gives a call that nothing is known of its arguments: the signature says
// which end of a channel it gets.
func (m *machine) hand(t target) {
	params := new(types.Tuple)
	if t.sig != nil {
		params = t.sig.Params()
	}
	first := len(t.args) - params.Len() // a receiver may come before the parameters
	for i, a := range t.args {
		if first >= 0 && i >= first {
			m.lend(a, accessOf(params.At(i-first).Type()))
		} else {
			m.escape(a)
		}
	}
}

// unknownResult gives a register fresh unknown values, component by component.
func (m *machine) unknownResult(f *frame, v ssa.Value) {
	tuple, ok := v.Type().(*types.Tuple)
	if !ok {
		f.set(v, m.st.fresh())
		return
	}
	a := &agg{make([]value, tuple.Len())}
	for i := range a.vals {
		a.vals[i] = m.st.fresh()
	}
	f.set(v, a)
}
