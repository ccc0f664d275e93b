package goroutineleak

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A handler may hand its request's context to a function of the package that
// starts the goroutine, or put it into an object whose method the goroutine
// runs. This file follows both (must: one chain of calls from one handler, and
// fields that are set where the object is made and nowhere else).

// maxHanded bounds how many calls lie between a handler and the spawner, and how
// many handlers are tried.
const maxHanded = 3

// handedRequests lists the handlers that call the spawner, if it takes a
// context, by way of other such functions or directly.
func (j *judge) handedRequests(s *model.Spawn) (found []*origin) {
	if s.Kind == model.ByWrapper || j.taskOf(s.Body).callsBack {
		return nil // who starts it for others, or is called back, may well wait
	}
	work := []*origin{{j: j, handler: s.Func.Decl(), spawn: s}}
	for len(work) > 0 && len(found) < maxHanded {
		o := work[0]
		work = work[1:]
		if !takesContext(o.handler) || len(o.via) == maxHanded {
			continue
		}
		for _, c := range o.handler.Callers {
			next := &origin{j: j, handler: c.From.Decl(), spawn: s, via: append(slices.Clone(o.via), c)}
			if h := handlerOf(c.From); h != nil {
				next.handler = h
				found = append(found, next)
			} else if !o.passes(next.handler) {
				work = append(work, next)
			}
		}
	}
	return found
}

// takesContext reports whether f is a declared function with a context among its
// parameters, and perhaps in its receiver.
func takesContext(f *model.Func) bool {
	return f.Obj != nil && slices.ContainsFunc(f.SSA.Params, func(p *ssa.Parameter) bool { return model.IsContext(p.Type()) })
}

// passes reports whether f is on the way already.
func (o *origin) passes(f *model.Func) bool {
	return f == o.handler || slices.ContainsFunc(o.via, func(c *model.Call) bool { return c.To == f })
}

// isMeant reports whether the goroutine ends with the request on purpose: it
// waits for the end of the request's context.
func (o *origin) isMeant() bool {
	return slices.ContainsFunc(o.j.taskOf(o.spawn.Body).near, func(f *model.Func) bool {
		return slices.ContainsFunc(f.Ops, o.waitsForEnd)
	})
}

// waitsForEnd reports whether an operation waits for the end of the request's
// context.
func (o *origin) waitsForEnd(at *model.Op) bool {
	for _, ch := range received(at) {
		if ctx := doneOf(ch); ctx != nil {
			if o.seen = nil; o.isRequest(ctx) {
				return true
			}
		}
	}
	return false
}

// isJoined reports whether the handler, or a function on the way to the spawner,
// waits for the goroutine.
func (o *origin) isJoined() bool {
	return o.j.isJoinedIn(o.spawn, o.handler) || slices.ContainsFunc(o.via, func(c *model.Call) bool {
		return o.j.isJoinedIn(o.spawn, c.To)
	})
}

// isRequestField judges the field of an object that the handler has made.
func (o *origin) isRequestField(place model.Place) bool {
	name := strings.TrimPrefix(place.Fields, ".")
	made := o.madeBy(place.Root, 0)
	if made == nil || strings.Contains(name, ".") {
		return false
	}
	var stored []ssa.Value
	for _, ref := range *made.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || fieldName(addr) != name {
			continue
		}
		field := model.FieldOf(addr.X.Type(), addr.Field)
		for _, st := range o.j.fields().stores[field] {
			at, ok := st.Addr.(*ssa.FieldAddr)
			if !ok || !isFresh(at.X) {
				return false // set anew elsewhere, perhaps to a context of its own
			}
			if at.Parent() == made.Parent() && !slices.Contains(stored, st.Val) {
				stored = append(stored, st.Val)
			}
		}
	}
	return o.areRequest(stored)
}

// isFresh reports whether v is an object that was made where it is used.
func isFresh(v ssa.Value) bool { _, ok := v.(*ssa.Alloc); return ok }

// madeBy returns the object of the handler, or of a function on the way, that a
// place is rooted in, or nil.
func (o *origin) madeBy(root any, depth int) *ssa.Alloc {
	if depth > maxCallers {
		return nil
	}
	switch root := root.(type) {
	case *ssa.Parameter:
		if arg := o.argOf(root); arg != nil {
			if place := o.j.PlaceOf(arg); place.Fields == "" {
				return o.madeBy(place.Root, depth+1)
			}
		}
	case *ssa.UnOp: // a copy
		return o.madeBy(root.X, depth+1)
	case *ssa.Alloc:
		for _, ref := range *root.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == root {
				return o.madeBy(st.Val, depth+1) // a copy of a parameter or a literal
			}
		}
		return root
	}
	return nil
}
