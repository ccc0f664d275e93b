package facts

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/directive"
)

// program type-checks packages given as text and runs the analyzer on them in
// order, with facts that went through gob, like a driver does.
type program struct {
	t      *testing.T
	pkgs   map[string]*types.Package
	facts  map[types.Object][]byte
	index  map[string]*Index
	files  map[string][]*ast.File
	module *analysis.Module
}

// fset and std are shared: the standard library is read once.
var (
	fset  = token.NewFileSet()
	stdMu sync.Mutex
	std   = importer.ForCompiler(fset, "gc", nil)
)

func newProgram(t *testing.T) *program {
	return &program{t: t, pkgs: map[string]*types.Package{}, facts: map[types.Object][]byte{},
		index: map[string]*Index{}, files: map[string][]*ast.File{}}
}

// Import finds packages of the program before those of the standard library.
func (p *program) Import(path string) (*types.Package, error) {
	if pkg := p.pkgs[path]; pkg != nil {
		return pkg, nil
	}
	stdMu.Lock()
	defer stdMu.Unlock()
	return std.Import(path)
}

// add checks and analyses one package.
func (p *program) add(path, src string) *Index {
	p.t.Helper()
	name := path[strings.LastIndexByte(path, '/')+1:]
	file, err := parser.ParseFile(fset, name+".go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		p.t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{}, Implicits: map[ast.Node]types.Object{}}
	pkg, err := (&types.Config{Importer: p}).Check(path, fset, []*ast.File{file}, info)
	if err != nil {
		p.t.Fatal(err)
	}
	p.pkgs[path], p.files[path] = pkg, []*ast.File{file}
	p.index[path] = p.analyze(pkg, info)
	return p.index[path]
}

func (p *program) analyze(pkg *types.Package, info *types.Info) *Index {
	pass := &analysis.Pass{Analyzer: Analyzer, Fset: fset, Files: p.files[pkg.Path()], Pkg: pkg, TypesInfo: info, Module: p.module,
		ResultOf:         map[*analysis.Analyzer]any{directive.Analyzer: directive.Read(fset, p.files[pkg.Path()])},
		ImportObjectFact: p.importFact, AllObjectFacts: p.allFacts,
		ExportObjectFact: func(obj types.Object, f analysis.Fact) { p.facts[obj] = encode(p.t, f.(*Fact)) },
	}
	res, err := Analyzer.Run(pass)
	if err != nil {
		p.t.Fatal(err)
	}
	return res.(*Index)
}

func (p *program) importFact(obj types.Object, f analysis.Fact) bool {
	data, ok := p.facts[obj]
	if ok {
		*f.(*Fact) = *decode(p.t, data)
	}
	return ok
}

func (p *program) allFacts() (all []analysis.ObjectFact) {
	for obj, data := range p.facts {
		all = append(all, analysis.ObjectFact{Object: obj, Fact: decode(p.t, data)})
	}
	return all
}

func encode(t *testing.T, f *Fact) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(f); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func decode(t *testing.T, data []byte) *Fact {
	t.Helper()
	f := new(Fact)
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(f); err != nil {
		t.Fatal(err)
	}
	return f
}

// fn finds "f" or "T.m" in a package.
func (p *program) fn(path, name string) *types.Func {
	p.t.Helper()
	recv, method, isMethod := strings.Cut(name, ".")
	obj := p.pkgs[path].Scope().Lookup(recv)
	if isMethod && obj != nil {
		obj, _, _ = types.LookupFieldOrMethod(obj.Type(), true, p.pkgs[path], method)
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		p.t.Fatalf("no function %s in %s", name, path)
	}
	return fn
}

// show prints a summary in one line: the waits, then the flags.
func show(s Summary) string {
	var words []string
	for _, w := range s.Waits {
		words = append(words, showWait(w))
	}
	for i := range 32 {
		if s.IsDeadCtx(i) {
			words = append(words, fmt.Sprintf("dead%d", i))
		}
	}
	for _, u := range s.Chans {
		uses := map[string]bool{"s": u.Sends, "r": u.Recvs, "c": u.Closes}
		word := fmt.Sprintf("chan%d:", u.Param)
		for _, k := range slices.Sorted(maps.Keys(uses)) {
			if uses[k] {
				word += k
			}
		}
		words = append(words, word)
	}
	if s.Spawns {
		words = append(words, "spawns")
	}
	if s.NeverReturns {
		words = append(words, "noreturn")
	}
	return strings.Join(words, ", ")
}

// showWait prints "kind bound", with what is known beyond: "*" if it is long,
// the duration, the context parameter.
func showWait(w Wait) string {
	s := w.Kind.String() + " " + w.Bound.String()
	if w.Ctx > 0 {
		s += fmt.Sprintf("#%d", w.Ctx-1)
	}
	if w.Dur > 0 {
		s += " " + w.Dur.String()
	}
	if w.IsLong() {
		s += "*"
	}
	return s
}

// asFunc is a checked conversion.
func asFunc(obj types.Object) *types.Func {
	fn, _ := obj.(*types.Func)
	return fn
}
