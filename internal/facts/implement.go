package facts

import (
	"go/types"
	"strings"
)

// This file finds the one method that answers a call through an interface: the
// interface is this package's own, unexported or in a program, and the package
// puts values of one type into it.

// SoleMethod returns the method of this package that a method of such an
// interface stands for, or nil.
func (ix *Index) SoleMethod(fn *types.Func) *types.Func {
	if fn == nil || fn.Pkg() != ix.pkg || fn.Signature().Recv() == nil {
		return nil
	}
	named, ok := types.Unalias(fn.Signature().Recv().Type()).(*types.Named)
	if !ok || named.TypeParams().Len() > 0 || named.Obj().Pkg() != ix.pkg || named.Obj().Exported() && ix.pkg.Name() != "main" {
		return nil
	}
	t := ix.soleType(named.Obj())
	if t == nil {
		return nil
	}
	method, _, _ := types.LookupFieldOrMethod(t, true, ix.pkg, fn.Name())
	found, _ := method.(*types.Func)
	return found
}

// soleType returns the one type whose values the package puts into an interface,
// tests aside, or nil. The package is read on the first question.
func (ix *Index) soleType(name *types.TypeName) types.Type {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.soles == nil {
		ix.soles = make(map[*types.TypeName]*filling)
		for _, file := range ix.pass.Files {
			if !strings.HasSuffix(ix.fset.Position(file.FileStart).Filename, "_test.go") {
				(&filler{ix: ix}).read(file, nil)
			}
		}
	}
	if f := ix.soles[name]; f != nil && !f.open {
		return f.with
	}
	return nil
}
