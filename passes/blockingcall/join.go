package blockingcall

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A function that an event loop calls may wait for goroutines. Must: the group's
// Wait and a goroutine of the group are in view, and that goroutine waits for the
// outside, or sleeps, long; a join of short computations is over soon.

// joinsLong reports whether a call waits for a group of this package one of whose
// goroutines may take long.
func (j *judge) joinsLong(o *model.Op) bool {
	if o.Callee == nil || o.Callee.Pkg() != j.Pass.Pkg {
		return false
	}
	f := j.funcOf(o.Callee)
	return f != nil && slices.ContainsFunc(waitsIn(f, 3), j.hasLongMember)
}

// waitsIn lists the group waits of f and of the functions that it calls in its
// own goroutine.
func waitsIn(f *model.Func, depth int) (waits []*model.Op) {
	for _, o := range f.Ops {
		if o.Action == model.GroupWait {
			waits = append(waits, o)
		}
	}
	if depth == 0 {
		return waits
	}
	for _, c := range f.Calls {
		if c.To != f && !isSpawn(c.Instr) {
			waits = append(waits, waitsIn(c.To, depth-1)...)
		}
	}
	return waits
}

// hasLongMember reports whether a goroutine of the group that o waits for may
// take long.
func (j *judge) hasLongMember(o *model.Op) bool {
	g := j.GroupOf(o)
	if g == nil {
		return false
	}
	for _, s := range j.Spawns {
		if s.Body != nil && j.isMember(s, g) && slices.ContainsFunc(s.Body.Ops, j.isLongWork) {
			return true
		}
	}
	return false
}

// isMember reports whether a spawn belongs to a group: by the group's own Go, or
// because the goroutine calls its Done.
func (j *judge) isMember(s *model.Spawn, g *model.Group) bool {
	if s.Group != nil {
		return j.GroupOf(s.Group) == g
	}
	return slices.ContainsFunc(g.Dones, func(d *model.Op) bool { return d.Func == s.Body || d.Func.Parent == s.Body })
}

// isLongWork reports whether an operation of a goroutine takes long enough for
// an event loop to notice.
func (j *judge) isLongWork(o *model.Op) bool {
	if o.Action != model.CallWait || o.Deferred {
		return false
	}
	if _, isStart := o.Instr.(*ssa.Go); isStart {
		return false
	}
	_, g := j.worst(o)
	return g >= limited
}
