package knowledge

import (
	"fmt"
	"go/types"

	"github.com/asynclint/asynclint/internal/symbol"
)

// Resolve says which rows name nothing in the analysed program: their package
// is loaded and has no such function. A package that lookup does not know (nil)
// proves nothing.
func Resolve(rows []Entry, lookup func(pkgpath string) *types.Package) (errs []error) {
	for _, e := range rows {
		pkg := lookup(e.Name.Pkg)
		if pkg == nil || FuncIn(pkg, e.Name) != nil {
			continue
		}
		if fn := promotedIn(pkg, e.Name); fn != nil {
			errs = append(errs, fmt.Errorf("row %q: the method is promoted; write %s", e.Name, symbol.Of(fn)))
			continue
		}
		errs = append(errs, fmt.Errorf("row %q: package %s has no such function", e.Name, pkg.Path()))
	}
	return errs
}

// promotedIn returns the method that n's type has from an embedded field, nil
// if there is none. Rows speak about the type that declares a method.
func promotedIn(pkg *types.Package, n symbol.Name) *types.Func {
	named := typeIn(pkg, n.Recv)
	if named == nil {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(named, true, pkg, n.Func)
	fn, _ := obj.(*types.Func)
	return fn
}

// FuncIn returns the function or method that n names in pkg, nil if there is
// none. A method must be declared by the named type itself, as in the tables.
func FuncIn(pkg *types.Package, n symbol.Name) *types.Func {
	if pkg == nil {
		return nil
	}
	if n.Recv == "" {
		fn, _ := pkg.Scope().Lookup(n.Func).(*types.Func)
		return fn
	}
	named := typeIn(pkg, n.Recv)
	if named == nil {
		return nil
	}
	return methodOf(named, n.Func)
}

// typeIn returns the named type called name in pkg, or nil.
func typeIn(pkg *types.Package, name string) *types.Named {
	if pkg == nil {
		return nil
	}
	obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return nil
	}
	named, _ := types.Unalias(obj.Type()).(*types.Named)
	return named
}

// methodOf returns the method of that name declared by named, concrete or not.
func methodOf(named *types.Named, name string) *types.Func {
	for m := range named.Methods() {
		if m.Name() == name {
			return m
		}
	}
	if iface, ok := named.Underlying().(*types.Interface); ok {
		for m := range iface.ExplicitMethods() {
			if m.Name() == name {
				return m
			}
		}
	}
	return nil
}
