package verify

import (
	"slices"
)

// This file decides what of a state is still needed: memory and facts about
// values that somebody can still see, and objects that somebody can reach.

// memory writes the cells out of view that can be looked at again with a
// known result.
func (w *writer) memory() {
	keep := make([]bool, len(w.s.mem))
	for changed := true; changed; {
		changed = false
		for i, c := range w.s.mem {
			if keep[i] || !w.reaches(c.addr) || !w.isNeeded(c.val, 0) {
				continue
			}
			keep[i], changed = true, true
			w.str("m")
			w.value(c.addr)
			w.value(c.val)
			for _, by := range c.by {
				w.num(w.c.id(by))
			}
			w.drain()
		}
	}
	var kept []cell
	for i, c := range w.s.mem {
		if keep[i] {
			kept = append(kept, c)
		}
	}
	w.s.mem, w.s.owned = kept, false
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

// facts writes what is known of numbered values and drops the rest.
func (w *writer) facts() {
	var kept []fact
	var lines []string
	for _, f := range w.s.facts {
		if !w.reaches(f.key) {
			continue
		}
		kept = append(kept, f)
		at := len(w.buf)
		w.value(f.key)
		w.str(":")
		w.value(f.val)
		lines = append(lines, string(w.buf[at:]))
		w.buf = w.buf[:at]
	}
	slices.Sort(lines)
	for _, l := range lines {
		w.str(l)
	}
	w.s.facts, w.s.owned = kept, false
}

// drop forgets the objects that nothing reaches.
func (w *writer) drop() {
	for i := range w.s.objs {
		if !w.objs.has(i) {
			w.s.objs[i] = nil
		}
	}
}
