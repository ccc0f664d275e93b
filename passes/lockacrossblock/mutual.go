package lockacrossblock

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file recognises waits whose other half only ever comes with the same lock
// held: it must have come before, or it never will.

// isMutual reports whether whatever ends a wait happens with the lock held across it.
func (j *judge) isMutual(w *wait) bool {
	_, others := j.peers(w.op)
	return len(others) > 0 && !slices.ContainsFunc(others, func(o *model.Op) bool {
		return !j.isUnder(o.Func, o.Instr, w.held.Class, maxUnder) && !j.isCalledUnder(o.Func, w.held.Class)
	})
}

// isCalledUnder reports whether a literal only goes to a field, and all who call
// what the field keeps hold a lock of a class.
func (j *judge) isCalledUnder(f *model.Func, class types.Object) bool {
	calls := j.valueCalls(f)
	if len(calls) == 0 || !isOnlyKept(f) {
		return false
	}
	return !slices.ContainsFunc(calls, func(c *model.Call) bool {
		return !slices.ContainsFunc(j.locks.HeldAt(c.From, c.Instr), func(h lockset.Held) bool { return h.Class == class })
	})
}

// valueCalls returns the calls of what fields keep that run f.
func (j *judge) valueCalls(f *model.Func) []*model.Call {
	if j.called == nil {
		j.called = make(map[*model.Func][]*model.Call)
		for _, g := range j.Funcs {
			for _, c := range g.Dynamic {
				if c.Value != nil {
					j.called[c.To] = append(j.called[c.To], c)
				}
			}
		}
	}
	return j.called[f]
}

// isOnlyKept reports whether every value of a literal is stored to a field, and
// nothing else is done with it.
func isOnlyKept(f *model.Func) bool {
	if f.Parent == nil || f.SSA.Referrers() == nil {
		return false
	}
	for _, ref := range *f.SSA.Referrers() {
		v := ssa.Value(f.SSA)
		if mc, ok := ref.(*ssa.MakeClosure); ok {
			if len(*mc.Referrers()) != 1 {
				return false
			}
			v, ref = mc, (*mc.Referrers())[0]
		}
		st, ok := ref.(*ssa.Store)
		if !ok || st.Val != v {
			return false
		}
		if _, ok := st.Addr.(*ssa.FieldAddr); !ok {
			return false
		}
	}
	return true
}
