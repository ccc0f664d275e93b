package directive

import (
	"go/ast"
	"go/token"
	"reflect"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
)

// Analyzer reads the directives of one package. It has no facts and requires
// nothing, so facts can build on it without a cost for dependencies.
var Analyzer = &analysis.Analyzer{
	Name:       "asynclintdirectives",
	Doc:        "read //asynclint: and //nolint comments",
	Run:        run,
	ResultType: reflect.TypeFor[*Set](),

	RunDespiteErrors: true,
}

// run reads the directives of one package.
func run(pass *analysis.Pass) (any, error) { return Read(pass.Fset, pass.Files), nil }

// Set holds the directives of one package. Passes that run side by side share
// it: everything but the used marks is fixed once it is read. A nil Set is
// empty.
type Set struct {
	fset   *token.FileSet
	order  []*entry // in source order
	byFile map[*token.File][]*entry
	byPos  map[token.Pos]*entry // by the comment's position
}

// entry is a directive and the lines it covers. Lines are physical ones: a
// //line comment moves what is printed, not what stands beside what.
type entry struct {
	Directive
	first, last int
	used        atomic.Bool
}

// covers reports whether the entry has this kind and covers this line.
func (e *entry) covers(kind Kind, line int) bool {
	return e.Kind == kind && e.first <= line && line <= e.last
}

// Silences reports whether a finding of rule and pass at pos is suppressed,
// and marks every directive that does so as used. No directive suppresses a
// report about itself.
func (s *Set) Silences(pos token.Pos, rule, pass string) bool {
	return s.mark(pos, func(e *entry, line int) bool {
		return e.covers(Ignore, line) && e.names(rule, pass) && pos != e.Pos
	})
}

// SilencesOwn is Silences for a driver that applies //nolint itself: comments
// that name all of asynclint in that way are left to it. Those that name a pass
// or rule are not, because the driver knows neither.
func (s *Set) SilencesOwn(pos token.Pos, rule, pass string) bool {
	return s.mark(pos, func(e *entry, line int) bool {
		hosts := e.Nolint && slices.Contains(e.Names, Everything)
		return !hosts && e.covers(Ignore, line) && e.names(rule, pass) && pos != e.Pos
	})
}

// Stated reports whether a directive of this kind stands on the line of pos,
// on the line above, or at the declaration around pos, and marks it as used.
// Ask only when the answer changes what is reported: a statement nobody was
// helped by is reported as needless.
func (s *Set) Stated(kind Kind, pos token.Pos) bool {
	return s.mark(pos, func(e *entry, line int) bool { return e.covers(kind, line) })
}

// mark marks the entries of pos' file that apply to its line.
func (s *Set) mark(pos token.Pos, applies func(e *entry, line int) bool) bool {
	if s == nil || len(s.order) == 0 || !pos.IsValid() {
		return false
	}
	file := s.fset.File(pos)
	entries := s.byFile[file]
	if len(entries) == 0 {
		return false
	}
	any, line := false, file.PositionFor(pos, false).Line
	for _, e := range entries {
		if applies(e, line) {
			e.used.Store(true)
			any = true
		}
	}
	return any
}

// OnFunc reports whether decl itself is marked: in its doc comment, directly
// above it or behind its opening line. It marks the directive as used.
func (s *Set) OnFunc(kind Kind, decl *ast.FuncDecl) bool {
	if s == nil || len(s.order) == 0 || decl == nil {
		return false
	}
	return s.inGroup(kind, decl.Doc) || s.Stated(kind, decl.Pos())
}

// OnMethod reports whether a method of an interface is marked: in its doc
// comment, directly above it or behind it. It marks the directive as used.
func (s *Set) OnMethod(kind Kind, method *ast.Field) bool {
	if s == nil || len(s.order) == 0 || method == nil {
		return false
	}
	return s.inGroup(kind, method.Doc) || s.inGroup(kind, method.Comment)
}

// inGroup reports whether a directive of this kind is part of the comment.
func (s *Set) inGroup(kind Kind, doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if e := s.byPos[c.Pos()]; e != nil && e.Kind == kind {
			e.used.Store(true)
			return true
		}
	}
	return false
}

// All returns the directives in source order, as they are now: Used says what
// had an effect so far.
func (s *Set) All() []Directive {
	if s == nil {
		return nil
	}
	all := make([]Directive, len(s.order))
	for i, e := range s.order {
		all[i] = e.Directive
		all[i].Used = e.used.Load()
	}
	return all
}
