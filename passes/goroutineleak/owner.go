package goroutineleak

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds the scope of a caller that a goroutine should stay within: a
// context or request parameter, or an object that can be closed.

// closers are the methods that end an object.
var closers = []string{"Close", "Stop", "Shutdown"}

// closerOf returns the name of the method that ends objects of type t, or "".
func closerOf(t *types.Named) string {
	if t == nil {
		return ""
	}
	set := types.NewMethodSet(types.NewPointer(t))
	for _, name := range closers {
		if sel := set.Lookup(t.Obj().Pkg(), name); sel != nil && isEnder(sel.Obj()) {
			return name
		}
	}
	return ""
}

// isEnder reports whether a method needs nothing but perhaps a context.
func isEnder(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	for param := range fn.Signature().Params().Variables() {
		if !model.IsContext(param.Type()) {
			return false
		}
	}
	return true
}

// owner describes the scope of a caller that a goroutine should not outlive.
type owner struct {
	what string // how a message names it: "ctx", "Server.Close"
}

// ownerOf returns the scope that a spawn should stay within, if there is one: a
// context or request parameter, or an object that can be closed.
func (j *judge) ownerOf(s *model.Spawn) (owner, bool) {
	if all := s.Func.Contexts(); len(all) > 0 {
		return owner{all[0].Expr()}, true
	}
	for _, t := range ownerTypes(s) {
		if name := closerOf(t); name != "" {
			return owner{t.Obj().Name() + "." + name}, true
		}
	}
	return owner{}, false
}

// ownerTypes lists the types that a spawn may belong to: the receivers of the
// spawner and of what it starts, and what the spawner returns.
func ownerTypes(s *model.Spawn) []*types.Named {
	list := []*types.Named{s.Func.RecvNamed()}
	if s.Body != nil {
		list = append(list, s.Body.RecvNamed())
	}
	if d := s.Func.Decl(); d.Obj != nil {
		for result := range d.Obj.Signature().Results().Variables() {
			if named := model.NamedOf(result.Type()); named != nil && named.Obj().Pkg() == d.Obj.Pkg() {
				list = append(list, named)
			}
		}
	}
	return list
}
