package verify

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// This file is the memory: variables made by code in view are cells that hold
// values; any other memory holds unknown values that stay equal until the same
// load runs again. What is stored out of view escapes: from then on anybody
// may use it.

// load returns what the cell at addr holds.
func (m *machine) load(addr value, t types.Type, by ssa.Instruction) value {
	r, ok := addr.(ref)
	if !ok {
		return m.loadOutside(addr, t, by)
	}
	o := m.st.objs[r.obj]
	if o == nil {
		return m.st.fresh()
	}
	if st, ok := t.Underlying().(*types.Struct); ok && isPlain(t) {
		a := &agg{make([]value, st.NumFields())}
		for i := range a.vals {
			a.vals[i] = m.load(ref{r.obj, fieldPath(r.path, i)}, st.Field(i).Type(), by)
		}
		return a
	}
	v, ok := o.cells[r.path]
	if !ok && o.isUnknownAbove(r.path) {
		return m.loadOutside(addr, t, by)
	}
	if !ok {
		v = zero(t)
	}
	if o.escaped && !isNonNil(v) {
		return m.loadOutside(addr, t, by)
	}
	return m.st.known(v)
}

// isPlain reports whether a struct's fields are looked at one by one.
func isPlain(t types.Type) bool {
	st := t.Underlying().(*types.Struct)
	return st.NumFields() <= 16
}

func fieldPath(path string, i int) string { return path + "." + strconv.Itoa(i) }

// loadOutside looks at memory out of view. A flag read again by a loop may have
// changed; anything else stays the same, for it may be the loop's bound.
func (m *machine) loadOutside(addr value, t types.Type, by ssa.Instruction) value {
	if !isAtom(addr) {
		return m.st.fresh()
	}
	if a, ok := addr.(term); ok && a.op == "global" && isError(t) {
		return term{op: sentinel, p: a.p} // io.EOF and its like
	}
	m.st.own()
	for i := range m.st.mem {
		c := &m.st.mem[i]
		if c.addr != addr {
			continue
		}
		switch {
		case !isBool(t):
		case slices.Contains(c.by, by):
			c.val, c.by = m.st.fresh(), []ssa.Instruction{by}
		default:
			c.by = append(slices.Clone(c.by), by)
		}
		return m.st.known(c.val)
	}
	c := cell{addr: addr, val: m.st.fresh()}
	if isBool(t) {
		c.by = []ssa.Instruction{by}
	}
	m.st.mem = append(m.st.mem, c)
	return c.val
}

// store puts v into the cell at addr.
func (m *machine) store(addr, v value) outcome {
	r, ok := addr.(ref)
	if !ok || m.st.objs[r.obj] == nil {
		m.escape(v)
		m.storeOutside(addr, v)
		return next
	}
	if m.st.objs[r.obj].escaped {
		m.escape(v)
		m.storeOutside(addr, v)
	}
	m.put(r, v)
	return next
}

// put writes a cell, field by field for structs.
func (m *machine) put(r ref, v value) {
	o := m.st.mut(r.obj)
	m.forgetCell(r)
	for p := range o.cells {
		if isBelow(p, r.path) {
			delete(o.cells, p)
		}
	}
	if a, ok := v.(*agg); ok {
		delete(o.cells, r.path)
		for i, x := range a.vals {
			m.put(ref{r.obj, fieldPath(r.path, i)}, x)
		}
		return
	}
	if isZero(v) && !o.isUnknownAbove(r.path) {
		delete(o.cells, r.path)
		return
	}
	if o.cells == nil {
		o.cells = make(map[string]value)
	}
	o.cells[r.path] = v
}

// forgetCell drops what was seen in a part of an unknown variable that is now
// written.
func (m *machine) forgetCell(r ref) {
	for _, c := range m.st.mem {
		if a, ok := c.addr.(ref); ok && a.obj == r.obj && (a.path == r.path || isBelow(a.path, r.path)) {
			m.st.own()
			m.st.mem = slices.DeleteFunc(m.st.mem, func(c cell) bool {
				a, ok := c.addr.(ref)
				return ok && a.obj == r.obj && (a.path == r.path || isBelow(a.path, r.path))
			})
			return
		}
	}
}

// isBelow reports whether a cell path is a part of the variable at base.
func isBelow(path, base string) bool {
	return len(path) > len(base) && strings.HasPrefix(path, base) && (path[len(base)] == '.' || path[len(base)] == '[')
}

// isUnknownAbove reports whether a variable that contains the path was given an
// unknown value as a whole.
func (o *object) isUnknownAbove(path string) bool {
	for {
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return false
		}
		path = path[:i]
		if _, ok := o.cells[path]; ok {
			return true
		}
	}
}

func isZero(v value) bool {
	switch v {
	case litNil, litFalse, lit{int64(0)}, lit{""}:
		return true
	}
	return false
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func (m *machine) storeOutside(addr, v value) {
	if !isAtom(addr) {
		return
	}
	m.st.own()
	for i := range m.st.mem {
		if m.st.mem[i].addr == addr {
			m.st.mem[i].val, m.st.mem[i].by = v, nil
			return
		}
	}
	m.st.mem = append(m.st.mem, cell{addr: addr, val: v})
}

// escape notes that code out of view may use what v leads to.
func (m *machine) escape(v value) {
	switch x := v.(type) {
	case ref:
		m.escapeObject(x.obj)
	case chanRef:
		m.escapeObject(x.obj)
	case slice:
		m.escapeObject(x.obj)
	case cancelRef:
		m.escapeObject(x.done)
	case *fnVal:
		for _, y := range x.free {
			m.escape(y)
		}
	case *box:
		m.escape(x.v)
	case *agg:
		for _, y := range x.vals {
			m.escape(y)
		}
	}
}

func (m *machine) escapeObject(i int) {
	if i < 0 || m.st.objs[i] == nil || m.st.objs[i].escaped {
		return
	}
	o := m.st.mut(i)
	o.escaped = true
	for _, path := range sortedPaths(o.cells) {
		m.escape(o.cells[path])
	}
	for _, v := range o.buf {
		m.escape(v)
	}
	o.buf = nil
}

func sortedPaths(cells map[string]value) []string {
	paths := make([]string, 0, len(cells))
	for p := range cells {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}

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

func elemPath(n int) string { return "[" + strconv.Itoa(n) + "]" }

// slice cuts a slice or array in view; of anything else it returns an unknown
// slice.
func (m *machine) slice(f *frame, i *ssa.Slice) value {
	x := m.val(f, i.X)
	full := i.Low == nil && i.High == nil
	switch x := x.(type) {
	case ref:
		if ptr, ok := i.X.Type().Underlying().(*types.Pointer); ok && full && x.path == "" {
			if arr, ok := ptr.Elem().Underlying().(*types.Array); ok && arr.Len() <= maxCount {
				return slice{x.obj, 0, int(arr.Len())}
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
		return m.count(n)
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
	n := m.length(x)
	if isUnknown(n) {
		return m.count(n)
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
	m.st.own()
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
