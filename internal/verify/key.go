package verify

import (
	"fmt"
	"slices"
	"strconv"
)

// This file writes a state as a string, equal for states that behave equally:
// objects and unknown values are numbered in the order in which the goroutines
// reach them, and what nothing needs any more is left out (and dropped).

// writer writes one state.
type writer struct {
	c     *checker
	s     *state
	buf   []byte
	objs  *numbers
	queue []int
	syms  *numbers
}

// writing is memory that the writers of a checker use one after the other.
type writing struct {
	scratch []byte
	sorted  []byte
	lines   []span
	keep    []bool
	objs    numbers
	syms    numbers
}

// key drops what the state no longer needs and returns its string.
// It is valid until the next call.
func (c *checker) key(s *state) []byte {
	w := &writer{c: c, s: s, buf: c.scratch[:0], objs: &c.objs, syms: &c.syms}
	w.objs.clear(len(s.objs))
	w.syms.clear(s.syms)
	for _, g := range c.inOrder(s) {
		w.gor(g)
	}
	w.drain()
	w.memory()
	w.facts()
	w.drop()
	c.scratch = w.buf
	return w.buf
}

// str writes a text.
func (w *writer) str(s string) { w.buf = append(w.buf, s...) }

// num writes a number.
func (w *writer) num(n int) { w.buf = append(strconv.AppendInt(w.buf, int64(n), 10), ',') }

// gor writes one goroutine.
func (w *writer) gor(g *gor) {
	if g == nil {
		w.str("-;")
		return
	}
	if g.spawn == nil {
		w.str("root")
	}
	for _, f := range g.stack {
		w.frame(f)
	}
	if g.ready && (!g.at.forward || g.at.stage != entering) {
		w.str("@")
		w.num(int(g.at.stage))
		w.num(int(g.at.action))
		w.num(w.c.id(g.at.instr))
		w.value(g.at.on)
	}
	w.str(";")
}

// frame writes one call in progress.
func (w *writer) frame(f *frame) {
	w.str("[")
	w.num(f.code.id)
	w.num(f.block.Index)
	w.num(f.pc)
	w.num(int(f.mode))
	w.num(f.turns)
	for _, r := range f.needs() {
		w.value(f.reg(r))
		w.str(" ")
	}
	for _, d := range f.defers {
		w.str("d")
		w.target(d)
	}
	if f.done != nil {
		w.value(f.done)
	}
	w.str("]")
}

// needs lists the registers that the frame may still read.
func (f *frame) needs() []int {
	var regs []int
	if f.mode == running {
		regs = f.code.liveAt(f.block, f.pc)
	}
	if r := f.code.fn.Recover; r != nil {
		regs = slices.Concat(regs, f.code.liveAt(r, 0))
	}
	return regs
}

// target writes a deferred call.
func (w *writer) target(d deferred) {
	w.num(w.c.id(d.instr))
	for _, v := range d.call.free {
		w.value(v)
	}
	for _, v := range d.call.args {
		w.value(v)
	}
	w.value(d.call.recv)
	w.value(d.call.cancel)
}

// value writes a value and queues the objects it leads to.
func (w *writer) value(v value) {
	switch x := v.(type) {
	case nil:
		w.str("_")
	case lit:
		w.lit(x)
	case num:
		w.str("#")
		w.num(int(x.n))
		w.value(x.of)
	case role:
		w.str(string(x))
	case junk:
		w.str("j")
	case sym:
		w.str("s")
		w.num(w.sym(x))
	case term:
		w.str("(" + x.op + " ")
		w.value(x.a)
		w.value(x.b)
		if x.p != nil {
			w.num(w.c.id(x.p))
		}
		w.str(")")
	case ref:
		w.str("r")
		w.object(x.obj)
		w.str(x.path)
	case chanRef:
		w.str("c")
		w.object(x.obj)
	case ctxRef:
		w.str("x")
		w.object(x.done)
	case cancelRef:
		w.str("X")
		w.object(x.done)
	case slice:
		w.str("l")
		w.object(x.obj)
		w.num(x.off)
		w.num(x.n)
	case *fnVal:
		w.str("f")
		w.num(w.c.id(x.fn))
		w.values(x.free)
	case *box:
		w.str("b")
		w.num(w.c.id(x.t))
		w.value(x.v)
	case *agg:
		w.str("{")
		w.values(x.vals)
		w.str("}")
	}
}

// lit writes a constant.
func (w *writer) lit(x lit) {
	switch v := x.v.(type) {
	case nil:
		w.str("n")
	case int64:
		w.num(int(v))
	case bool:
		w.str(strconv.FormatBool(v))
	default:
		w.str(fmt.Sprintf("%q", v))
	}
}

// values writes several values.
func (w *writer) values(vs []value) {
	for _, v := range vs {
		w.value(v)
	}
}

// sym returns the number of an unknown value, by order of appearance.
func (w *writer) sym(x sym) int {
	n, _ := w.syms.of(int(x))
	return n
}

// object writes an object's number and queues it on first sight.
func (w *writer) object(i int) {
	if i < 0 {
		w.str("-")
		return
	}
	n, isNew := w.objs.of(i)
	if isNew {
		w.queue = append(w.queue, i)
	}
	w.num(n)
}

// drain writes the objects that have been reached.
func (w *writer) drain() {
	for len(w.queue) > 0 {
		i := w.queue[0]
		w.queue = w.queue[1:]
		if o := w.s.objs[i]; o != nil {
			w.content(o)
		}
	}
}

// content writes what an object holds.
func (w *writer) content(o *object) {
	w.str("<")
	if o.escaped {
		w.str("E")
	}
	for _, p := range o.parts {
		w.str(p + "^")
	}
	w.num(int(o.lent))
	if o.isChan {
		if o.closed {
			w.str("C")
		}
		w.num(o.cap)
		w.values(o.buf)
	}
	for _, k := range o.kids {
		w.object(k)
	}
	for _, p := range sortedPaths(o.cells) {
		w.str(p + "=")
		w.value(o.cells[p])
	}
	w.str(">")
}

// id numbers anything comparable in the order of first use.
func (c *checker) id(x any) int {
	n, ok := c.ids[x]
	if !ok {
		n = len(c.ids)
		c.ids[x] = n
	}
	return n
}
