package model

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/asynclint/asynclint/internal/pattern"
)

// This file tells test code from code that runs in production. Tests wait for
// what they started, and a hang there costs a developer minutes, not users:
// many rules hold them to level strict. May: a package that only looks like
// test support is held to strict, too.

// supportNames are directory names, below the module's root, of code that
// exists to test other code or to show how it is used.
var supportNames = []string{
	"test", "testutil", "testutils", "testsupport", "testing", "tests", "integration", "integrationtests", "e2e",
	"interop", "bench", "benchmark", "benchmarks", "mock", "mocks", "fake", "fakes", "testhooks",
	"example", "examples",
}

var (
	// standInFile matches the names of files that hold stand-ins for tests.
	standInFile = pattern.New(`^(fake|mock)|(^|_)(fake|mock|stub|dummy)s?(_|\.|$)|test_?(suite|env)|(^|_)test_(util|help|support|common)`)
	// standInName matches the names of types and functions that stand in for
	// others in tests.
	standInName = pattern.New(`^(fake|mock|stub|dummy)([A-Z0-9_]|$)|(Fake|Mock|Stub|Dummy)([A-Z0-9_]|$)|[tT]est(Suite|Env|Hook)`)
)

// IsTestCode reports whether pos lies in a _test.go file or in test support.
func (p *Package) IsTestCode(pos token.Pos) bool {
	return p.IsTestFile(pos) || p.IsTestSupport(pos)
}

// IsTestSupport reports whether pos lies in code outside _test.go files that
// only tests use, or that only shows how others are used: its file imports
// testing, or its directory, file, type or function is named for it.
func (p *Package) IsTestSupport(pos token.Pos) bool {
	if p.isSupportPath() || p.isStandIn(pos) {
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

// isStandIn reports whether pos lies in a file, a method's type or a function
// whose name says that it takes the place of another in tests.
func (p *Package) isStandIn(pos token.Pos) bool {
	file := p.Pass.Fset.File(pos)
	if file != nil && standInFile.MatchString(filepath.Base(file.Name())) {
		return true
	}
	f := p.FuncAt(pos)
	if f == nil {
		return false
	}
	d := f.Decl()
	return standInName.MatchString(d.RecvName()) || d.Obj != nil && standInName.MatchString(d.Obj.Name())
}

// isSupportPath reports whether the package's directory or one above it is
// named for tests. Host and owner of the module's path say nothing, and neither
// does the repository's name.
func (p *Package) isSupportPath() bool {
	path := p.Pass.Pkg.Path()
	if m := p.Pass.Module; m != nil && m.Path != "" {
		if rest, ok := strings.CutPrefix(path, m.Path); ok {
			path = nested(m.Path) + rest
		}
	}
	return slices.ContainsFunc(strings.Split(path, "/"), isSupportName)
}

// nested returns the part of a module's path below its repository: "/tests/v3"
// of "example.com/owner/repo/tests/v3". Hosts without owners make no difference
// worth a table.
func nested(module string) string {
	parts := strings.SplitN(module, "/", 4)
	if len(parts) < 4 {
		return ""
	}
	return "/" + parts[2] + "/" + parts[3]
}

// testPackage matches the names of packages that test one thing, such as
// httptest and network-test, and of English words that only end alike.
var testPackage = pattern.New(`^(at|con|de|fas|grea|la|pro|smar)test$|[a-z0-9]-?test$`)

// isSupportName reports whether a directory is named for tests.
func isSupportName(dir string) bool {
	dir = strings.ToLower(dir)
	m := testPackage.Regexp().FindStringSubmatch(dir)
	return slices.Contains(supportNames, dir) || strings.HasSuffix(dir, "mock") || m != nil && m[1] == ""
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
