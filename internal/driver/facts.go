package driver

import (
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// Facts holds what analyzers learnt about objects and packages, keyed by the
// package that declares them. It is shared by all packages of a run; its
// methods may be called concurrently.
type Facts struct {
	mu       sync.RWMutex
	packages map[*types.Package]map[factKey]analysis.Fact
}

// factKey names one fact of a package; a nil object stands for the package.
type factKey struct {
	object types.Object
	kind   reflect.Type
}

// NewFacts returns an empty store.
func NewFacts() *Facts {
	return &Facts{packages: make(map[*types.Package]map[factKey]analysis.Fact)}
}

// set records a fact of pkg; a later fact of the same kind replaces it.
func (s *Facts) set(pkg *types.Package, obj types.Object, fact analysis.Fact) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := s.packages[pkg]
	if of == nil {
		of = make(map[factKey]analysis.Fact)
		s.packages[pkg] = of
	}
	of[factKey{obj, reflect.TypeOf(fact)}] = fact
}

// get copies the fact into what into points to, if there is one.
func (s *Facts) get(pkg *types.Package, obj types.Object, into analysis.Fact) bool {
	s.mu.RLock()
	fact, ok := s.packages[pkg][factKey{obj, reflect.TypeOf(into)}]
	s.mu.RUnlock()
	if ok {
		reflect.ValueOf(into).Elem().Set(reflect.ValueOf(fact).Elem())
	}
	return ok
}

// entry is one fact together with what it is about.
type entry struct {
	pkg    *types.Package
	object types.Object
	fact   analysis.Fact
}

// of returns the facts of pkg in no particular order.
func (s *Facts) of(pkg *types.Package) []entry {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := make([]entry, 0, len(s.packages[pkg]))
	for k, f := range s.packages[pkg] {
		list = append(list, entry{pkg, k.object, f})
	}
	return list
}

// visible returns the facts a pass over pkg may see: its own and those of all
// packages it imports, directly or not, in no particular order.
func (s *Facts) visible(pkg *types.Package) []entry {
	var list []entry
	for _, p := range closure(pkg) {
		list = append(list, s.of(p)...)
	}
	return list
}

// closure returns pkg and everything it imports, directly or not.
func closure(pkg *types.Package) []*types.Package {
	seen := map[*types.Package]bool{pkg: true}
	list := []*types.Package{pkg}
	for i := 0; i < len(list); i++ {
		for _, imp := range list[i].Imports() {
			if !seen[imp] {
				seen[imp] = true
				list = append(list, imp)
			}
		}
	}
	return list
}
