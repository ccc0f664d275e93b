package knowledge

import (
	"go/types"
)

// A sibling is found by its name and signature, not by a table: F and FContext
// or FWithContext, declared side by side, where the sibling takes a context
// first and then exactly what F takes, and returns what F returns.

// Sibling returns the form of fn that takes a context, or nil. It is nil for a
// function that takes a context already.
func Sibling(fn *types.Func) *types.Func {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	fn = fn.Origin()
	sig := fn.Signature()
	if takesContext(sig) {
		return nil
	}
	for _, name := range siblingNames(fn.Name()) {
		if s := neighbour(fn, name); s != nil && isContextForm(s.Signature(), sig) {
			return s
		}
	}
	return nil
}

// siblingNames are the names that the form with a context goes by,
// the standard library's way first.
func siblingNames(name string) []string {
	return []string{name + "Context", name + "WithContext", name + "Ctx", name + "WithCtx"}
}

// neighbour returns the function called name that is declared where fn is: in
// its package or on its receiver's type.
func neighbour(fn *types.Func, name string) *types.Func {
	recv := fn.Signature().Recv()
	if recv == nil {
		s, _ := fn.Pkg().Scope().Lookup(name).(*types.Func)
		return s
	}
	obj, _, _ := types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), name)
	s, _ := obj.(*types.Func)
	return s
}

// isContextForm reports whether with is plain preceded by a context.
func isContextForm(with, plain *types.Signature) bool {
	if !takesContext(with) || with.Params().Len() != plain.Params().Len()+1 || with.Variadic() != plain.Variadic() {
		return false
	}
	for i := range plain.Params().Len() {
		if !types.Identical(with.Params().At(i+1).Type(), plain.Params().At(i).Type()) {
			return false
		}
	}
	return types.Identical(with.Results(), plain.Results())
}

// takesContext reports whether the first parameter is a context.
func takesContext(sig *types.Signature) bool {
	return sig.Params().Len() > 0 && IsContext(sig.Params().At(0).Type())
}

// IsContext reports whether t is context.Context.
func IsContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := named.Obj()
	return obj.Name() == "Context" && obj.Pkg() != nil && obj.Pkg().Path() == "context"
}
