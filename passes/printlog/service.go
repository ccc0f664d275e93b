package printlog

// Prints in the serving part of a program. That a print is there is certain for
// goroutines, handlers and functions with a context that are written as such;
// whether the program talks to a user is judged by how much else it prints and
// by what it does with its logger. Knowingly missed: functions that a goroutine
// calls.

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
)

// addService adds the finding about a print in a program that serves.
func (p *unit) addService(f report.Finding, c inspector.Cursor, o output) {
	scope, at := p.serving(c)
	if scope == "" {
		return
	}
	advice := p.advise(c, o)
	f.Rule = printInService
	f.Strict = p.mayShow(scope, o)
	f.Message = p.message("%s%s prints to %s in "+scope+", but "+p.structured.String()+"; use %s",
		o.name, c, o.to, advice.call)
	f.Fix = advice.fix
	f.Related = append(f.Related, report.Step(at.Pos(), "%s starts here", scope))
	f.Related = append(f.Related, p.loggerStep()...)
	p.report.Add(f)
}

// mayShow reports whether the output in the given part of the program may be
// what the program shows its user, so that only level strict minds.
func (p *unit) mayShow(scope string, o output) bool {
	if p.structured.from == "" && !p.logs() {
		return true
	}
	if scope == aHandler || p.serves {
		return false
	}
	return p.isTalk() || !(scope == aGoroutine && p.printsError(o))
}

// minTalk is the number of prints to standard output, outside of goroutines and
// handlers, from which on they are taken for the interface of a program that
// starts no server. A batch job greets with one to three.
const minTalk = 5

// readTalk reports whether the package prints to standard output so often that
// its user must be reading.
func (p *unit) readTalk() bool {
	n := 0
	for c := range p.root.Preorder((*ast.CallExpr)(nil)) {
		o, ok := p.outputOf(c.Node().(*ast.CallExpr))
		if !ok || o.to != stdout || p.inTest(c) {
			continue
		}
		if scope, _ := p.serving(c); scope == "" || scope == aContext {
			n++
		}
	}
	return n >= minTalk
}

// logVerb matches the names of functions and methods that log, of all libraries.
var logVerb = pattern.New(`^((Trace|Debug|Info|Print|Notice|Warn|Error|DPanic|Panic|Fatal|Log)|V$)`)

// readLogs reports whether the package calls a structured logger, and does not
// only make one for others.
func (p *unit) readLogs() bool {
	for c := range p.root.Preorder((*ast.CallExpr)(nil)) {
		fn, ok := typeutil.Callee(p.info, c.Node().(*ast.CallExpr)).(*types.Func)
		if ok && isLogCall(fn) && !p.inTest(c) {
			return true
		}
	}
	return false
}

// isLogCall reports whether fn logs: a method of a logger, or a function of a
// package that is one.
func isLogCall(fn *types.Func) bool {
	if fn.Pkg() == nil || !logVerb.MatchString(fn.Name()) {
		return false
	}
	if recv := fn.Signature().Recv(); recv != nil && libraryOf(recv.Type()) != noLibrary {
		return true
	}
	return globals[withoutVendor(fn.Pkg().Path())] != noLibrary
}

// The parts of a program in which nobody sits and reads.
const (
	aGoroutine = "a goroutine"
	aHandler   = "a handler"
	aContext   = "a function with a context"
)

// servingCalls are the functions by which a program shows that it is a server.
var servingCalls = setOf(`ListenAndServe ListenAndServeTLS ListenAndServeUnix Serve ServeTLS Listen ListenPacket
	HandleFunc ServeHTTP`)

// readServes reports whether the package starts a server.
func readServes(root inspector.Cursor) bool {
	for c := range root.Preorder((*ast.CallExpr)(nil)) {
		if servingCalls[lastName(c.Node().(*ast.CallExpr).Fun)] {
			return true
		}
	}
	return false
}

// serving says why c belongs to the serving part of a program, and where that
// part starts; "" if it may be what a command shows its user.
func (p *unit) serving(c inspector.Cursor) (scope string, at ast.Node) {
	for f := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if isSpawned(f) || p.isSpawnedByName(f) {
			return aGoroutine, f.Node()
		}
		typ := funcType(f.Node())
		switch {
		case p.hasParam(typ, "*net/http.Request"), p.hasParam(typ, "net/http.ResponseWriter"):
			return aHandler, f.Node()
		case p.hasParam(typ, "context.Context"):
			return aContext, f.Node()
		}
	}
	return "", nil
}

// isSpawned reports whether the function literal f is run by a go statement or
// handed to a method called Go.
func isSpawned(f inspector.Cursor) bool {
	if _, ok := f.Node().(*ast.FuncLit); !ok {
		return false
	}
	parent := f.Parent()
	call, ok := parent.Node().(*ast.CallExpr)
	if !ok {
		return false
	}
	if f.ParentEdgeKind() == edge.CallExpr_Args {
		return lastName(call.Fun) == "Go"
	}
	return parent.ParentEdgeKind() == edge.GoStmt_Call
}

// isSpawnedByName reports whether f is a declared function that a go statement of
// the package runs, or that is handed to a method called Go.
func (p *unit) isSpawnedByName(f inspector.Cursor) bool {
	decl, ok := f.Node().(*ast.FuncDecl)
	if !ok {
		return false
	}
	fn, ok := p.info.Defs[decl.Name].(*types.Func)
	return ok && p.spawned()[fn]
}

// readSpawned lists the functions of the package that run as goroutines.
func (p *unit) readSpawned() map[*types.Func]bool {
	found := map[*types.Func]bool{}
	add := func(e ast.Expr) {
		if fn, ok := p.object(e).(*types.Func); ok {
			found[fn.Origin()] = true
		}
	}
	for c := range p.root.Preorder((*ast.GoStmt)(nil), (*ast.CallExpr)(nil)) {
		switch n := c.Node().(type) {
		case *ast.GoStmt:
			add(n.Call.Fun)
		case *ast.CallExpr:
			if lastName(n.Fun) == "Go" && len(n.Args) == 1 {
				add(n.Args[0])
			}
		}
	}
	return found
}

// funcType returns the signature of a function declaration or literal.
func funcType(n ast.Node) *ast.FuncType {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Type
	case *ast.FuncLit:
		return n.Type
	}
	return nil
}

// hasParam reports whether a function has a parameter of the type spelt so.
func (p *unit) hasParam(f *ast.FuncType, typ string) bool {
	for _, field := range f.Params.List {
		t := p.info.TypeOf(field.Type)
		if t != nil && types.TypeString(types.Unalias(t), nil) == typ {
			return true
		}
	}
	return false
}
