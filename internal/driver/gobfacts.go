package driver

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"go/types"
	"io"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// gobFact is a fact on its way through a file: the object is named by its path
// within its package, because another process sees another object.
type gobFact struct {
	Package string
	Object  objectpath.Path // empty for a fact about the package
	Fact    analysis.Fact
}

// RegisterFacts makes the fact types of the analyzers and of all they require
// known to gob. Gob numbers types in the order it meets them; meeting them here,
// sorted, is what makes encodings equal from run to run.
func RegisterFacts(analyzers []*analysis.Analyzer) {
	kinds := make(map[string]analysis.Fact)
	for _, a := range Closure(analyzers) {
		for _, f := range a.FactTypes {
			kinds[reflect.TypeOf(f).String()] = f
		}
	}
	var names []string
	for name, f := range kinds {
		gob.Register(f)
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		zero := reflect.New(reflect.TypeOf(kinds[name]).Elem()).Interface().(analysis.Fact)
		_ = gob.NewEncoder(io.Discard).Encode([]gobFact{{Fact: zero}})
	}
}

// encode writes the facts of pkg. With passOn it adds those facts of its
// imports that a later reader may need although it imports only pkg: facts of
// types, methods and fields, which travel with pkg's declarations.
func (s *Facts) encode(pkg *types.Package, passOn bool) ([]byte, error) {
	entries := s.of(pkg)
	if passOn {
		for _, imp := range closure(pkg)[1:] {
			entries = append(entries, slices.DeleteFunc(s.of(imp), staysHome)...)
		}
	}
	facts := portable(entries)
	if len(facts) == 0 {
		return nil, nil
	}
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(facts); err != nil {
		return nil, fmt.Errorf("cannot encode the facts of %s: %w", pkg.Path(), err)
	}
	return buf.Bytes(), nil
}

// staysHome reports whether a fact can only be asked for by packages that
// import its package themselves.
func staysHome(e entry) bool {
	if e.object == nil {
		return true
	}
	_, isType := e.object.(*types.TypeName)
	return !isType && e.object.Parent() == e.pkg.Scope()
}

// portable names the entries' objects and sorts them; objects that no other
// package can reach have no name and are dropped.
func portable(entries []entry) []gobFact {
	var names objectpath.Encoder
	var facts []gobFact
	for _, e := range entries {
		var path objectpath.Path
		if e.object != nil {
			var err error
			if path, err = names.For(e.object); err != nil {
				continue
			}
		}
		facts = append(facts, gobFact{e.pkg.Path(), path, e.fact})
	}
	slices.SortFunc(facts, func(a, b gobFact) int {
		return cmp.Or(
			cmp.Compare(a.Package, b.Package),
			cmp.Compare(a.Object, b.Object),
			cmp.Compare(reflect.TypeOf(a.Fact).String(), reflect.TypeOf(b.Fact).String()),
		)
	})
	return facts
}

// decode adds encoded facts to the store. find returns the package of a path
// as this process knows it, or nil: then nobody here can ask for the fact.
func (s *Facts) decode(data []byte, find func(path string) *types.Package) error {
	if len(data) == 0 {
		return nil
	}
	var facts []gobFact
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&facts); err != nil {
		return fmt.Errorf("cannot decode facts: %w", err)
	}
	for _, f := range facts {
		pkg := find(f.Package)
		if pkg == nil {
			continue
		}
		if f.Object == "" {
			s.set(pkg, nil, f.Fact)
		} else if obj, err := objectpath.Object(pkg, f.Object); err == nil {
			s.set(pkg, obj, f.Fact)
		}
	}
	return nil
}
