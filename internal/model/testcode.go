package model

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// This file tells test code from code that runs in production. Tests wait for
// what they started, and a hang there costs a developer minutes, not users:
// many rules hold them to level strict. May: a package that only looks like
// test support is held to strict, too.

// supportNames are directory names, below the module's root, of code that
// exists to test other code.
var supportNames = []string{
	"test", "tests", "testing", "testutil", "testutils", "testdata", "testsupport",
	"integration", "e2e", "interop", "benchmark", "benchmarks", "bench", "stress", "fuzz", "mock", "mocks", "fake", "fakes",
}

// IsTestCode reports whether pos lies in a _test.go file or in test support.
func (p *Package) IsTestCode(pos token.Pos) bool {
	return p.IsTestFile(pos) || p.IsTestSupport(pos)
}

// IsTestSupport reports whether pos lies in code outside _test.go files that
// only tests use: its file imports testing, or its directory is named for it.
func (p *Package) IsTestSupport(pos token.Pos) bool {
	if p.isSupportPath() {
		return !p.IsTestFile(pos)
	}
	file := p.Pass.Fset.File(pos)
	for _, f := range p.Pass.Files {
		if p.Pass.Fset.File(f.FileStart) == file {
			return !p.IsTestFile(pos) && importsTesting(f)
		}
	}
	return false
}

// isSupportPath reports whether a directory below the module's root, the
// package's own or one above it, is named for tests.
func (p *Package) isSupportPath() bool {
	path := p.Pass.Pkg.Path()
	if m := p.Pass.Module; m != nil && m.Path != "" {
		rest, ok := strings.CutPrefix(path, m.Path)
		if ok {
			path = rest
		}
	}
	return slices.ContainsFunc(strings.Split(path, "/"), isSupportName)
}

// isSupportName reports whether a directory is named for tests: by a word of
// its own, or by the ending that net/http/httptest set an example for.
func isSupportName(dir string) bool {
	dir = strings.ToLower(dir)
	return slices.Contains(supportNames, dir) || len(dir) > 4 && strings.HasSuffix(dir, "test") && !strings.HasSuffix(dir, "latest")
}

// importsTesting reports whether a file imports testing or a package below it.
func importsTesting(f *ast.File) bool {
	for _, imp := range f.Imports {
		path, err := strconv.Unquote(imp.Path.Value)
		if err == nil && (path == "testing" || strings.HasPrefix(path, "testing/") || strings.HasSuffix(path, "/testify/require")) {
			return true
		}
	}
	return false
}
