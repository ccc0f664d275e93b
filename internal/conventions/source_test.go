package conventions

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the top of the repository, seen from this package's directory.
const root = "../.."

// source is one Go file of the repository.
type source struct {
	name string // from the top of the repository, with slashes
	fset *token.FileSet
	file *ast.File
}

// dir is the source's directory, which is also its package's path in the
// module.
func (s source) dir() string { return path.Dir(s.name) }

// isTest reports whether the source is compiled into tests only.
func (s source) isTest() bool { return strings.HasSuffix(s.name, "_test.go") }

// line returns the line on which pos stands.
func (s source) line(pos token.Pos) int { return s.fset.Position(pos).Line }

// sources parses every Go file of the repository but the fixtures, in order.
func sources(t *testing.T) []source {
	t.Helper()
	var list []source
	for _, name := range files(t) {
		if path.Ext(name) == ".go" && !isFixture(name) {
			content, err := os.ReadFile(filepath.Join(root, name))
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, parse(t, name, string(content)))
		}
	}
	if len(list) < 10 {
		t.Fatalf("only %d Go files found", len(list))
	}
	return list
}

// parse makes a source of content.
func parse(t *testing.T, name, content string) source {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, content, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return source{name, fset, file}
}

// files lists the repository's files but git's own.
func files(t *testing.T) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == ".git" && name != "." {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if err == nil && !entry.IsDir() {
			list = append(list, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// isFixture reports whether the file called name is test data: other people's
// habits are what fixtures are about.
func isFixture(name string) bool { return slices.Contains(strings.Split(name, "/"), "testdata") }

// report fails the test with each complaint.
func report(t *testing.T, complaints []string) {
	t.Helper()
	for _, c := range complaints {
		t.Error(c)
	}
}

// wantComplaints makes sure that a check refuses what it must refuse.
func wantComplaints(t *testing.T, got []string, n int) {
	t.Helper()
	if len(got) != n {
		t.Errorf("%d complaints, want %d: %q", len(got), n, got)
	}
}
