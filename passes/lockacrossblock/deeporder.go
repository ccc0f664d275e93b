package lockacrossblock

import (
	"slices"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file adds to the order of locks what is taken some calls down. It needs the
// two objects to belong together: one keeps the other, or both are reached along
// fields of one. Where the other
// object is one of many, or nothing is known of it because a function value leads to
// it, an edge only counts against one along fields.

// noteDeep records the edges from locks held at calls to locks that are taken
// further down.
func (j *judge) noteDeep(f *model.Func) {
	for _, c := range f.AllCalls() {
		held := j.locks.HeldAt(f, c.Instr)
		if len(held) == 0 || c.To == f {
			continue
		}
		for _, t := range j.takesOf(c.To, maxTaken) {
			if t, ok := j.lift(c, t); ok {
				j.noteTake(c, t, held)
			}
		}
	}
}

// noteTake records the edges to one lock.
func (j *judge) noteTake(c *model.Call, t take, held []lockset.Held) {
	e := edge{f: c.From, second: t.class, place: model.Place{Root: t.root, Fields: t.fields}, name: lockset.LockName(t.op), reading: t.op.Action == model.RLock, pos: c.Pos, at: c.Instr, gates: held, deep: &t}
	if t.elem == nil && t.root != nil {
		if !lockset.IsAbove(e.place) {
			e.name = e.place.String()
		}
		if j.isPrivate(e.f, lockset.Held{Place: e.place}, e.at) {
			return
		}
	}
	isHeldToo := slices.ContainsFunc(held, func(h lockset.Held) bool { return h.Class == t.class })
	for _, h := range held {
		h.Class = j.classHeld(h)
		if h.Class == nil || h.Assumed || j.isPrivate(e.f, h, e.at) || !j.isKeptTo(t, h) {
			continue
		}
		if e.first = h; h.Class == t.class {
			j.judgeBack(c, t, h)
		} else if !isHeldToo && j.belongs(e) {
			j.edges = append(j.edges, e)
		}
	}
}

// isKeptTo reports whether a lock is still held when another is taken further down.
func (j *judge) isKeptTo(t take, h lockset.Held) bool {
	for i, c := range t.chain {
		at := t.op.Instr
		if i+1 < len(t.chain) {
			at = t.chain[i+1].Instr
		}
		if !j.locks.IsKept(c, h, at) {
			return false
		}
	}
	return true
}

// belongs reports whether the two objects of a deep edge have to do with each other.
func (j *judge) belongs(e edge) bool {
	switch {
	case e.deep.root == nil || isGlobal(e.first.Class) || isGlobal(e.second):
		return true
	case e.deep.elem == nil && e.first.Place.Root == e.deep.root:
		return true
	}
	home := j.home(e.first.Place.Root)
	return home != nil && home == e.deep.root && !j.isTakenOut(e, home)
}
