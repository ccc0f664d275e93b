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
	if !isSureBelow(t) || t.elem == nil || t.root != h.Place.Root || c.Deferred {
		return
	}
	back, ok := strings.CutSuffix(t.fields, h.Place.Fields)
	if !ok || !j.isBackPointer(t.elem, strings.TrimPrefix(back, "."), h) {
		return
	}
	v, ok := j.locks.FactAt(c.From, c.Instr, h.Place)
	reading := t.op.Action == model.RLock
	if ok && j.isSureOf(c.From, h.Place, v) && j.deadlocks(v, reading, h.Class) {
		j.addRelockCall(c.Instr, c.Pos, calleeOf(c), lockset.Effect{Read: reading, Pos: t.op.Pos}, h.Name, v.Pos, false)
	}
}

// isSureBelow reports whether a lock is taken whenever the first call is made.
func isSureBelow(t take) bool {
	for _, c := range t.chain[1:] {
		if !isAlwaysRun(c.From, c.Instr.Block()) || c.Value != nil && !c.Sole {
			return false
		}
	}
	return isAlwaysRun(t.op.Func, t.op.Block())
}

// isBackPointer reports whether a field of an element points to the type of the
// object whose lock is held, and is set where elements are made only.
func (j *judge) isBackPointer(elem types.Type, name string, h lockset.Held) bool {
	keeper := rootType(h.Place)
	ptr, ok := elem.Underlying().(*types.Pointer)
	if !ok || keeper == nil {
		return false
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for v := range st.Fields() {
		if v.Name() == name {
			return types.Identical(v.Type(), keeper) && !j.locks.IsReassigned(v)
		}
	}
	return false
}

// rootType returns the type of what the place of a lock starts at, or nil.
func rootType(p model.Place) types.Type {
	if v, ok := p.Root.(ssa.Value); ok {
		return v.Type()
	}
	return nil
}
