package verify

import (
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// This file is maps whose values lead to something to wait for, and in programs of
// their own all others. One made in view
// keeps its entries in the order of their coming, a key and a value cell each; a
// key that may or may not be there already splits the run. Iteration follows that
// order: it is one that may happen. Any other map is unknown.

// maxEntries is how many entries of a map are kept; one more, and it is unknown.
const maxEntries = 6

// sizeCell holds how many entries a map has ever had.
const sizeCell = "!s"

// keyCell names the cell of an entry's key. A deleted entry has none.
func keyCell(i int) string { return "k" + strconv.Itoa(i) }

// valueCell names the cell of an entry's value.
func valueCell(i int) string { return "v" + strconv.Itoa(i) }

// makeMap makes a map.
func (m *machine) makeMap(f *frame, i *ssa.MakeMap) {
	if t := i.Type().Underlying().(*types.Map); m.whole || leadsToMethods(t.Elem()) || leadsToMethods(t.Key()) {
		f.set(i, ref{obj: m.st.add(&object{site: i, isMap: true})})
		return
	}
	f.set(i, m.st.fresh())
}

// leadsToMethods reports whether a value of type t may lead to objects in view
// through more than an interface without methods.
func leadsToMethods(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	return mayHold(t) && (!ok || iface.NumMethods() > 0)
}

// mapOf returns the map in view that a value is, or nil.
func (m *machine) mapOf(x value) *object {
	r, ok := x.(ref)
	if !ok || r.path != "" || !m.inView(r.obj) || !m.st.objs[r.obj].isMap {
		return nil
	}
	return m.st.objs[r.obj]
}

// find returns the number of the entry with a key, -1 if there is none.
func (m *machine) find(o *object, key value) (int, outcome) {
	for i := range int(toInt(o.cells[sizeCell])) {
		k, ok := o.cells[keyCell(i)]
		if !ok {
			continue
		}
		switch same := m.st.known(equal(key, k)); {
		case same == litTrue:
			return i, next
		case isUnknown(same):
			yes, decided := m.truth(same)
			if !decided {
				return -1, asks
			}
			if yes {
				return i, next
			}
		}
	}
	return -1, next
}

// mapUpdate executes m[k] = v.
func (m *machine) mapUpdate(x, key, v value) outcome {
	o := m.mapOf(x)
	if o == nil {
		m.escape(key)
		m.escape(v)
		m.forgetLen(x)
		return next
	}
	i, out := m.find(o, key)
	if out != next {
		return out
	}
	o = m.st.mut(x.(ref).obj)
	if o.cells == nil {
		o.cells = make(map[string]value)
	}
	if i < 0 {
		i = int(toInt(o.cells[sizeCell]))
		o.cells[sizeCell] = lit{int64(i + 1)}
	}
	o.cells[keyCell(i)], o.cells[valueCell(i)] = key, v
	if i >= maxEntries {
		m.escape(x)
	}
	return next
}

// lookup executes m[k], with or without comma ok.
func (m *machine) lookup(f *frame, i *ssa.Lookup) outcome {
	x, elem := m.val(f, i.X), i.Type()
	if i.CommaOk {
		elem = elem.(*types.Tuple).At(0).Type()
	}
	o, at, out := m.mapOf(x), -1, next
	switch {
	case o != nil:
		at, out = m.find(o, m.val(f, i.Index))
	case x != litNil:
		m.unknownResult(f, i)
		return next
	}
	if out != next {
		return out
	}
	v, ok := zero(elem), litFalse
	if at >= 0 {
		v, ok = m.st.known(o.cells[valueCell(at)]), litTrue
	}
	if i.CommaOk {
		v = &agg{[]value{v, ok}}
	}
	f.set(i, v)
	return next
}

// remove executes delete(m, k).
func (m *machine) remove(x, key value) outcome {
	o := m.mapOf(x)
	if o == nil {
		m.forgetLen(x)
		return next
	}
	i, out := m.find(o, key)
	if i >= 0 && out == next {
		o = m.st.mut(x.(ref).obj)
		delete(o.cells, keyCell(i))
		delete(o.cells, valueCell(i))
	}
	return out
}

// clearMap executes clear(m).
func (m *machine) clearMap(x value) {
	if m.mapOf(x) == nil {
		m.forgetLen(x)
		return
	}
	m.st.mut(x.(ref).obj).cells = nil
}

// entries returns how many entries a map has.
func (o *object) entries() (n int64) {
	for i := range int(toInt(o.cells[sizeCell])) {
		if _, ok := o.cells[keyCell(i)]; ok {
			n++
		}
	}
	return n
}

// nextEntry executes one step of a range over a map in view.
func (m *machine) nextEntry(f *frame, i *ssa.Next, it ref, o *object) {
	at := int(toInt(m.st.objs[it.obj].cells["i"]))
	n := int(toInt(o.cells[sizeCell]))
	for ; at < n; at++ {
		if _, ok := o.cells[keyCell(at)]; ok {
			break
		}
	}
	m.put(ref{it.obj, "i"}, lit{int64(at + 1)})
	a := &agg{[]value{litFalse, junk{}, junk{}}}
	if at < n {
		a.vals = []value{litTrue, m.st.known(o.cells[keyCell(at)]), m.st.known(o.cells[valueCell(at)])}
	}
	f.set(i, a)
}
