package goroutineleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file tells sends that whoever stops the loop makes himself, first: "s.sync();
// close(s.stop)". Must: every call that leads to the send is in view and stands
// before a close of the stop in one function, on the object that is stopped or in
// the function that made it. Only a second stop could come before such a send, and
// that closes twice.

// maxBefore bounds the calls between a send and the close that comes after it.
const maxBefore = 4

// isBeforeStop reports whether a send always comes before the stop by which its
// receiver leaves, in the goroutine that stops it.
func (j *judge) isBeforeStop(o *model.Op, stop *model.Case) bool {
	c := stop.Chan
	if !c.IsClosedWorld() || c.HasSends() || o.Deferred {
		return false
	}
	isOther := func(k *model.Case) bool { return k.Chan != c && k.MayLeave() }
	return !slices.ContainsFunc(stop.Select.Cases, isOther) && j.comesBefore(o.Func, o.Instr, []any{o.Place.Root}, c, 0)
}

// comesBefore reports whether what an instruction of f does, on objects below the
// roots, comes before a close of the stop in f, or in whoever calls f.
func (j *judge) comesBefore(f *model.Func, at ssa.Instruction, roots []any, stop *model.Chan, depth int) bool {
	closes := false
	for _, o := range stop.Closes {
		if o.Func != f {
			continue
		}
		isOf := o.Place.Root != nil && slices.Contains(roots, o.Place.Root) || isMadeIn(f, o.Place.Root)
		if !isOf || !o.Deferred && f.MayFollow(o.Instr, at) {
			return false
		}
		closes = true
	}
	if closes {
		return true
	}
	if depth > maxBefore || f.Obj == nil || f.Obj.Exported() || len(f.Callers) == 0 || len(f.Started) > 0 || f.EscapesAsValue() {
		return false
	}
	for _, c := range f.Callers {
		if _, starts := c.Instr.(*ssa.Go); starts || c.Deferred || !j.comesBefore(c.From, c.Instr, j.rootsOf(c), stop, depth+1) {
			return false
		}
	}
	return true
}

// rootsOf returns where the arguments of a call start.
func (j *judge) rootsOf(c *model.Call) (roots []any) {
	for _, arg := range c.Args() {
		roots = append(roots, j.PlaceOf(arg).Root)
	}
	return roots
}
