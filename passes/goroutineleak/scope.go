package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file decides whose life bounds a goroutine's: the process, a caller
// with a context or request, or an object with a Close method.

// maxCallers bounds how far up the callers of a function are followed.
const maxCallers = 6

// isProcessScope reports whether f runs once in the process: main, init,
// TestMain, what a package-level sync.Once runs, the initialiser of a package
// variable, and functions that are called from such places only, outside loops.
func (j *judge) isProcessScope(f *model.Func) bool { return j.processScope(f, 0) }

func (j *judge) processScope(f *model.Func, depth int) bool {
	if yes, ok := j.scopes[f]; ok {
		return yes
	}
	yes := j.readProcessScope(f, depth)
	if depth == 0 {
		j.scopes[f] = yes
	}
	return yes
}

func (j *judge) readProcessScope(f *model.Func, depth int) bool {
	switch {
	case f.IsProcessLifetime() || j.runsInOnce(f) || j.Pass.Pkg.Path() == "runtime":
		return true
	case depth > maxCallers:
		return false
	case f.Obj == nil:
		return f.Parent != nil && j.isCalledOnce(f) && j.processScope(f.Parent, depth+1)
	case f.IsExported() && !j.isCommand() || f.EscapesAsValue():
		return false
	case len(f.Callers)+len(f.Started) == 0:
		return j.initial[f] || j.isCommand() && handlerOf(f) == nil
	}
	return j.areCallersProcessScope(f, depth)
}

// isCommand reports whether the package makes up a program: what its functions
// start, they usually start once.
func (j *judge) isCommand() bool {
	return j.IsMain() || slices.Contains(strings.Split(j.Pass.Pkg.Path(), "/"), "cmd")
}

// isCalledOnce reports whether a literal is called where it stands, or started
// there, outside any loop.
func (j *judge) isCalledOnce(f *model.Func) bool {
	if f.EscapesAsValue() || len(f.Callers)+len(f.Started) != 1 {
		return false
	}
	return f.Parent.LoopAt(f.Syntax.Pos()) == nil
}

func (j *judge) areCallersProcessScope(f *model.Func, depth int) bool {
	for _, c := range f.Callers {
		if c.From.LoopAt(c.Pos) != nil || !j.processScope(c.From, depth+1) {
			return false
		}
	}
	for _, s := range f.Started {
		if s.Loop != nil || !j.processScope(s.Func, depth+1) {
			return false
		}
	}
	return true
}

// readInitial finds the functions that initialise variables of the package.
func (j *judge) readInitial() map[*model.Func]bool {
	initial := make(map[*model.Func]bool)
	for _, file := range j.Pass.Files {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.VAR {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if f := j.funcNamed(call.Fun); f != nil {
						initial[f] = true
					}
				}
				return !isLit(n)
			})
		}
	}
	return initial
}

func isLit(n ast.Node) bool { _, ok := n.(*ast.FuncLit); return ok }

// readOnces finds the functions that are given to a sync.Once.
func (j *judge) readOnces() map[*model.Func]*model.Op {
	onces := make(map[*model.Func]*model.Op)
	for _, f := range j.Funcs {
		for _, o := range f.Ops {
			if o.Action != model.OnceDo || o.Call == nil || len(o.Call.Args) != 1 {
				continue
			}
			if body := j.funcNamed(o.Call.Args[0]); body != nil {
				onces[body] = o
			}
		}
	}
	return onces
}

// funcNamed returns the function that an expression names or spells, or nil.
func (j *judge) funcNamed(e ast.Expr) *model.Func {
	switch x := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		return j.FuncAt(x.Body.Lbrace + 1)
	case *ast.Ident:
		return j.funcOf(x)
	case *ast.SelectorExpr:
		return j.funcOf(x.Sel)
	}
	return nil
}

func (j *judge) funcOf(id *ast.Ident) *model.Func {
	fn, ok := j.Pass.TypesInfo.Uses[id].(*types.Func)
	if !ok {
		return nil
	}
	return j.byObj[fn.Origin()]
}

// runsInOnce reports whether f is what a sync.Once runs, unless the Once
// belongs to an object that can be closed: such an object is no singleton.
func (j *judge) runsInOnce(f *model.Func) bool {
	o := j.onces[f]
	if o == nil {
		return false
	}
	if _, isGlobal := o.Place.Root.(*ssa.Global); isGlobal {
		return true
	}
	return closerOf(o.Func.RecvNamed()) == ""
}

// closers are the methods that end an object.
var closers = []string{"Close", "Stop", "Shutdown"}

// closerOf returns the name of the method that ends objects of type t, or "".
func closerOf(t *types.Named) string {
	if t == nil {
		return ""
	}
	set := types.NewMethodSet(types.NewPointer(t))
	for _, name := range closers {
		if sel := set.Lookup(t.Obj().Pkg(), name); sel != nil && isEnder(sel.Obj()) {
			return name
		}
	}
	return ""
}

// isEnder reports whether a method needs nothing but perhaps a context.
func isEnder(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	for param := range fn.Signature().Params().Variables() {
		if !model.IsContext(param.Type()) {
			return false
		}
	}
	return true
}

// owner describes the scope of a caller that a goroutine should not outlive.
type owner struct {
	what string // how a message names it: "ctx", "Server.Close"
}

// ownerOf returns the scope that a spawn should stay within, if there is one: a
// context or request parameter, or an object that can be closed.
func (j *judge) ownerOf(s *model.Spawn) (owner, bool) {
	if all := s.Func.Contexts(); len(all) > 0 {
		return owner{all[0].Expr()}, true
	}
	for _, t := range ownerTypes(s) {
		if name := closerOf(t); name != "" {
			return owner{t.Obj().Name() + "." + name}, true
		}
	}
	return owner{}, false
}

// ownerTypes lists the types that a spawn may belong to: the receivers of the
// spawner and of what it starts, and what the spawner returns.
func ownerTypes(s *model.Spawn) []*types.Named {
	list := []*types.Named{s.Func.RecvNamed()}
	if s.Body != nil {
		list = append(list, s.Body.RecvNamed())
	}
	if d := s.Func.Decl(); d.Obj != nil {
		for result := range d.Obj.Signature().Results().Variables() {
			if named := model.NamedOf(result.Type()); named != nil && named.Obj().Pkg() == d.Obj.Pkg() {
				list = append(list, named)
			}
		}
	}
	return list
}
