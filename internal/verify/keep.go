package verify

import (
	"bytes"
	"slices"
)

// This file decides what of a state is still needed: memory and facts about
// values that somebody can still see, and objects that somebody can reach.

// memory writes the cells out of view that can be looked at again with a
// known result, and drops the rest.
func (w *writer) memory() {
	keep := append(w.c.keep[:0], make([]bool, len(w.s.mem))...)
	w.c.keep = keep
	dropped := len(keep)
	for changed := true; changed; {
		changed = false
		for i, c := range w.s.mem {
			if keep[i] || !w.reaches(c.addr) || !w.isNeeded(c.val, 0) {
				continue
			}
			keep[i], changed = true, true
			dropped--
			w.cell(c)
		}
	}
	if dropped == 0 {
		return
	}
	kept := make([]cell, 0, len(keep)-dropped)
	for i, c := range w.s.mem {
		if keep[i] {
			kept = append(kept, c)
		}
	}
	w.s.mem, w.s.ownsMem = kept, true
}

// cell writes one cell out of view.
func (w *writer) cell(c cell) {
	w.str("m")
	w.value(c.addr)
	w.value(c.val)
	for _, by := range c.by {
		w.num(w.c.id(by))
	}
	w.drain()
}

// isNeeded reports whether anything is known of a value: of an unknown one
// without facts nothing is lost by seeing another later, unless it is the
// address of something needed.
func (w *writer) isNeeded(v value, depth int) bool {
	x, ok := v.(sym)
	if !ok {
		return true
	}
	if w.syms.has(int(x)) {
		return true
	}
	for _, f := range w.s.facts {
		if mentions(f.key, x) {
			return true
		}
	}
	for _, c := range w.s.mem {
		if depth < 3 && mentions(c.addr, x) && w.isNeeded(c.val, depth+1) {
			return true
		}
	}
	return false
}

// reaches reports whether every unknown value and object in v has a number.
func (w *writer) reaches(v value) bool {
	switch x := v.(type) {
	case sym:
		return w.syms.has(int(x))
	case term:
		return w.reaches(x.a) && w.reaches(x.b)
	case num:
		return w.reaches(x.of)
	case ref:
		return w.objs.has(x.obj)
	case chanRef:
		return w.objs.has(x.obj)
	case ctxRef:
		return w.objs.has(x.done)
	}
	return true
}

// facts writes what is known of numbered values and drops the rest. The order
// in which things were learnt does not matter.
func (w *writer) facts() {
	lines := w.c.lines[:0]
	start := len(w.buf)
	for _, f := range w.s.facts {
		if !w.reaches(f.key) {
			continue
		}
		at := len(w.buf)
		w.value(f.key)
		w.str(":")
		w.value(f.val)
		lines = append(lines, span{at, len(w.buf)})
	}
	if len(lines) < len(w.s.facts) {
		w.dropFacts(len(lines))
	}
	slices.SortFunc(lines, func(a, b span) int { return bytes.Compare(w.buf[a.from:a.to], w.buf[b.from:b.to]) })
	sorted := w.c.sorted[:0]
	for _, l := range lines {
		sorted = append(sorted, w.buf[l.from:l.to]...)
	}
	copy(w.buf[start:], sorted)
	w.c.lines, w.c.sorted = lines, sorted
}

// span is a part of the text that is being written.
type span struct{ from, to int }

// dropFacts keeps only the facts about numbered values, of which there are n.
func (w *writer) dropFacts(n int) {
	kept := make([]fact, 0, n)
	for _, f := range w.s.facts {
		if w.reaches(f.key) {
			kept = append(kept, f)
		}
	}
	w.s.facts, w.s.ownsFacts = kept, true
}

// drop forgets the objects that nothing reaches.
func (w *writer) drop() {
	for i := range w.s.objs {
		if !w.objs.has(i) {
			w.s.objs[i] = nil
		}
	}
}
