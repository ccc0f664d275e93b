package model

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/symbol"
)

// SpawnKind says how a goroutine is started.
type SpawnKind uint8

const (
	GoStmt    SpawnKind = iota // go f(x)
	ByGroup                    // wg.Go(f), errgroup.Go(f), pool.Go(f)
	AfterFunc                  // time.AfterFunc, context.AfterFunc
	ByWrapper                  // a function of this package that runs its argument with go
)

// Spawn is one place where goroutines start.
type Spawn struct {
	Func   *Func // the spawner
	Kind   SpawnKind
	Instr  ssa.CallInstruction
	Pos    token.Pos
	Call   *ast.CallExpr // the call behind go, or the call that spawns; may be nil
	Body   *Func         // what runs, if its body is in this package
	Callee *types.Func   // what runs, if it has a name
	Group  *Op           // for ByGroup: the operation on the group
	Loop   *Loop         // innermost loop that repeats the spawn, or nil
}

// Name returns what a message calls the spawned function.
func (s *Spawn) Name() string {
	switch {
	case s.Callee != nil:
		return symbol.Of(s.Callee).Func
	case s.Body != nil && s.Body.Obj != nil:
		return s.Body.Name()
	}
	return "the goroutine"
}

// Args returns the values handed to the goroutine's function.
func (s *Spawn) Args() []ssa.Value {
	if s.Kind == GoStmt {
		return s.Instr.Common().Args
	}
	return nil
}

// addGo adds the goroutine of a go statement.
func (f *Func) addGo(i *ssa.Go) {
	call := f.Pkg.syntax.spawns[i.Pos()]
	s := &Spawn{Func: f, Kind: GoStmt, Instr: i, Pos: i.Pos(), Call: call, Loop: f.LoopAt(i.Pos())}
	s.Body = f.Pkg.FuncOf(f.Pkg.staticCallee(i.Common()))
	if call != nil {
		s.Callee = calleeOf(f.Pkg.Pass.TypesInfo, call)
	}
	f.addSpawn(s)
}

// addSpawn files a spawn under its function and package.
func (f *Func) addSpawn(s *Spawn) {
	f.Spawns = append(f.Spawns, s)
	f.Pkg.Spawns = append(f.Pkg.Spawns, s)
}

// runners are functions that run an argument in its own goroutine; the value
// is the argument's index.
var runners = map[symbol.Name]int{
	{Pkg: "time", Func: "AfterFunc"}:    1,
	{Pkg: "context", Func: "AfterFunc"}: 1,
}

// linkSpawns adds the goroutines started by groups, runners and wrappers, and
// tells every body in view who starts it.
func (p *Package) linkSpawns() {
	for _, f := range p.Funcs {
		f.addGroupSpawns()
		f.addRunnerSpawns()
	}
	for _, s := range p.Spawns {
		p.addWrapped(s)
	}
	for _, s := range p.Spawns {
		if s.Body != nil {
			s.Body.Started = append(s.Body.Started, s)
		}
	}
}

// addGroupSpawns adds the goroutines that f starts through groups.
func (f *Func) addGroupSpawns() {
	for _, o := range f.Ops {
		if o.Action != GroupGo || len(o.Call.Args) == 0 {
			continue
		}
		i := o.Instr.(ssa.CallInstruction)
		args := i.Common().Args
		f.addFuncSpawn(ByGroup, i, o.Call, args[len(args)-1]).Group = o
	}
}

// addRunnerSpawns adds the goroutines that f starts through the standard library.
func (f *Func) addRunnerSpawns() {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(ssa.CallInstruction)
			if !ok || i.Common().StaticCallee() == nil {
				continue
			}
			fn, _ := i.Common().StaticCallee().Object().(*types.Func)
			if n, ok := runners[symbol.Of(fn)]; ok && n < len(i.Common().Args) {
				f.addFuncSpawn(AfterFunc, i, f.Pkg.CallSyntax(i), i.Common().Args[n])
			}
		}
	}
}

// addFuncSpawn records that v, a function value, runs in its own goroutine.
func (f *Func) addFuncSpawn(kind SpawnKind, i ssa.CallInstruction, call *ast.CallExpr, v ssa.Value) *Spawn {
	s := &Spawn{Func: f, Kind: kind, Instr: i, Pos: i.Pos(), Call: call}
	if call != nil {
		s.Pos = call.Pos()
	}
	s.Loop = f.LoopAt(s.Pos)
	if fn := f.Pkg.closureIn(v); fn != nil {
		s.Body = f.Pkg.FuncOf(fn)
		s.Callee, _ = fn.Object().(*types.Func)
		if s.Body == nil && s.Callee != nil { // a method value's wrapper
			s.Body = f.Pkg.funcOfObj(s.Callee)
		}
	}
	f.addSpawn(s)
	return s
}

// funcOfObj returns the model of a declared function.
func (p *Package) funcOfObj(obj *types.Func) *Func {
	for _, f := range p.Funcs {
		if f.Obj == obj.Origin() {
			return f
		}
	}
	return nil
}

// addWrapped follows "func (s *T) start(f func()) { go f() }" to its callers:
// what they pass is spawned there.
func (p *Package) addWrapped(s *Spawn) {
	if s.Kind != GoStmt {
		return
	}
	param := s.wrappedParam()
	if param < 0 {
		return
	}
	for _, c := range s.wrapper().Callers {
		args := c.Instr.Common().Args
		if param < len(args) {
			c.From.addFuncSpawn(ByWrapper, c.Instr, p.CallSyntax(c.Instr), args[param])
		}
	}
}

// wrapper returns the declared function whose parameter s runs.
func (s *Spawn) wrapper() *Func { return s.Func.Decl() }

// wrappedParam returns the index of the function parameter that the goroutine
// runs, directly or from a literal, or -1.
func (s *Spawn) wrappedParam() int {
	if n := paramIndex(s.Func.Pkg, s.Func.Decl(), s.Instr.Common().Value); n >= 0 {
		return n
	}
	if s.Body == nil || s.Body.Obj != nil {
		return -1
	}
	for _, b := range s.Body.SSA.Blocks {
		for _, instr := range b.Instrs {
			if i, ok := instr.(*ssa.Call); ok && !i.Call.IsInvoke() {
				if n := paramIndex(s.Func.Pkg, s.Func.Decl(), i.Call.Value); n >= 0 {
					return n
				}
			}
		}
	}
	return -1
}

// paramIndex returns which parameter of f the function value v is, or -1.
func paramIndex(p *Package, f *Func, v ssa.Value) int {
	place := p.PlaceOf(v)
	param, ok := place.Root.(*ssa.Parameter)
	if !ok || place.Fields != "" || param.Parent() != f.SSA {
		return -1
	}
	if _, ok := param.Type().Underlying().(*types.Signature); !ok {
		return -1
	}
	for i, x := range f.SSA.Params {
		if x == param {
			return i
		}
	}
	return -1
}
