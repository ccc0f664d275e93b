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
const maxCallers = 12

// isProcessScope reports whether f runs once in the process: main, init,
// TestMain, what a package-level sync.Once runs, the initialiser of a package
// variable, and functions that are called from such places only, outside loops.
func (j *judge) isProcessScope(f *model.Func) bool { return j.processScope(f, 0) }

// processScope is isProcessScope at one depth of the chain of callers. Each
// function is judged once; a circle of callers is no reason to say no.
func (j *judge) processScope(f *model.Func, depth int) bool {
	if yes, ok := j.scopes[f]; ok {
		return yes
	}
	j.scopes[f] = true
	yes := j.readProcessScope(f, depth)
	j.scopes[f] = yes
	return yes
}

// readProcessScope decides what isProcessScope remembers.
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

// isInvoked reports whether a method is called through an interface somewhere in
// the package, as far as names and signatures say.
func (j *judge) isInvoked(f *model.Func) bool {
	if f.Obj == nil || f.Obj.Signature().Recv() == nil {
		return false
	}
	if j.invoked == nil {
		j.invoked = j.readInvoked()
	}
	return slices.ContainsFunc(j.invoked[f.Obj.Name()], func(m *types.Func) bool {
		return types.Identical(m.Type(), f.Obj.Type())
	})
}

// readInvoked gathers the interface methods that the package calls, by name.
func (j *judge) readInvoked() map[string][]*types.Func {
	all := make(map[string][]*types.Func)
	for _, f := range j.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok || !call.Common().IsInvoke() {
					continue
				}
				if m := call.Common().Method; !slices.Contains(all[m.Name()], m) {
					all[m.Name()] = append(all[m.Name()], m)
				}
			}
		}
	}
	return all
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

// areCallersProcessScope reports whether f is called and started in process
// scope only, and outside loops.
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
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
				j.addCalled(initial, d)
			}
		}
	}
	return initial
}

// addCalled adds the functions that a declaration calls, but for those called
// in literals.
func (j *judge) addCalled(to map[*model.Func]bool, d *ast.GenDecl) {
	ast.Inspect(d, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if f := j.funcNamed(call.Fun); f != nil {
				to[f] = true
			}
		}
		return !isLit(n)
	})
}

// isLit reports whether n is a function literal.
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

// funcOf returns the model of the function an identifier names, or nil.
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
