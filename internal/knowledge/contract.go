package knowledge

import (
	_ "embed"
	"fmt"
	"go/types"
	"strconv"
	"strings"
	"sync"

	"github.com/asynclint/asynclint/internal/symbol"
)

// Some libraries call back on their only goroutine: whoever waits in such a
// callback stops everybody the library serves. contracts.tsv lists the
// callbacks whose library says so, in its documentation or by its code.
//
// The match is sure: a method is under a contract only if its type implements
// the whole interface and its package imports the interface's package. Types
// that satisfy an interface of a package they do not import are missed.

// contractText is the table of callback contracts.
//
//go:embed contracts.tsv
var contractText string

// Place says how a callback reaches its library.
type Place uint8

const (
	// InMethod: the callback is a method of a type that implements an interface.
	InMethod Place = iota
	// InParam: the callback is an argument of a function.
	InParam
	// InField: the callback is the value of a struct field.
	InField
)

// Contract says who waits while a callback waits.
type Contract struct {
	Name   symbol.Name // the interface's method, the function called, or (Struct).Field
	Place  Place
	Param  int    // index of the callback among the parameters, for InParam
	Victim string // who stands still meanwhile, ready for a message
	Note   string // where the library says so
	// LiftedBy is a function whose call means that the contract may not hold,
	// zero for most: a pass stays silent in packages that call it.
	LiftedBy symbol.Name
}

// contractIndex is the parsed contracts.tsv.
type contractIndex struct {
	all   []Contract
	rows  map[symbol.Name][]*Contract
	paths *paths
}

// contracts parses contracts.tsv once; the tests see to it that it parses.
var contracts = sync.OnceValue(func() *contractIndex {
	c := &contractIndex{rows: map[symbol.Name][]*Contract{}}
	for line := range contentLines(contractText) {
		if row, err := parseContract(splitRow(line)); err == nil {
			c.all = append(c.all, row)
		}
	}
	var pkgs []string
	for i := range c.all {
		n := c.all[i].Name
		c.rows[n] = append(c.rows[n], &c.all[i])
		pkgs = append(pkgs, n.Pkg)
	}
	c.paths = newPaths(pkgs)
	return c
})

// parseContract reads the columns name, place, victim, note and lifted by.
func parseContract(cells []string) (c Contract, err error) {
	if len(cells) != 5 {
		return c, fmt.Errorf("contract %q: %d columns, want name, place, victim, note, lifted by", cells[0], len(cells))
	}
	c.Victim, c.Note = cells[2], cells[3]
	if c.Name, err = symbol.Parse(cells[0]); err != nil {
		return c, err
	}
	if cells[4] != "-" {
		if c.LiftedBy, err = symbol.Parse(cells[4]); err != nil {
			return c, err
		}
	}
	c.Place, c.Param, err = parsePlace(cells[1])
	return c, err
}

// parsePlace reads a place column: method, field or param and an index.
func parsePlace(s string) (p Place, param int, err error) {
	switch index, isParam := strings.CutPrefix(s, "param "); {
	case isParam:
		param, err = strconv.Atoi(index)
		return InParam, param, err
	case s == "field":
		return InField, 0, nil
	case s == "method":
		return InMethod, 0, nil
	}
	return 0, 0, fmt.Errorf("unknown place %q: want method, field or param N", s)
}

// Contracts returns all callback contracts, in table order.
func Contracts() []Contract { return contracts().all }

// ParamContract returns the contract of the i-th parameter (from 0, without
// receiver) of fn: a function value given there must not wait.
func ParamContract(fn *types.Func, i int) (*Contract, bool) {
	for _, c := range contracts().about(symbol.Of(fn)) {
		if c.Place == InParam && c.Param == i {
			return c, true
		}
	}
	return nil, false
}

// FieldContract returns the contract of a field of the struct type owner: a
// function value stored there must not wait.
func FieldContract(owner *types.TypeName, field string) (*Contract, bool) {
	if owner == nil || owner.Pkg() == nil {
		return nil, false
	}
	n := symbol.Name{Pkg: owner.Pkg().Path(), Recv: owner.Name(), Func: field}
	for _, c := range contracts().about(n) {
		if c.Place == InField {
			return c, true
		}
	}
	return nil, false
}

// about returns the contracts of the function or field of that name.
func (c *contractIndex) about(n symbol.Name) []*Contract {
	home, ok := c.paths.home(n.Pkg)
	if !ok {
		return nil
	}
	n.Pkg = home
	return c.rows[n]
}

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
