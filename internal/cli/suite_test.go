package cli_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/cli"
	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/rule"
)

// asTool is the environment variable that makes the test binary behave as
// asynclint with the suite below, so that tests drive a real executable, by
// hand and through go vet, whatever the real passes report.
const asTool = "ASYNCLINT_TEST_AS_TOOL"

func TestMain(m *testing.M) {
	if os.Getenv(asTool) != "" {
		os.Exit(cli.Main(testSuite, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// testSuite is one pass with facts, which it gets from another analyzer as the
// real passes do, and one pass that panics when it meets a function of a
// certain name.
var testSuite = cli.Suite{
	Analyzers: []*analysis.Analyzer{sleepy, fragile},
	Rules:     testRules,
}

var testRules = []rule.Rule{
	{Name: "calls-sleep", Pass: "sleepy", Summary: "a call sleeps"},
	{Name: "named-sleep", Pass: "sleepy", Level: rule.Strict, Summary: "a function that sleeps"},
	{Name: "no-rule", Pass: "fragile", Summary: "nothing"},
}

// sleeps is the fact that calling a function sleeps.
type sleeps struct{ Via string }

func (*sleeps) AFact() {}

var sleepFacts = &analysis.Analyzer{
	Name:       "sleepfacts",
	Doc:        "find functions that sleep",
	FactTypes:  []analysis.Fact{new(sleeps)},
	ResultType: reflect.TypeFor[map[*ast.CallExpr]*types.Func](),
	Run:        findSleepers,
}

// findSleepers returns the calls that sleep.
func findSleepers(pass *analysis.Pass) (any, error) {
	calls := make(map[*ast.CallExpr]*types.Func)
	for range 3 { // chains within a package may be declared in any order
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok {
					findIn(pass, fn, calls)
				}
			}
		}
	}
	return calls, nil
}

func findIn(pass *analysis.Pass, fn *ast.FuncDecl, calls map[*ast.CallExpr]*types.Func) {
	ast.Inspect(fn, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		callee := calleeOf(pass, call)
		if callee == nil {
			return true
		}
		if callee.FullName() == "time.Sleep" || pass.ImportObjectFact(callee.Origin(), new(sleeps)) {
			calls[call] = callee
			pass.ExportObjectFact(pass.TypesInfo.Defs[fn.Name], &sleeps{Via: callee.FullName()})
		}
		return true
	})
}

func calleeOf(pass *analysis.Pass, call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return nil
	}
	fn, _ := pass.TypesInfo.Uses[id].(*types.Func)
	return fn
}

var sleepy = &analysis.Analyzer{
	Name:     "sleepy",
	URL:      "https://example.com/sleepy.md",
	Requires: []*analysis.Analyzer{sleepFacts},
	Run:      reportSleepers,
	Doc: `sleepy: report sleeps

Sleeping is for the night.

# Rule calls-sleep

A call that sleeps.

Why: it is late.

Example:

	func nap() { time.Sleep(1) }

Instead:

	func nap() {}

Not reported: dreams.

Known limits: none.

# Rule named-sleep

A function that sleeps.

Why: it is late.

Example:

	func nap() { time.Sleep(1) }

Instead:

	func nap() {}

Not reported: dreams.

Known limits: none.
`,
}

func reportSleepers(pass *analysis.Pass) (any, error) {
	calls := pass.ResultOf[sleepFacts].(map[*ast.CallExpr]*types.Func)
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if callee := calls[n]; callee != nil {
					reportCall(pass, n, callee)
				}
			case *ast.FuncDecl:
				on := config.Active().On(testRules[1], false)
				if on && pass.ImportObjectFact(pass.TypesInfo.Defs[n.Name], new(sleeps)) {
					pass.Report(analysis.Diagnostic{
						Pos: n.Name.Pos(), Category: "named-sleep", Message: n.Name.Name + " sleeps (named-sleep)",
					})
				}
			}
			return true
		})
	}
	return nil, nil
}

func reportCall(pass *analysis.Pass, call *ast.CallExpr, callee *types.Func) {
	if !config.Active().On(testRules[0], false) {
		return
	}
	d := analysis.Diagnostic{
		Pos: call.Pos(), End: call.End(), Category: "calls-sleep",
		Message: callee.Name() + " sleeps; stay awake (calls-sleep)",
		Related: []analysis.RelatedInformation{{Pos: call.Lparen, Message: "called here"}},
	}
	if len(call.Args) == 1 {
		if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.INT {
			text := []byte("0")
			if lit.Value == "13" { // a fix gone wrong
				text = []byte("0)) }")
			}
			if lit.Value == "0" {
				return
			}
			d.SuggestedFixes = []analysis.SuggestedFix{{
				Message:   "sleep for no time",
				TextEdits: []analysis.TextEdit{{Pos: lit.Pos(), End: lit.End(), NewText: text}},
			}}
		}
	}
	pass.Report(d)
}

var fragile = &analysis.Analyzer{
	Name: "fragile",
	Doc:  "fragile: panic at a function called Boom",
	Run: func(pass *analysis.Pass) (any, error) {
		if pass.Pkg.Scope().Lookup("Boom") != nil {
			panic("boom")
		}
		return nil, nil
	},
}
