package knowledge

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/symbol"
)

// Which methods of a package are under a contract is a sure match: the type
// implements the whole interface, and its package imports the interface's
// package. Types that satisfy an interface of a package that they do not import
// are missed.

// Implemented holds the contracts that types of one package may be under.
type Implemented struct {
	ifaces map[string][]underContract // by method name
}

// underContract is one method of a contract's interface as this program has it.
type underContract struct {
	iface    *types.Interface
	contract *Contract
}

// ImplementedIn prepares the method contracts of the packages that pkg imports.
func ImplementedIn(pkg *types.Package) *Implemented {
	in := &Implemented{ifaces: map[string][]underContract{}}
	index := contracts()
	for i := range index.all {
		c := &index.all[i]
		if c.Place != InMethod {
			continue
		}
		if iface := index.interfaceOf(pkg, c.Name); iface != nil {
			in.ifaces[c.Name.Func] = append(in.ifaces[c.Name.Func], underContract{iface, c})
		}
	}
	return in
}

// interfaceOf finds the interface of n among pkg's imports, under any path the
// module is known by.
func (c *contractIndex) interfaceOf(pkg *types.Package, n symbol.Name) *types.Interface {
	for _, imp := range pkg.Imports() {
		if home, ok := c.paths.home(imp.Path()); !ok || home != n.Pkg {
			continue
		}
		obj, ok := imp.Scope().Lookup(n.Recv).(*types.TypeName)
		if !ok {
			continue
		}
		if iface, ok := obj.Type().Underlying().(*types.Interface); ok {
			return iface
		}
	}
	return nil
}

// Method returns the contract that the concrete method fn is under.
func (in *Implemented) Method(fn *types.Func) (*Contract, bool) {
	candidates := in.ifaces[fn.Name()]
	recv := fn.Signature().Recv()
	if len(candidates) == 0 || recv == nil || types.IsInterface(recv.Type()) {
		return nil, false
	}
	for _, u := range candidates {
		if implements(recv.Type(), u.iface) {
			return u.contract, true
		}
	}
	return nil, false
}

// implements reports whether t or a pointer to it implements iface; a method
// with a value receiver may belong to a type whose pointer does.
func implements(t types.Type, iface *types.Interface) bool {
	if types.Implements(t, iface) {
		return true
	}
	_, isPointer := types.Unalias(t).(*types.Pointer)
	return !isPointer && types.Implements(types.NewPointer(t), iface)
}
