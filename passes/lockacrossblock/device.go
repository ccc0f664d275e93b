package lockacrossblock

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file tells the lock of one connection or device, which is there to be held
// while it is used, from the lock of an object that keeps many of them.

// manyUsers is in how many functions a lock must be held across waits for
// outside to be taken for the lock of a device: its purpose is to keep these
// waits apart.
const manyUsers = 3

// isDevice reports whether a lock is there to let one at a time use something
// outside: most functions that take it wait for outside under it.
func (j *judge) isDevice(h lockset.Held) bool {
	if h.Class == nil {
		return false
	}
	takers, users := make(map[*model.Func]bool), make(map[*model.Func]bool)
	for _, o := range j.locks.Ops(h.Class) {
		if lockset.IsAcquire(o) && !takers[o.Func.Decl()] {
			takers[o.Func.Decl()] = true
			if j.usesOutside(o.Func, h.Class) {
				users[o.Func.Decl()] = true
			}
		}
	}
	return len(users) >= manyUsers && 2*len(users) >= len(takers)
}

// usesOutside reports whether f waits for outside with a lock of a class held.
func (j *judge) usesOutside(f *model.Func, class types.Object) bool {
	for _, o := range f.Ops {
		if o.Action != model.CallWait || !slices.ContainsFunc(j.Facts.Waits(o.Call), func(w facts.Wait) bool { return w.Kind.IsOutside() }) {
			continue
		}
		if slices.ContainsFunc(j.locks.HeldAt(f, o.Instr), func(h lockset.Held) bool { return h.Class == class }) {
			return true
		}
	}
	return false
}

// isBroadcast reports whether a wait is for writing to a connection that comes
// out of a slice or map of the object that has the lock: while that one peer is
// slow, all others wait.
func (j *judge) isBroadcast(w *wait, x facts.Wait) bool {
	end := j.end(x).Func
	if !strings.HasPrefix(end, "Write") && !strings.HasPrefix(end, "Send") && end != "Flush" {
		return false
	}
	i, ok := w.op.Instr.(ssa.CallInstruction)
	if !ok || w.held.Place.IsZero() {
		return false
	}
	owner := j.home(w.held.Place.Root)
	return owner != nil && slices.ContainsFunc(written(i.Common()), func(v ssa.Value) bool { return j.isElement(v) && j.home(v) == owner })
}

// written returns the operands of a call that it may write to: the receiver, and
// what has a method to write.
func written(common *ssa.CallCommon) (out []ssa.Value) {
	if common.IsInvoke() {
		out = append(out, common.Value)
	}
	for k, v := range common.Args {
		if k == 0 && common.Signature().Recv() != nil || writes(v.Type()) {
			out = append(out, v)
		}
	}
	return out
}

// writes reports whether a type has a method that is named for writing.
func writes(t types.Type) bool {
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if name := set.At(i).Obj().Name(); strings.HasPrefix(name, "Write") || strings.HasPrefix(name, "Send") {
			return true
		}
	}
	return false
}

// isElement reports whether a value is read from a slice, an array or a map, or
// is a field of such an element.
func (j *judge) isElement(v ssa.Value) bool {
	for range maxHome {
		switch x := v.(type) {
		case *ssa.Lookup, *ssa.IndexAddr, *ssa.Index:
			return true
		case *ssa.Extract:
			switch x.Tuple.(type) {
			case *ssa.Lookup, *ssa.Next:
				return true
			}
			return false
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		case *ssa.Alloc:
			vals := storesTo(x)
			if len(vals) != 1 {
				return false
			}
			v = vals[0]
		default:
			return false
		}
	}
	return false
}
