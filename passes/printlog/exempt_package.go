package printlog

// Packages that may talk to whoever sits at the terminal. A may-judgement by
// names and imports: a package counts as a program's front end if its path or
// its imports say so. Knowingly missed: front ends that do neither.

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/symbol"
)

// role says what kind of code a package is.
type role uint8

const (
	importable role = iota // imported by others; nobody knows who owns its streams
	program                // package main
	frontEnd               // a part of a command-line program
	support                // tests, tools, examples, loggers, the runtime itself and what loggers are made of
)

// frontEndImports are libraries that only a program's front end imports.
var frontEndImports = map[string]bool{
	"flag":                               true,
	"golang.org/x/term":                  true,
	"github.com/alecthomas/kong":         true,
	"github.com/alecthomas/kingpin/v2":   true,
	"gopkg.in/alecthomas/kingpin.v2":     true,
	"github.com/spf13/cobra":             true,
	"github.com/spf13/pflag":             true,
	"github.com/urfave/cli":              true,
	"github.com/urfave/cli/v2":           true,
	"github.com/urfave/cli/v3":           true,
	"github.com/jessevdk/go-flags":       true,
	"github.com/mitchellh/cli":           true,
	"github.com/hashicorp/cli":           true,
	"github.com/charmbracelet/bubbletea": true,
	"github.com/chzyer/readline":         true,
	"github.com/peterh/liner":            true,
	"github.com/fatih/color":             true,
	"github.com/olekukonko/tablewriter":  true,
}

// supportImports are packages that only tests and tools import.
var supportImports = map[string]bool{
	"testing":                             true,
	"github.com/stretchr/testify/require": true,
	"github.com/stretchr/testify/assert":  true,
}

// frontEndElements are elements of an import path that name a front end.
var frontEndElements = setOf(`cmd cmds cli clis command commands cmdutil cmdutils console prompt repl shell tui terminal
	term ui main`)

// testElements say the same of programs, and of a whole module whose path has
// them.
var testElements = setOf(`test tests testing e2e integration example examples benchmark benchmarks demo demos sample
	samples tutorial tutorials playground`)

// supportElements are elements of an import path that name support code.
var supportElements = setOf(`tool tools example examples demo demos sample samples script scripts hack bench benchmark
	benchmarks benchmarking perf stress test tests testing testutil testutils testhelper testdata fuzz fuzzing e2e integration interop mock mocks fake fakes gen
	generate generator codegen playground contrib tempfork fork forks third_party thirdparty debug log logs logger loggers logging logutil runtime`)

// roleOf says what kind of code the package is.
func roleOf(pass *analysis.Pass) role {
	elems := elements(pass)
	switch {
	case isBelowSlog(pass), anyElement(elems, func(e string) bool { return testElements[e] }):
		return support
	case pass.Pkg.Name() == "main":
		return program
	case anyElement(elems, isSupportElement) || importsAny(pass, supportImports):
		return support
	case anyElement(elems, isFrontEndElement) || importsAny(pass, frontEndImports) || hasMain(pass.Pkg):
		return frontEnd
	}
	return importable
}

// hasMain reports whether the package has the body of a program's main.
func hasMain(pkg *types.Package) bool {
	_, ok := pkg.Scope().Lookup("Main").(*types.Func)
	return ok
}

// elements returns the elements of the package's path within its module; of
// the module's own path only its last name, for the root package, and words about
// tests count: golang.org/x/tools is no tool.
func elements(pass *analysis.Pass) []string {
	path, _, _ := strings.Cut(pass.Pkg.Path(), " ") // go vet adds " [variant]"
	var list []string
	if pass.Module != nil && pass.Module.Path != "" {
		for _, e := range strings.Split(pass.Module.Path, "/")[1:] {
			if testElements[e] {
				list = append(list, e)
			}
		}
		if path == pass.Module.Path {
			return append(list, rootName(path)...)
		}
		path = strings.TrimPrefix(path, pass.Module.Path+"/")
	}
	return append(append(list, pass.Pkg.Name()), strings.Split(path, "/")...)
}

// rootName returns the name of a module's root package, if the module has a host
// or owner in front of it.
func rootName(path string) []string {
	if !strings.Contains(path, "/") {
		return nil
	}
	return []string{symbol.PkgBase(path)}
}

// anyElement reports whether one of elems, in small letters, is as asked.
func anyElement(elems []string, is func(string) bool) bool {
	for _, e := range elems {
		if is(strings.ToLower(e)) {
			return true
		}
	}
	return false
}

// isFrontEndElement knows the names of front ends: kubectl, mycli, runcmd.
func isFrontEndElement(e string) bool {
	return frontEndElements[e] || hasSuffixWord(e, "ctl", "cmd", "cli")
}

// isSupportElement knows the names of support code: iotest, zaplog, stringsutil_test.
func isSupportElement(e string) bool {
	return supportElements[e] || hasSuffixWord(e, "test", "logger", "logging") || isLogName(e)
}

// isLogName reports whether e names a package about logging, and not one of the
// other words that end alike.
func isLogName(e string) bool {
	for _, w := range []string{"dialog", "catalog", "blog", "backlog", "changelog", "printlog", "analog"} {
		if strings.HasSuffix(e, w) {
			return false
		}
	}
	return strings.HasSuffix(e, "log")
}

// hasSuffixWord reports whether e ends in one of suffixes.
func hasSuffixWord(e string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(e, s) {
			return true
		}
	}
	return false
}

// importsAny reports whether a file of the package other than a test imports
// one of paths.
func importsAny(pass *analysis.Pass, paths map[string]bool) bool {
	for _, f := range pass.Files {
		if isTestFile(pass, f) {
			continue
		}
		for _, spec := range f.Imports {
			if pkg := importedBy(pass.TypesInfo, spec); pkg != nil && paths[withoutVendor(pkg.Path())] {
				return true
			}
		}
	}
	return false
}

// importedBy returns the package an import names.
func importedBy(info *types.Info, spec *ast.ImportSpec) *types.Package {
	if name := info.PkgNameOf(spec); name != nil {
		return name.Imported()
	}
	return nil
}

// isTestFile reports whether f is run by go test only.
func isTestFile(pass *analysis.Pass, f *ast.File) bool {
	return strings.HasSuffix(pass.Fset.File(f.FileStart).Name(), "_test.go")
}
