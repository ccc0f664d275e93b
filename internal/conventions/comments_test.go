package conventions

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestDeclarationsAreExplained(t *testing.T) {
	for _, s := range sources(t) {
		if !s.isTest() {
			report(t, unexplained(s))
		}
	}
}

// unexplained complains of top-level declarations without a comment, or with
// one that is no sentence.
func unexplained(s source) []string {
	var complaints []string
	complain := func(pos token.Pos, name string, doc *ast.CommentGroup) {
		if why := fault(name, doc); why != "" {
			complaints = append(complaints, fmt.Sprintf("%s:%d: comment of %s %s", s.name, s.line(pos), name, why))
		}
	}
	for _, decl := range s.file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			complain(decl.Pos(), decl.Name.Name, decl.Doc)
		case *ast.GenDecl:
			if decl.Tok == token.IMPORT || isEnum(decl) {
				continue
			}
			if decl.Doc != nil {
				complain(decl.Pos(), specName(decl.Specs), decl.Doc)
				continue
			}
			for _, spec := range decl.Specs {
				if !hasComment(spec) {
					complain(spec.Pos(), specName([]ast.Spec{spec}), nil)
				}
			}
		}
	}
	return complaints
}

// fault says what is wrong with the comment doc of name; "" is nothing.
func fault(name string, doc *ast.CommentGroup) string {
	if name == "_" {
		return "" // a proof for the compiler explains itself
	}
	text := strings.TrimSpace(doc.Text())
	if text == "" {
		return "is missing"
	}
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(first) && !strings.HasPrefix(text, name) {
		return "starts neither with its name nor in upper case"
	}
	if !strings.ContainsAny(text, ".:?") {
		return "is not a sentence"
	}
	return ""
}

// isEnum reports whether decl lists the values of a type of ours: the comment
// of the type explains what they are about.
func isEnum(decl *ast.GenDecl) bool {
	if decl.Tok != token.CONST || len(decl.Specs) < 2 {
		return false
	}
	first := decl.Specs[0].(*ast.ValueSpec)
	_, named := first.Type.(*ast.Ident)
	return named
}

// hasComment reports whether spec, one of a group, has a comment of its own
// above or behind it.
func hasComment(spec ast.Spec) bool {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		return spec.Doc != nil || spec.Comment != nil
	case *ast.TypeSpec:
		return spec.Doc != nil || spec.Comment != nil
	}
	return false
}

// specName returns the name that the first of specs declares.
func specName(specs []ast.Spec) string {
	if len(specs) == 0 {
		return "_"
	}
	switch spec := specs[0].(type) {
	case *ast.ValueSpec:
		return spec.Names[0].Name
	case *ast.TypeSpec:
		return spec.Name.Name
	}
	return "_"
}

// Every package says what it is for, once.
func TestPackagesAreExplained(t *testing.T) {
	explained := map[string]int{}
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		explained[s.dir()] += 0
		if s.file.Doc != nil {
			explained[s.dir()]++
		}
	}
	for dir, n := range explained {
		if n != 1 {
			t.Errorf("%s has %d package comments, want 1", dir, n)
		}
	}
}

func TestUnexplainedRefuses(t *testing.T) {
	s := parse(t, "a.go", `package p
func bare() {}
// does things.
func wrong() {}
// Fine does things.
func Fine() {}
// fine does things.
func fine() {}
// Not a sentence
func short() {}
var _ = 1
const (
	a = 1
	b = 2 // the second
)
const (
	x E = iota
	y
)
// These belong together.
var (
	c int
	d int
)
`)
	wantComplaints(t, unexplained(s), 4)
}
