package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file answers for whoever is about to take a lock: across which waits do
// others hold it? That they hold it is certain (must), that the operation waits is
// a may. Instances are told apart no further than by the class of the lock.
//
// Knowingly missed: locks of objects that the holder made itself, and calls that
// touch the lock, because they may let go of it.

// Across is an operation that may wait while a lock is held.
type Across struct {
	Op   *model.Op
	Held Held
}

// Across returns the waits of the package during which a lock of a class is held,
// in source order of their functions.
func (ix *Index) Across(class types.Object) []Across {
	if ix.across == nil {
		ix.across = make(map[types.Object][]Across)
		for _, f := range ix.p.Funcs {
			if ix.HasLocks(f) {
				ix.readAcross(f)
			}
		}
	}
	return ix.across[class]
}

// readAcross files the waits of f under the locks that are held there.
func (ix *Index) readAcross(f *model.Func) {
	for _, o := range f.Ops {
		if !o.Wait.Waits() || o.Deferred || IsLockOp(o) {
			continue
		}
		for _, h := range ix.HeldAt(f, o.Instr) {
			if h.Class != nil && !ix.touches(o, h.Class) {
				ix.across[h.Class] = append(ix.across[h.Class], Across{o, h})
			}
		}
	}
}

// touches reports whether an operation is a call of a function of the package that
// does anything to locks of a class.
func (ix *Index) touches(o *model.Op, class types.Object) bool {
	for _, c := range o.Func.AllCalls() {
		if c.Instr == o.Instr && slices.ContainsFunc(ix.SummaryOf(c.To).Effects, func(e Effect) bool { return e.Class == class }) {
			return true
		}
	}
	return false
}

// Taking is a lock that a call takes on its way.
type Taking struct {
	Op    *model.Op   // where
	Place model.Place // in the words of the function it is asked for
	Name  string
	Via   []*model.Func // the functions that are called for it, the last one being that of Op; none if Op is the function's own
}

// maxTaking bounds the calls to a lock that is taken.
const maxTaking = 3

// TakingAt returns the lock that an operation of its own function takes; ok is
// false if it takes none, or one that cannot be told from others.
func (ix *Index) TakingAt(o *model.Op) (t Taking, ok bool) {
	if !IsAcquire(o) || o.Deferred || o.Class == nil {
		return t, false
	}
	place, ok := ix.PlaceAt(o)
	return Taking{Op: o, Place: place, Name: LockName(o)}, ok && !ix.IsWeak(o.Func, place)
}

// TakingsOf returns the locks, of the classes that are asked for, that a call of a
// function of the package may take and that its caller can name.
func (ix *Index) TakingsOf(c *model.Call, asked func(types.Object) bool) (out []Taking) {
	pl := ix.planOf(c.From)
	for _, eff := range ix.SummaryOf(c.To).Effects {
		if eff.Class == nil || !eff.Out.some(lockedW, lockedR, free) || !asked(eff.Class) {
			continue
		}
		id, ok := pl.place(pl.translation(c), eff)
		if !ok || id.weak || !isAnchored(id.place.Root) {
			continue
		}
		if o, via := ix.acquireIn(c.To, eff.Class, maxTaking, make(map[*model.Func]bool)); o != nil {
			out = append(out, Taking{Op: o, Place: id.place, Name: id.name, Via: via})
		}
	}
	return out
}

// acquireIn returns where f, or what it calls, takes a lock of a class, and the
// functions on the way.
func (ix *Index) acquireIn(f *model.Func, class types.Object, depth int, seen map[*model.Func]bool) (*model.Op, []*model.Func) {
	seen[f] = true
	for _, o := range f.Ops {
		if IsAcquire(o) && !o.Deferred && o.Class == class {
			return o, []*model.Func{f}
		}
	}
	if depth == 0 {
		return nil, nil
	}
	for _, c := range f.AllCalls() {
		if seen[c.To] || c.Deferred || !ix.MayTake(c, class) {
			continue
		}
		if o, via := ix.acquireIn(c.To, class, depth-1, seen); o != nil {
			return o, append([]*model.Func{f}, via...)
		}
	}
	return nil, nil
}

// isAnchored reports whether a place starts where functions can agree on it.
func isAnchored(root any) bool {
	switch root.(type) {
	case *ssa.Parameter, *ssa.Alloc, *ssa.Global:
		return true
	}
	return false
}

// MayBeSame reports whether a lock that somebody holds may be the one that is
// taken: of the same class, and not of an object that the holder made for itself.
func (t Taking) MayBeSame(h Held) bool {
	if h.Class == nil || h.Class != t.Op.Class || h.Mode == Read && t.Op.Action == model.RLock {
		return false
	}
	switch root := h.Place.Root.(type) {
	case *ssa.Parameter:
		return true
	case *ssa.Alloc, *ssa.Global:
		return root == t.Place.Root
	}
	return false
}
