package verify

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Atomic counters often decide who sends: "the last one reports". This file
// computes them where the variable is in view, as functions of sync/atomic and
// as methods of its types and of go.uber.org/atomic's.

// atomicCell holds the value of an atomic type beside the variable.
const atomicCell = "!v"

// atomic executes an atomic operation; ok is false if obj is none.
func (m *machine) atomic(f *frame, t target, dest ssa.Value) (o outcome, ok bool) {
	if t.obj == nil || t.obj.Pkg() == nil || len(t.args) == 0 {
		return next, false
	}
	if path := t.obj.Pkg().Path(); path != "sync/atomic" && path != "go.uber.org/atomic" {
		return next, false
	}
	r, isRef := t.args[0].(ref)
	if !isRef || !m.inViewAt(r) {
		return next, false
	}
	name := t.obj.Name()
	if t.obj.Signature().Recv() != nil {
		r.path += atomicCell
	} else {
		for _, op := range []string{"Add", "Load", "Store", "Swap", "CompareAndSwap"} {
			if strings.HasPrefix(name, op) {
				name = op
				break
			}
		}
	}
	return m.atomicOn(f, r, name, t, dest), true
}

// atomicOn executes the operation called name on the number or flag at r.
func (m *machine) atomicOn(f *frame, r ref, name string, t target, dest ssa.Value) outcome {
	old, ok := m.st.objs[r.obj].cells[r.path]
	if !ok {
		old = zeroOf(t, dest)
	}
	arg := func(i int) value {
		if i < len(t.args) {
			return t.args[i]
		}
		return lit{int64(1)}
	}
	now, result := value(nil), value(nil)
	switch name {
	case "Add":
		now = arith("+", old, arg(1))
		result = now
	case "Inc":
		now = arith("+", old, lit{int64(1)})
		result = now
	case "Dec":
		now = arith("-", old, lit{int64(1)})
		result = now
	case "Load":
		result = old
	case "Store":
		now = arg(1)
	case "Swap":
		now, result = arg(1), old
	case "CompareAndSwap", "CAS":
		same := equal(old, arg(1))
		hit, known := same.(lit)
		switch {
		case !known:
			now, result = m.st.fresh(), m.st.fresh()
		case hit == litTrue:
			now, result = arg(2), litTrue
		default:
			result = litFalse
		}
	default:
		now, result = m.st.fresh(), m.st.fresh()
	}
	return m.finishAtomic(f, r, now, result, dest)
}

// finishAtomic writes the new value, if there is one, and hands out the result.
func (m *machine) finishAtomic(f *frame, r ref, now, result value, dest ssa.Value) outcome {
	if n, ok := intOf(now); ok && (n > maxCount || n < -maxCount) {
		return leaves
	}
	if now != nil {
		m.escape(now)
		m.put(r, now)
	}
	if result != nil {
		put(f, dest, result)
	}
	return next
}

// zeroOf returns the value of an atomic variable that was never written.
func zeroOf(t target, dest ssa.Value) value {
	for v := range t.obj.Signature().Results().Variables() {
		if t.obj.Name() != "CompareAndSwap" && t.obj.Name() != "CAS" {
			return zero(v.Type())
		}
	}
	if n := t.obj.Signature().Params().Len(); n > 0 {
		return zero(t.obj.Signature().Params().At(n - 1).Type())
	}
	return litNil
}

// readers are packages whose functions only look at what they are given.
var readers = map[string]bool{"fmt": true, "log": true, "log/slog": true, "errors": true, "strconv": true, "strings": true}

// isReader reports whether a function neither keeps nor changes its arguments.
func isReader(obj *types.Func) bool {
	return obj != nil && obj.Pkg() != nil && readers[obj.Pkg().Path()] &&
		!strings.Contains(obj.Name(), "can") && obj.Name() != "As"
}
