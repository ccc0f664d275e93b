package printlog

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// cleaningWords in the name of a deferred function say that its work is lost if
// it does not run.
var cleaningWords = setOf(`flush sync shutdown remove cleanup teardown wait commit rollback kill restore unmount deregister
	unregister finish save persist drain graceful uninstall delete`)

// harmless lists packages whose deferred functions the end of the process makes
// needless.
var harmless = map[string]bool{"sync": true, "context": true, "time": true, "os/signal": true, "net/http/httptest": true}

// pending returns a deferred call that matters and that the function around c
// has met before c in an enclosing block.
func (p *unit) pending(c inspector.Cursor) (*ast.DeferStmt, string) {
	for ; c.Valid() && c.Node() != nil; c = c.Parent() {
		switch c.Node().(type) {
		case *ast.FuncDecl, *ast.FuncLit, *ast.File, *ast.DeferStmt:
			return nil, ""
		case ast.Stmt:
			for prev, ok := c.PrevSibling(); ok; prev, ok = prev.PrevSibling() {
				if d, what := p.matters(prev.Node()); d != nil {
					return d, what
				}
			}
		}
	}
	return nil, ""
}

// skipped returns a deferred call that matters in a function around the
// goroutine spawn, which ends the process at exit.
func (p *unit) skipped(spawn, exit inspector.Cursor) (*ast.DeferStmt, string) {
	for f := range spawn.Parent().Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		for c := range f.Preorder((*ast.DeferStmt)(nil)) {
			if spawn.Contains(c) || !sameFunc(f, c) {
				continue
			}
			if d, what := p.matters(c.Node()); d != nil && !startedBehind(spawn, exit, d) {
				return d, what
			}
		}
	}
	return nil, ""
}

// sameFunc reports whether f is the innermost function around c.
func sameFunc(f, c inspector.Cursor) bool {
	for g := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return g == f
	}
	return false
}

// matters returns n if it defers a call whose work is lost when the process
// ends, and a name for that call.
func (p *unit) matters(n ast.Node) (*ast.DeferStmt, string) {
	d, ok := n.(*ast.DeferStmt)
	if !ok {
		return nil, ""
	}
	lit, ok := ast.Unparen(d.Call.Fun).(*ast.FuncLit)
	if !ok {
		if !p.cleans(d.Call) {
			return nil, ""
		}
		return d, shortExpr(d.Call)
	}
	what := ""
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && what == "" && p.cleans(call) {
			what = shortExpr(call)
		}
		return what == ""
	})
	if what == "" {
		return nil, ""
	}
	return d, what
}

// cleans reports whether a call's work is lost if it does not run.
func (p *unit) cleans(call *ast.CallExpr) bool {
	name := lastName(call.Fun)
	fn := typeutil.StaticCallee(p.info, call)
	if sel := receiver(call); sel != nil && p.info.TypeOf(sel) != nil && libraryOf(p.info.TypeOf(sel)) != noLibrary {
		return false // loggers write at once; Sync is a formality
	}
	if fn != nil && fn.Pkg() != nil {
		switch path := fn.Pkg().Path(); {
		case path == "sync":
			return name == "Wait"
		case harmless[path]:
			return false
		case path == "runtime/pprof" || path == "runtime/trace":
			return strings.HasPrefix(name, "Stop")
		}
	}
	return cleaningWords.hasAny(name) || name == "Close" && p.buffers(receiver(call))
}

// buffers reports whether closing e writes what it still holds: its type can
// flush, which files and connections, closed by the system, cannot.
func (p *unit) buffers(e ast.Expr) bool {
	if e == nil {
		return false
	}
	t := p.info.TypeOf(e)
	if t == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, p.pass.Pkg, "Flush")
	_, ok := obj.(*types.Func)
	return ok
}
