package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// builtin executes a builtin function.
func (m *machine) builtin(f *frame, t target, instr ssa.CallInstruction, dest ssa.Value, forward bool) outcome {
	done := stands
	if forward {
		done = next
	}
	switch t.builtin {
	case "close":
		return m.close(t.args[0], instr, forward)
	case "len":
		put(f, dest, m.length(t.args[0]))
	case "cap":
		put(f, dest, m.capacity(t.args[0]))
	case "append":
		m.appends(f, t, dest)
	case "recover":
		put(f, dest, m.recovers())
	case "min", "max":
		put(f, dest, fold(t.builtin, t.args))
	case "delete":
		if o := m.remove(t.args[0], t.args[1]); o != next {
			return o
		}
	case "clear":
		m.clearMap(t.args[0])
	case "copy":
		for _, a := range t.args {
			m.escape(a)
		}
		m.opaque(f, target{}, dest)
	default:
		m.opaque(f, target{}, dest)
	}
	return done
}

// close makes the goroutine stand at a close, or closes a channel out of view.
func (m *machine) close(ch value, instr ssa.Instruction, forward bool) outcome {
	c, ok := ch.(chanRef)
	if ok && m.inView(c.obj) {
		m.stop(&pending{action: model.Close, on: c, instr: instr, forward: forward})
		return stands
	}
	if forward {
		return next
	}
	return stands
}

// fold computes min or max of several values.
func fold(op string, args []value) value {
	v := args[0]
	for _, a := range args[1:] {
		v = arith(op, v, a)
	}
	return v
}

// capacity returns cap(x) for channels in view.
func (m *machine) capacity(x value) value {
	if c, ok := x.(chanRef); ok && m.st.objs[c.obj] != nil {
		return lit{int64(m.st.objs[c.obj].cap)}
	}
	if isAtom(x) {
		return m.st.known(term{op: "cap", a: x})
	}
	return m.st.fresh()
}

// appends executes append. Slices in view stay so up to a small length;
// elements that lead nowhere are not kept.
func (m *machine) appends(f *frame, t target, dest ssa.Value) {
	if dest == nil {
		return
	}
	st, ok := dest.Type().Underlying().(*types.Slice)
	a, okA := asSlice(t.args[0])
	b, okB := asSlice(t.args[1])
	if !ok || !okA || !okB || a.n+b.n > maxTally+1 {
		m.escape(t.args[0])
		m.escape(t.args[1])
		put(f, dest, m.st.fresh())
		return
	}
	out := slice{-1, 0, a.n + b.n}
	if mayHold(st.Elem()) {
		out.obj = m.st.add(&object{})
		m.copyElems(out, 0, a)
		m.copyElems(out, a.n, b)
	}
	put(f, dest, out)
}

// asSlice reads a slice in view or a nil slice.
func asSlice(v value) (slice, bool) {
	if v == litNil {
		return slice{obj: -1}, true
	}
	s, ok := v.(slice)
	return s, ok
}

// copyElems copies the elements of a slice behind position at of another.
func (m *machine) copyElems(to slice, at int, from slice) {
	if from.obj < 0 || m.st.objs[from.obj] == nil {
		return
	}
	src := m.st.objs[from.obj]
	for k := range from.n {
		base := elemPath(from.off + k)
		for _, p := range sortedPaths(src.cells) {
			if under(p, base) {
				m.put(ref{to.obj, elemPath(at+k) + p[len(base):]}, src.cells[p])
				if m.st.objs[to.obj].escaped {
					m.escape(src.cells[p])
				}
			}
		}
	}
	if src.escaped {
		m.escapeObject(to.obj)
	}
}

// recovers executes recover: it stops the panic of the frame that runs the
// deferred call.
func (m *machine) recovers() value {
	g := m.g()
	if len(g.stack) < 2 {
		return litNil
	}
	if g.stack[len(g.stack)-2].mode != panicking {
		return litNil
	}
	below := m.st.mutFrame(g, len(g.stack)-2)
	below.mode = recovering
	v := m.st.fresh()
	m.st.learn(term{op: "==", a: v, b: litNil}, litFalse)
	return v
}

// boxed makes an interface value.
func boxed(t types.Type, v value) value {
	switch v.(type) {
	case ctxRef:
		return v
	}
	return &box{t, v}
}

// convert executes a conversion: integers keep their value, the rest is
// unknown. That a pointer becomes a number tells nobody where it leads.
func (m *machine) convert(i *ssa.Convert, x value) value {
	isRaw := isUnsafePointer(i.X.Type())
	switch {
	case isInt(i.Type()) && isInt(i.X.Type()):
		return x
	case isUnsafePointer(i.Type()) && !isRaw:
		return &agg{[]value{x}}
	case isRaw && isInt(i.Type()):
		return m.st.fresh()
	}
	m.escape(x)
	return m.st.fresh()
}

// isUnsafePointer reports whether t is unsafe.Pointer.
func isUnsafePointer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.UnsafePointer
}

// assert executes a type assertion.
func (m *machine) assert(i *ssa.TypeAssert, x value) value {
	v, ok := m.asserted(i, x)
	if !i.CommaOk {
		return v
	}
	return &agg{[]value{v, ok}}
}

// asserted returns both results that a type assertion with comma ok has.
func (m *machine) asserted(i *ssa.TypeAssert, x value) (v, ok value) {
	iface, toIface := i.AssertedType.Underlying().(*types.Interface)
	switch x := x.(type) {
	case *box:
		switch {
		case toIface && types.Implements(x.t, iface):
			return x, litTrue
		case !toIface && types.Identical(x.t, i.AssertedType):
			return x.v, litTrue
		}
		return zero(i.AssertedType), litFalse
	case sym, term:
		return term{op: "as", a: x, p: i.AssertedType}, m.st.known(term{op: "is", a: x, p: i.AssertedType})
	case lit:
		return zero(i.AssertedType), litFalse
	}
	return m.st.fresh(), m.st.fresh()
}
