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
