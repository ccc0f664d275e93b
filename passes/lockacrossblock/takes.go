package lockacrossblock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file finds the locks that a function takes some calls down, on some path at
// least: a may, where the lock set's summaries only know what is always done first.
// Of each lock it says how the function reaches it: along the fields of a parameter,
// as that of an element of what a parameter keeps, or, behind a function value that
// a field keeps, not at all.

// maxTaken bounds the calls to a lock, maxTakes the locks of one function.
const (
	maxTaken = 5
	maxTakes = 16
)

// take is a lock that a function, or what it calls, may take.
type take struct {
	op     *model.Op
	class  types.Object
	chain  []*model.Call // in the order in which they are made; none if the function itself takes it
	root   any           // what the path starts at: a parameter or a variable; nil if only the class is known
	fields string        // from root, or from the element, to the lock
	elem   types.Type    // of the element if root only keeps the object with the lock, among others; nil otherwise
	kept   bool          // it is reached through what a function captured that an element of root keeps
	sure   bool          // it is taken whenever the function runs
}

// takesOf returns the locks that f may take, at most depth calls down.
func (j *judge) takesOf(f *model.Func, depth int) []take {
	key := reach{f, depth}
	if out, ok := j.takes[key]; ok {
		return out
	}
	j.takes[key] = nil
	out := j.ownTakes(f)
	if depth > 0 {
		for _, c := range f.AllCalls() {
			if c.Deferred || c.To == f {
				continue
			}
			for _, t := range j.takesOf(c.To, depth-1) {
				if t, ok := j.lift(c, t); ok {
					out = withTake(out, t)
				}
			}
		}
	}
	j.takes[key] = out
	return out
}

// withTake adds a lock unless there are many, or one of its kind.
func withTake(out []take, t take) []take {
	if len(out) >= maxTakes {
		return out
	}
	for i, x := range out {
		if x.class == t.class && x.root == t.root && x.fields == t.fields {
			out[i].sure = x.sure || t.sure
			return out
		}
	}
	return append(out, t)
}

// ownTakes returns the locks that f itself takes.
func (j *judge) ownTakes(f *model.Func) (out []take) {
	if j.IsTestFile(f.Syntax.Pos()) {
		return nil
	}
	for _, o := range f.Ops {
		class := j.classAt(o)
		if !lockset.IsAcquire(o) || o.Deferred || class == nil {
			continue
		}
		place, ok := j.locks.PlaceAt(o)
		if !ok || j.locks.IsLoose(f, place) || isOnRequest(o) {
			continue
		}
		if t, ok := j.rooted(f, take{op: o, class: class, sure: isAlwaysRun(f, o.Block())}, place); ok {
			out = withTake(out, t)
		}
	}
	return out
}

// isOnRequest reports whether a lock is only taken if a parameter says so: whoever
// holds it already says no.
func isOnRequest(o *model.Op) bool {
	return isGuarded(o.Block(), func(cond ssa.Value, _ bool) bool {
		_, ok := cond.(*ssa.Parameter)
		return ok
	})
}

// rooted says how f reaches a lock at a place; ok is false if its callers have
// nothing to do with the lock.
func (j *judge) rooted(f *model.Func, t take, place model.Place) (take, bool) {
	t.root, t.fields = place.Root, place.Fields
	if fields, ok := lockset.CutKeeper(place); ok {
		if home := j.home(place.Root); home != nil && home != place.Root {
			t.kept = true
			return j.rooted(f, t, model.Place{Root: home, Fields: fields})
		}
	}
	switch r := place.Root.(type) {
	case *ssa.Parameter, *ssa.Global:
		return t, true
	case *ssa.Alloc:
		return t, r.Parent() != f.SSA
	case ssa.Value:
		t.root, t.elem = j.home(r), elemOf(r)
		if t.root == nil {
			return t, false
		}
		alloc, isLocal := t.root.(*ssa.Alloc)
		return t, !isLocal || alloc.Parent() != f.SSA
	}
	return t, false
}

// elemOf returns the type of the object that a value leads to: that of a pointer in
// a slice, where the value is the address of the pointer.
func elemOf(v ssa.Value) types.Type {
	if _, ok := v.(*ssa.IndexAddr); ok {
		if outer, ok := v.Type().Underlying().(*types.Pointer); ok {
			if _, ok := outer.Elem().Underlying().(*types.Pointer); ok {
				return outer.Elem()
			}
		}
	}
	return v.Type()
}

// lift says how the caller of c reaches a lock that the callee may take.
func (j *judge) lift(c *model.Call, t take) (take, bool) {
	t.chain = append([]*model.Call{c}, t.chain...)
	t.sure = t.sure && isAlwaysRun(c.From, c.Instr.Block()) && (c.Value == nil || c.Sole)
	if t.root == nil {
		return t, true
	}
	if t.elem != nil {
		return j.liftKeeper(c, t)
	}
	place, _, ok := j.locks.Through(c, lockset.Effect{Place: model.Place{Root: t.root, Fields: t.fields}})
	if ok && !j.isLooseThrough(c, t) {
		return j.rooted(c.From, t, place)
	}
	t.root, t.fields = nil, ""
	return t, c.Value != nil
}

// isLooseThrough reports whether the argument that leads to a lock may mean
// different objects at different times.
func (j *judge) isLooseThrough(c *model.Call, t take) bool {
	k, args := paramIndex(t.root, c.To), c.Args()
	return k >= 0 && k < len(args) && c.Value == nil && j.locks.IsLooseValue(c.From, args[k])
}

// liftKeeper says what the caller of c calls the object that keeps a lock.
func (j *judge) liftKeeper(c *model.Call, t take) (take, bool) {
	if _, isGlobal := t.root.(*ssa.Global); isGlobal {
		return t, true
	}
	k, args := paramIndex(t.root, c.To), c.Args()
	switch {
	case k >= 0 && k < len(args) && (c.Value == nil || c.Value.Bound == nil || k > 0):
		t.root = j.home(args[k])
		alloc, isLocal := t.root.(*ssa.Alloc)
		return t, t.root != nil && (!isLocal || alloc.Parent() != c.From.SSA)
	case c.Value != nil:
		t.root, t.fields, t.elem = nil, "", nil
		return t, true
	}
	return t, k < 0 && c.To.Parent == c.From // a variable around a literal
}

// paramIndex returns which parameter of f a root is, or -1.
func paramIndex(root any, f *model.Func) int {
	for k, p := range f.SSA.Params {
		if root == any(p) {
			return k
		}
	}
	return -1
}
