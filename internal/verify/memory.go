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
	if isWhole(t) && mayHold(t) {
		m.escapeAt(r) // the copy is not followed
		return m.st.fresh()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
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
	if o.isOut(r.path) && !isNonNil(v) {
		return m.loadOutside(addr, t, by)
	}
	return m.st.known(v)
}

// isWhole reports whether values of a type are too large to be copied part by
// part: arrays, and structs of many fields.
func isWhole(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return true
	case *types.Struct:
		return u.NumFields() > maxParts
	}
	return false
}

// maxParts is how many fields of a struct are copied.
const maxParts = 16

// fieldPath returns the path of a field in its variable's object.
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
	for i, c := range m.st.mem {
		if c.addr != addr {
			continue
		}
		if isBool(t) {
			m.st.ownMem()
			c = m.st.mem[i].seenBy(by, m.st)
			m.st.mem[i] = c
		}
		return m.st.known(c.val)
	}
	m.st.ownMem()
	c := cell{addr: addr, val: m.st.fresh()}
	if isBool(t) {
		c.by = []ssa.Instruction{by}
	}
	m.st.mem = append(m.st.mem, c)
	return c.val
}

// seenBy returns the cell after one more load, at a later moment if the same
// load has seen it before.
func (c cell) seenBy(by ssa.Instruction, s *state) cell {
	if slices.Contains(c.by, by) {
		c.val, c.by = s.fresh(), []ssa.Instruction{by}
	} else {
		c.by = append(slices.Clone(c.by), by)
	}
	return c
}

// store puts v into the cell at addr.
func (m *machine) store(addr, v value) outcome {
	r, ok := addr.(ref)
	if !ok || m.st.objs[r.obj] == nil {
		m.escape(v)
		m.storeOutside(addr, v)
		return next
	}
	if m.st.objs[r.obj].isOut(r.path) {
		m.escape(v)
		m.storeOutside(addr, v)
	}
	m.put(r, v)
	return next
}

// put writes a cell, field by field for structs.
func (m *machine) put(r ref, v value) {
	o := m.st.mut(r.obj)
	if o.lent != 0 && !o.isChan {
		m.lend(v, o.lent)
	}
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
			m.st.ownMem()
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

// isZero reports whether v is a zero value, which cells leave out.
func isZero(v value) bool {
	switch v {
	case litNil, litFalse, lit{int64(0)}, lit{""}:
		return true
	}
	return false
}

// isBool reports whether t is a boolean type.
func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// storeOutside remembers what was stored out of view.
func (m *machine) storeOutside(addr, v value) {
	if !isAtom(addr) {
		return
	}
	m.st.ownMem()
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
		m.escapeAt(x)
	case chanRef:
		m.escapeObject(x.obj)
	case slice:
		m.escapeObject(x.obj)
	case cancelRef:
		m.escapeObject(x.done)
	case *fnVal:
		m.lendFunc(x)
	case *box:
		m.escape(x.v)
	case *agg:
		for _, y := range x.vals {
			m.escape(y)
		}
	}
}

// escapeAt notes that code out of view may use a variable, or a part of one: from
// the address of a field nobody gets at its neighbours.
func (m *machine) escapeAt(r ref) {
	o := m.st.objs[r.obj]
	switch {
	case r.path == "":
		m.escapeObject(r.obj)
	case o != nil && !o.isOut(r.path):
		o = m.st.mut(r.obj)
		o.parts = slices.Concat(o.parts, []string{r.path})
		for _, path := range sortedPaths(o.cells) {
			if path == r.path || isBelow(path, r.path) {
				m.escape(o.cells[path])
			}
		}
	}
}

// isOut reports whether code out of view may use the part of a variable at a path,
// or a part of that.
func (o *object) isOut(path string) bool {
	return o.escaped || slices.ContainsFunc(o.parts, func(p string) bool {
		return p == path || isBelow(path, p) || isBelow(p, path) || path == ""
	})
}

// escapeObject notes that code out of view may use an object and what it leads to.
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

// sortedPaths lists the paths of an object's cells in a fixed order.
func sortedPaths(cells map[string]value) []string {
	paths := make([]string, 0, len(cells))
	for p := range cells {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}
