package verify

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// This file computes addresses, slices and lengths. A slice in view has a known
// length; one of unknown length keeps it as a term.

// address executes the instructions that compute addresses and slices.
func (m *machine) address(f *frame, v ssa.Value) outcome {
	switch i := v.(type) {
	case *ssa.FieldAddr:
		f.set(i, m.fieldAddr(i, m.val(f, i.X)))
	case *ssa.IndexAddr:
		f.set(i, m.indexAddr(m.val(f, i.X), m.val(f, i.Index)))
	case *ssa.Slice:
		f.set(i, m.slice(f, i))
	case *ssa.MakeSlice:
		return m.makeSlice(f, i)
	case *ssa.Range:
		it := ref{obj: m.st.add(&object{site: i})}
		m.put(ref{it.obj, "x"}, m.val(f, i.X))
		f.set(i, it)
	case *ssa.Next:
		return m.advance(f, i)
	}
	return next
}

// fieldAddr returns the address of a field.
func (m *machine) fieldAddr(i *ssa.FieldAddr, x value) value {
	if r, ok := x.(ref); ok {
		return ref{r.obj, fieldPath(r.path, i.Field)}
	}
	if isAtom(x) {
		return term{op: "field", a: x, b: lit{int64(i.Field)}}
	}
	return m.st.fresh()
}

// field selects a field of a struct value.
func (m *machine) field(i *ssa.Field, x value) value {
	if a, ok := x.(*agg); ok && i.Field < len(a.vals) {
		return m.st.known(a.vals[i.Field])
	}
	if isUnknown(x) {
		return m.st.known(term{op: "part", a: x, b: lit{int64(i.Field)}})
	}
	return m.st.fresh()
}

// indexAddr returns the address of an element; one whose number is unknown makes the
// whole array unknown.
func (m *machine) indexAddr(x, index value) value {
	n, known := intOf(index)
	switch x := x.(type) {
	case slice:
		if known && n >= 0 && int(n) < x.n && x.obj >= 0 {
			return ref{x.obj, elemPath(x.off + int(n))}
		}
		m.escapeObject(x.obj)
		return m.st.fresh()
	case ref:
		if known {
			return ref{x.obj, x.path + elemPath(int(n))}
		}
		m.escape(x)
		return m.st.fresh()
	}
	if isAtom(x) && isAtom(index) {
		return term{op: "index", a: x, b: index}
	}
	return m.st.fresh()
}

// elemPath returns the path of an element in its array's object.
func elemPath(n int) string { return "[" + strconv.Itoa(n) + "]" }

// slice cuts a slice or array in view; of anything else it returns an unknown
// slice.
func (m *machine) slice(f *frame, i *ssa.Slice) value {
	x := m.val(f, i.X)
	full := i.Low == nil && i.High == nil
	switch x := x.(type) {
	case ref:
		if ptr, ok := i.X.Type().Underlying().(*types.Pointer); ok && x.path == "" {
			if arr, ok := ptr.Elem().Underlying().(*types.Array); ok && arr.Len() <= maxCount {
				if s, ok := m.cut(f, i, slice{x.obj, 0, int(arr.Len())}); ok {
					return s
				}
			}
		}
	case slice:
		if s, ok := m.cut(f, i, x); ok {
			return s
		}
	case sym, term:
		if full {
			return x
		}
	}
	if x == litNil {
		return x
	}
	m.escape(x)
	return m.unknownCut(f, i, x)
}

// unknownCut returns an unknown slice whose length is computed from its bounds.
func (m *machine) unknownCut(f *frame, i *ssa.Slice, x value) value {
	if _, ok := i.Type().Underlying().(*types.Slice); !ok {
		return m.st.fresh()
	}
	n := m.length(x)
	if i.High != nil {
		n = m.val(f, i.High)
	}
	if i.Low != nil {
		n = arith("-", n, m.val(f, i.Low))
	}
	if !isAtom(n) {
		return m.st.fresh()
	}
	return term{op: "slice", a: n, b: m.st.fresh()}
}

// cut returns the part of a slice in view that known bounds select.
func (m *machine) cut(f *frame, i *ssa.Slice, x slice) (slice, bool) {
	low, high := int64(0), int64(x.n)
	ok := true
	if i.Low != nil {
		low, ok = intOf(m.val(f, i.Low))
	}
	if ok && i.High != nil {
		high, ok = intOf(m.val(f, i.High))
	}
	if !ok || low < 0 || low > high || high > int64(x.n) {
		return x, false
	}
	return slice{x.obj, x.off + int(low), int(high - low)}, true
}

// makeSlice makes a slice. Elements that lead nowhere are not kept, only the
// length.
func (m *machine) makeSlice(f *frame, i *ssa.MakeSlice) outcome {
	n := m.val(f, i.Len)
	keeps := mayHold(i.Type().Underlying().(*types.Slice).Elem())
	switch {
	case !keeps && isUnknown(n):
		f.set(i, term{op: "slice", a: n, b: m.st.fresh()})
	case isUnknown(n):
		return m.count(n, 2)
	default:
		k, ok := intOf(n)
		if !ok || k > maxCount {
			f.set(i, m.st.fresh())
			return next
		}
		f.set(i, slice{m.st.add(&object{site: i}), 0, int(k)})
	}
	return next
}

// advance executes the step of a range over a map or string: as many turns as
// its length.
func (m *machine) advance(f *frame, i *ssa.Next) outcome {
	it, ok := m.val(f, i.Iter).(ref)
	if !ok {
		f.set(i, m.st.fresh())
		return next
	}
	x := m.st.known(m.st.objs[it.obj].cells["x"])
	if o := m.mapOf(x); o != nil {
		m.nextEntry(f, i, it, o)
		return next
	}
	n := m.length(x)
	if isUnknown(n) {
		return m.count(n, 2)
	}
	at := toInt(m.st.objs[it.obj].cells["i"])
	more := at < toInt(n)
	m.put(ref{it.obj, "i"}, lit{at + 1})
	f.set(i, &agg{[]value{lit{more}, m.st.fresh(), m.st.fresh()}})
	return next
}

// length returns len(x).
func (m *machine) length(x value) value {
	switch x := x.(type) {
	case chanRef:
		if m.inView(x.obj) {
			return lit{int64(len(m.st.objs[x.obj].buf))}
		}
	case ref:
		if o := m.mapOf(x); o != nil {
			return lit{o.entries()}
		}
	case slice:
		return lit{int64(x.n)}
	case lit:
		s, _ := x.v.(string)
		return lit{int64(len(s))}
	case term:
		if x.op == "slice" {
			return m.st.known(x.a)
		}
	}
	if isAtom(x) {
		return m.st.known(term{op: "len", a: x})
	}
	return m.st.fresh()
}

// forgetLen drops what was decided about the length of a map that changes.
func (m *machine) forgetLen(x value) {
	key := term{op: "len", a: x}
	if !isAtom(x) {
		return
	}
	m.st.ownFacts()
	m.st.facts = slices.DeleteFunc(m.st.facts, func(f fact) bool { return mentions(f.key, key) })
}

// mentions reports whether part occurs in v.
func mentions(v, part value) bool {
	if v == part {
		return true
	}
	t, ok := v.(term)
	return ok && (t.a != nil && mentions(t.a, part) || t.b != nil && mentions(t.b, part))
}

// under reports whether a cell path lies at or below another.
func under(path, base string) bool { return strings.HasPrefix(path, base) }
