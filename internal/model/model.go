// Package model reads one package's concurrency once, from SSA, for all passes.
//
// It holds no judgement. It says which operations each function performs that
// may wait or that wake somebody (Op), which channel each is on (Chan), what a
// select listens to (Select), where goroutines start (Spawn), what repeats
// (Loop) and which contexts a function could hear (Ctx).
//
// What it approximates: channels are unified flow-insensitively over the
// package (two values that may be the same channel share a Chan; two Chans are
// never the same channel unless one is External); places are must-equal; static
// calls, closures and method values are followed, dynamic calls are not.
//
// Knowingly missed: reflection, unsafe, channels hidden in interfaces (they
// count as external), and what other packages do with exported fields.
package model

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/facts"
)

// Package is the model of one package.
type Package struct {
	Pass       *analysis.Pass
	Facts      *facts.Index
	Directives *directive.Set

	Funcs  []*Func  // declared functions, literals and range-over-func bodies with a body, in source order
	Spawns []*Spawn // every goroutine start, in source order
	Chans  []*Chan  // every channel class with at least one make or use
	Groups []*Group // wait groups and their kin, one per class

	bySSA  map[*ssa.Function]*Func
	bySyn  map[ast.Node]*Func
	syntax *syntax
	union  *chanUnion
	byRoot map[any]*Chan
	defPos map[token.Pos]types.Object

	condLocks map[*types.Var]*condLock // by field: the mutex of its conditions

	tickers map[*types.Var]*ssa.Call // by field: the call that makes its only ticker, nil if there are several
}

// Analyzer builds the model; a package without concurrency gets an empty one.
var Analyzer = &analysis.Analyzer{
	Name:       "asynclintmodel",
	Doc:        "read a package's goroutines, channels, locks and waits for asynclint's passes",
	Requires:   []*analysis.Analyzer{facts.Analyzer, directive.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Package](),
}

// run reads one package, or leaves the model empty where there is nothing to judge.
func run(pass *analysis.Pass) (any, error) {
	p := &Package{
		Pass:       pass,
		Facts:      pass.ResultOf[facts.Analyzer].(*facts.Index),
		Directives: pass.ResultOf[directive.Analyzer].(*directive.Set),
		bySSA:      make(map[*ssa.Function]*Func),
		bySyn:      make(map[ast.Node]*Func),
		tickers:    make(map[*types.Var]*ssa.Call),
	}
	if !isConcurrent(pass, p.Facts) || usesC(pass.Files) {
		return p, nil
	}
	p.syntax = readSyntax(pass.Files)
	p.addFuncs(buildSSA(pass, p.Facts))
	p.readCondLocks()
	p.readFuncs()
	p.readChans()
	p.readGroups()
	p.linkSpawns()
	p.readCallbacks()
	p.freeze()
	return p, nil
}

// freeze computes what would otherwise be computed on demand: passes that run
// side by side share the model.
func (p *Package) freeze() {
	p.union.freeze()
	p.defs()
}

// FuncOf returns the model of an SSA function; instances lead to their generic
// origin. It is nil if fn has no body in this package.
func (p *Package) FuncOf(fn *ssa.Function) *Func {
	if fn == nil {
		return nil
	}
	if f := p.bySSA[fn]; f != nil {
		return f
	}
	if o := fn.Origin(); o != nil {
		return p.bySSA[o]
	}
	return nil
}

// FuncAt returns the innermost function whose source contains pos, or nil.
func (p *Package) FuncAt(pos token.Pos) *Func {
	var in *Func
	for _, f := range p.Funcs {
		if f.Syntax.Pos() <= pos && pos < f.Syntax.End() {
			if in == nil || f.Syntax.Pos() >= in.Syntax.Pos() {
				in = f
			}
		}
	}
	return in
}

// defs maps the position of each declared variable to its object.
func (p *Package) defs() map[token.Pos]types.Object {
	if p.defPos == nil {
		p.defPos = make(map[token.Pos]types.Object)
		for id, obj := range p.Pass.TypesInfo.Defs {
			if _, ok := obj.(*types.Var); ok {
				p.defPos[id.Pos()] = obj
			}
		}
	}
	return p.defPos
}

// TypeOf returns the type of a syntax expression, or nil.
func (p *Package) TypeOf(e ast.Expr) types.Type { return p.Pass.TypesInfo.TypeOf(e) }

// IsTestFile reports whether pos lies in a _test.go file.
func (p *Package) IsTestFile(pos token.Pos) bool {
	f := p.Pass.Fset.File(pos)
	return f != nil && len(f.Name()) > 8 && f.Name()[len(f.Name())-8:] == "_test.go"
}
