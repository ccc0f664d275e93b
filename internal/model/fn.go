package model

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"
)

// Func is one function with a body: a declaration, a literal, or the body of a
// range-over-func loop (which SSA makes a function of its own).
type Func struct {
	Pkg    *Package
	SSA    *ssa.Function
	Obj    *types.Func // nil for literals and loop bodies
	Syntax ast.Node    // *ast.FuncDecl, *ast.FuncLit or *ast.RangeStmt
	Body   *ast.BlockStmt
	Parent *Func   // enclosing function of a literal or loop body
	Lits   []*Func // literals and loop bodies directly inside

	Ops     []*Op     // what it does to others and waits for, in SSA order
	Selects []*Select // every select with two or more cases, and select{}
	Calls   []*Call   // static calls to functions of this package
	Dynamic []*Call   // calls of method values, of function values in fields, and through interfaces that one type of this package implements
	Callers []*Call   // static calls to this function from this package
	Spawns  []*Spawn  // goroutines it starts
	Started []*Spawn  // goroutine starts that run it
	Loops   []*Loop   // its loops, outer before inner

	reachMu sync.Mutex // guards reach: passes run side by side
	reach   map[*ssa.BasicBlock][]bool
}

// Call is a static call to a function of this package in the caller's own
// goroutine.
type Call struct {
	From     *Func
	To       *Func
	Instr    ssa.CallInstruction
	Pos      token.Pos
	Deferred bool

	Value *FuncValue // of a call of a function value out of a field: the function, nil otherwise
	Owner ssa.Value  // and the object that has the field, or nil
	Sole  bool       // and it is the only one
	Each  bool       // and so are others, in turn

	method *types.Func // what a call through an interface, or of a method value, runs
	bound  ssa.Value   // the receiver, if a method value is called
}

// IsLoopBody reports whether f is the body of a range-over-func loop.
func (f *Func) IsLoopBody() bool { _, ok := f.Syntax.(*ast.RangeStmt); return ok }

// Decl returns the declared function f belongs to, or f's outermost literal.
func (f *Func) Decl() *Func {
	for f.Parent != nil {
		f = f.Parent
	}
	return f
}

// Name returns what a message calls f: "(*T).Method" without package, "f", or
// "the function literal in f".
func (f *Func) Name() string {
	if f.Obj == nil {
		if f.Parent == nil {
			return "a function literal"
		}
		return "the function literal in " + f.Decl().Name()
	}
	if recv := f.RecvName(); recv != "" {
		return recv + "." + f.Obj.Name()
	}
	return f.Obj.Name()
}

// RecvName returns the name of the receiver's type, or "".
func (f *Func) RecvName() string {
	if named := f.RecvNamed(); named != nil {
		return named.Obj().Name()
	}
	return ""
}

// RecvNamed returns the named type of the receiver of f's declaration, or nil.
func (f *Func) RecvNamed() *types.Named {
	d := f.Decl()
	if d.Obj == nil || d.Obj.Signature().Recv() == nil {
		return nil
	}
	return namedOf(d.Obj.Signature().Recv().Type())
}

// namedOf returns the named type behind at most one pointer, or nil.
func namedOf(t types.Type) *types.Named {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// IsMain reports whether f is declared in package main.
func (p *Package) IsMain() bool { return p.Pass.Pkg.Name() == "main" }

// IsProcessLifetime reports whether f runs once for the whole process: main,
// init, TestMain, and literals directly inside them.
func (f *Func) IsProcessLifetime() bool {
	d := f.Decl()
	if d.Obj == nil {
		return d.Parent == nil && f.Syntax != nil && d.SSA.Parent() != nil // a package variable's initialiser
	}
	if d.Obj.Signature().Recv() != nil {
		return false
	}
	switch d.Obj.Name() {
	case "main":
		return f.Pkg.IsMain()
	case "init", "TestMain":
		return true
	}
	return false
}

// IsTest reports whether f belongs to a test, benchmark, fuzz target or example.
func (f *Func) IsTest() bool {
	if !f.Pkg.IsTestFile(f.Syntax.Pos()) {
		return false
	}
	d := f.Decl()
	if d.Obj == nil {
		return false
	}
	for _, prefix := range []string{"Test", "Benchmark", "Fuzz", "Example"} {
		if strings.HasPrefix(d.Obj.Name(), prefix) {
			return true
		}
	}
	return false
}

// IsExported reports whether other packages may call f directly.
func (f *Func) IsExported() bool {
	if f.Obj == nil || !f.Obj.Exported() || f.Pkg.IsMain() {
		return false
	}
	named := f.RecvNamed()
	return named == nil || named.Obj().Exported()
}

// EscapesAsValue reports whether f may be called through a function value, so
// that its callers are not all in view.
func (f *Func) EscapesAsValue() bool {
	return f.Pkg.union != nil && f.Pkg.union.asValue[f.SSA]
}

// addFuncs makes a Func for every source function and links the nested ones.
func (p *Package) addFuncs(fns []*ssa.Function) {
	for _, fn := range fns {
		f := &Func{Pkg: p, SSA: fn, Syntax: fn.Syntax()}
		switch syn := f.Syntax.(type) {
		case *ast.FuncDecl:
			f.Body = syn.Body
			f.Obj, _ = fn.Object().(*types.Func)
		case *ast.FuncLit:
			f.Body = syn.Body
		case *ast.RangeStmt:
			f.Body = syn.Body
		default:
			continue
		}
		if f.Parent = p.bySSA[fn.Parent()]; f.Parent != nil {
			f.Parent.Lits = append(f.Parent.Lits, f)
		}
		p.Funcs = append(p.Funcs, f)
		p.bySSA[fn], p.bySyn[f.Syntax] = f, f
	}
}

// readFuncs fills in what each function does.
func (p *Package) readFuncs() {
	for _, f := range p.Funcs {
		f.Loops = readLoops(f)
	}
	for _, f := range p.Funcs {
		f.readOps()
	}
	p.linkDynamic()
}

// NamedOf returns the named type behind at most one pointer, or nil.
func NamedOf(t types.Type) *types.Named { return namedOf(t) }
