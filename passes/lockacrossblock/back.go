package lockacrossblock

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file reports locks that are taken again by way of a back pointer: the lock of
// the object that keeps others is held, and what is called for one of them takes the
// lock of the object that it points back to. The pointer is only ever set where its
// object is made, so that it leads to the keeper; that the call takes the lock is
// certain.

// judgeBack reports one call under h.
func (j *judge) judgeBack(c *model.Call, t take, h lockset.Held) {
	if !isSureBelow(t) || c.Deferred || !j.leadsBack(t, h) {
		return
	}
	v, ok := j.locks.FactAt(c.From, c.Instr, h.Place)
	reading := t.op.Action == model.RLock
	if ok && j.isSureOf(c.From, h.Place, v) && j.deadlocks(v, reading, h.Class) {
		j.addRelockCall(c.Instr, c.Pos, calleeOf(c), lockset.Effect{Read: reading}, h.Name, v.Pos, t.op.Pos, false)
	}
}

// judgeBackHere reports operations of f itself that take a lock again so.
func (j *judge) judgeBackHere(f *model.Func) {
	for _, t := range j.ownTakes(f) {
		for _, h := range j.locks.HeldAt(f, t.op.Instr) {
			if h.Class != t.class || h.Assumed || !j.leadsBack(t, h) {
				continue
			}
			if v, ok := j.locks.FactAt(f, t.op.Instr, h.Place); ok && j.isSureOf(f, h.Place, v) && j.deadlocks(v, t.op.Action == model.RLock, h.Class) {
				j.addRelock(t.op, h.Place, v)
			}
		}
	}
}

// leadsBack reports whether the path to a lock leads to h: straight, or through what
// the object of h keeps, and by a pointer back.
func (j *judge) leadsBack(t take, h lockset.Held) bool {
	back, ok := strings.CutSuffix(t.fields, h.Place.Fields)
	if !ok || t.root == nil || t.root != h.Place.Root {
		return false
	}
	elem, name := t.elem, strings.TrimPrefix(back, ".")
	if elem == nil && back == "" {
		return t.kept
	}
	if elem == nil {
		field, rest, ok := strings.Cut(name, ".")
		v := fieldOf(rootType(h.Place), field)
		if !ok || v == nil {
			return false
		}
		elem, name = v.Type(), rest
	}
	v := fieldOf(elem, name)
	return v != nil && types.Identical(v.Type(), rootType(h.Place)) && !j.locks.IsReassigned(v)
}

// isSureBelow reports whether a lock is taken whenever the first call is made.
func isSureBelow(t take) bool {
	for n, c := range t.chain {
		if n > 0 && !isAlwaysRun(c.From, c.Instr.Block()) || c.Value != nil && !c.Sole && !c.Each {
			return false
		}
	}
	return isAlwaysRun(t.op.Func, t.op.Block())
}

// fieldOf returns the field with a name of what a pointer points to, or nil.
func fieldOf(t types.Type, name string) *types.Var {
	if t == nil {
		return nil
	}
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return lockset.FieldNamed(st, name)
}

// rootType returns the type of what the place of a lock starts at, or nil.
func rootType(p model.Place) types.Type {
	if v, ok := p.Root.(ssa.Value); ok {
		return v.Type()
	}
	return nil
}
