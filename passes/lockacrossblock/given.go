package lockacrossblock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file reads the order of locks off functions that give a lock back which they
// have not taken: "release" of an "acquire". Somebody has taken it before, so it is
// held when the function takes another lock on the way to the unlock.

// noteGiven records the edges from locks that f only gives back to locks that it
// takes first.
func (j *judge) noteGiven(f *model.Func) {
	for _, o := range f.Ops {
		class := j.classAt(o)
		if o.Action != model.Unlock && o.Action != model.RUnlock || class == nil {
			continue
		}
		place, ok := j.locks.PlaceAt(o)
		if !ok || !j.locks.IsUntouched(f, o.Instr, place) {
			continue
		}
		h := lockset.Held{Place: place, Class: class, Name: lockset.LockName(o), Pos: o.Pos}
		if o.Action == model.RUnlock {
			h.Mode = lockset.Read
		}
		j.noteBefore(o, h)
	}
}

// noteBefore records the edges from a lock that o gives back.
func (j *judge) noteBefore(o *model.Op, h lockset.Held) {
	for _, x := range o.Func.Ops {
		place, ok := j.locks.PlaceAt(x)
		if !ok || !lockset.IsAcquire(x) || x.Deferred || x.Class == nil || x.Class == h.Class || !model.Before(x.Instr, o.Instr) || o.Deferred {
			continue
		}
		e := edge{f: o.Func, first: h, second: x.Class, place: place, name: lockset.LockName(x), reading: x.Action == model.RLock, given: true, pos: x.Pos, at: x.Instr}
		e.gates = append(j.locks.HeldAt(o.Func, x.Instr), h)
		if isAlongFields(e) || j.isKept(e) {
			j.edges = append(j.edges, e)
		}
	}
}

// isUnasked reports whether an edge is made each time: where a lock that others give
// back is only taken if a count says that nobody has it, nobody waits for it.
func (e edge) isUnasked() bool {
	if e.deep != nil {
		return isSureBelow(*e.deep)
	}
	return isAlwaysRun(e.f, e.at.Block())
}

// classAt returns the class of an operation's lock; locks that are elements of a
// field's slice or map have that field for one.
func (j *judge) classAt(o *model.Op) types.Object {
	if o.Class != nil || o.Value == nil || !lockset.IsLockOp(o) {
		return o.Class
	}
	return j.keeperField(o.Value, maxOrigin)
}

// classHeld is classAt for a lock that is held.
func (j *judge) classHeld(h lockset.Held) types.Object {
	if h.Class != nil || h.Value == nil {
		return h.Class
	}
	return j.keeperField(h.Value, maxOrigin)
}

// keeperField returns the field whose slice or map a lock is an element of, or nil.
func (j *judge) keeperField(v ssa.Value, depth int) types.Object {
	for range maxHome {
		switch x := v.(type) {
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.Next:
			v = x.Iter
		case *ssa.Range:
			return j.ClassOf(x.X)
		case *ssa.Lookup:
			return j.ClassOf(x.X)
		case *ssa.IndexAddr:
			return j.ClassOf(x.X)
		case *ssa.UnOp:
			v = x.X
		case *ssa.Call:
			return j.keeperOfResult(x, depth)
		default:
			return nil
		}
	}
	return nil
}

// keeperOfResult is keeperField for what a function of the package returns.
func (j *judge) keeperOfResult(call *ssa.Call, depth int) (class types.Object) {
	f := j.FuncOf(call.Common().StaticCallee())
	if f == nil || depth == 0 {
		return nil
	}
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == f.SSA.Recover || len(ret.Results) == 0 {
			continue
		}
		c := j.keeperField(ret.Results[0], depth-1)
		if c == nil || class != nil && class != c {
			return nil
		}
		class = c
	}
	return class
}
