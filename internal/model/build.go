package model

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
)

// concurrentImports are the packages without which, and without the keywords
// go, chan and select, nothing the SSA passes judge can happen. A path stands
// for its subtree.
var concurrentImports = []string{"sync", "context", "time", "net", "os/exec", "os/signal", "golang.org/x/sync", "iter"}

// isConcurrent reports whether the package can contain anything to model. It
// saves the SSA of every package that cannot.
func isConcurrent(pass *analysis.Pass, index *facts.Index) bool {
	for _, imp := range pass.Pkg.Imports() {
		for _, path := range concurrentImports {
			if imp.Path() == path || strings.HasPrefix(imp.Path(), path+"/") {
				return true
			}
		}
	}
	for _, f := range pass.Files {
		if mentionsConcurrency(f) {
			return true
		}
	}
	return locksAbroad(pass.TypesInfo, index)
}

// locksAbroad reports whether a package uses a lock of another: it need not import
// sync for that. It is one look at what the package names.
func locksAbroad(info *types.Info, index *facts.Index) bool {
	for _, obj := range info.Uses {
		if fn, ok := obj.(*types.Func); ok && index.HoldsLocks(fn) {
			return true
		}
	}
	return false
}

// mentionsConcurrency reports whether a file uses go, channels or select.
func mentionsConcurrency(f *ast.File) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.SelectStmt, *ast.ChanType, *ast.SendStmt:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// buildSSA builds the package alone; its imports are types only. Calls that
// facts know never to return end their block, so that paths stay honest.
//
// x/tools' buildssa is not used: it depends on an analyzer with facts, which
// would make every driver visit all dependencies, and it cannot be skipped.
func buildSSA(pass *analysis.Pass, index *facts.Index) []*ssa.Function {
	prog := ssa.NewProgram(pass.Fset, ssa.BuilderMode(0))
	prog.SetNoReturn(func(fn *types.Func) bool { return index.Of(fn).NeverReturns })
	for _, imp := range pass.Pkg.Imports() {
		prog.CreatePackage(imp, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()
	return sourceFuncs(pass, prog)
}

// sourceFuncs lists declared functions with their nested ones, in source order,
// and the literals in package-level variables behind them.
func sourceFuncs(pass *analysis.Pass, prog *ssa.Program) []*ssa.Function {
	var funcs []*ssa.Function
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fn := declared(pass, prog, decl); fn != nil {
				funcs = withNested(funcs, fn)
			}
		}
	}
	if init := prog.Package(pass.Pkg).Func("init"); init != nil {
		for _, anon := range init.AnonFuncs {
			funcs = withNested(funcs, anon)
		}
	}
	return funcs
}

// declared returns the SSA of a function declaration, or nil.
func declared(pass *analysis.Pass, prog *ssa.Program, decl ast.Decl) *ssa.Function {
	d, ok := decl.(*ast.FuncDecl)
	if !ok {
		return nil
	}
	obj, ok := pass.TypesInfo.Defs[d.Name].(*types.Func)
	if !ok {
		return nil
	}
	return prog.FuncValue(obj)
}

// withNested appends fn and the functions inside it that have source.
func withNested(funcs []*ssa.Function, fn *ssa.Function) []*ssa.Function {
	if len(fn.Blocks) == 0 || fn.Syntax() == nil {
		return funcs
	}
	funcs = append(funcs, fn)
	for _, anon := range fn.AnonFuncs {
		funcs = withNested(funcs, anon)
	}
	return funcs
}
