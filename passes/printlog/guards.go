package printlog

// Code that prints because somebody asked for it, or for the last time. A
// may-judgement by the words of conditions and the statements that follow; a
// guard in a caller is not seen.

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// guardWords in a condition say that somebody asked for the output.
var guardWords = setOf(`debug debugging dbg verbose verbosity verbosef trace tracing dump print prints quiet silent noisy
	show log logging interactive tty istty isatty terminal`)

// isGuarded reports whether c runs only if somebody asked for output: in an if
// or case that says so, or behind an early return that does.
func (p *unit) isGuarded(c inspector.Cursor) bool { return p.isGuardedBy(c, p.asksForOutput) }

// isGuardedBy reports whether c runs only under a condition that is as asked, or
// behind an early return under one.
func (p *unit) isGuardedBy(c inspector.Cursor, asks func(ast.Expr) bool) bool {
	for ; c.Valid() && c.Node() != nil; c = c.Parent() {
		switch n := c.Node().(type) {
		case *ast.FuncDecl, *ast.File:
			return false
		case ast.Stmt:
			if afterGuard(c, asks) {
				return true
			}
			if s, ok := n.(*ast.IfStmt); ok && asks(s.Cond) {
				return true
			}
			if s, ok := n.(*ast.CaseClause); ok && anyExpr(s.List, asks) {
				return true
			}
		}
	}
	return false
}

// afterGuard reports whether a statement in front of c leaves the block under a
// condition that is as asked.
func afterGuard(c inspector.Cursor, asks func(ast.Expr) bool) bool {
	for prev, ok := c.PrevSibling(); ok; prev, ok = prev.PrevSibling() {
		s, isIf := prev.Node().(*ast.IfStmt)
		if isIf && asks(s.Cond) && leaves(s.Body) {
			return true
		}
	}
	return false
}

// leaves reports whether a block's last statement leaves it.
func leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// asksForOutput reports whether a condition is a constant, reads the
// environment, asks for a missing hook, or mentions a word such as debug.
func (p *unit) asksForOutput(cond ast.Expr) bool {
	if cond == nil {
		return false
	}
	if p.info.Types[cond].Value != nil {
		return true
	}
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			found = found || guardWords.hasAny(n.Name) || p.isConstBool(n)
		case *ast.BinaryExpr:
			found = found || p.isMissingHook(n)
		case *ast.CallExpr:
			fn := typeutil.StaticCallee(p.info, n)
			found = found || isFunc(fn, "os", "Getenv") || isFunc(fn, "os", "LookupEnv")
		}
		return !found
	})
	return found
}

// isMissingHook reports whether a condition asks if a function or a logger is
// set: what prints there stands in for it.
func (p *unit) isMissingHook(b *ast.BinaryExpr) bool {
	if b.Op != token.EQL && b.Op != token.NEQ || !p.info.Types[b.Y].IsNil() {
		return false
	}
	t := p.info.TypeOf(b.X)
	if t == nil {
		return false
	}
	_, isFunc := t.Underlying().(*types.Signature)
	return isFunc || libraryOf(t) != noLibrary || loggingWords.hasAny(lastName(b.X))
}

// isConstBool reports whether id is a constant switch, or false itself, which
// switches code off.
func (p *unit) isConstBool(id *ast.Ident) bool {
	k, ok := p.info.Uses[id].(*types.Const)
	if !ok {
		return false
	}
	b, ok := k.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0 && (k.Pkg() != nil || k.Name() == "false")
}

// anyExpr reports whether one of list is as asked.
func anyExpr(list []ast.Expr, is func(ast.Expr) bool) bool {
	for _, e := range list {
		if is(e) {
			return true
		}
	}
	return false
}

// endsBadly reports whether a block around c goes on to a panic or to the end
// of the process: what is printed is its last words.
func (p *unit) endsBadly(c inspector.Cursor) bool {
	for ; c.Valid() && c.Node() != nil; c = c.Parent() {
		switch c.Node().(type) {
		case *ast.FuncDecl, *ast.FuncLit, *ast.File:
			return false
		case ast.Stmt:
			if p.lastFollows(c) {
				return true
			}
		}
	}
	return false
}

// lastFollows reports whether a statement behind stmt, in the same block, ends
// it all.
func (p *unit) lastFollows(stmt inspector.Cursor) bool {
	for next, ok := stmt.NextSibling(); ok; next, ok = next.NextSibling() {
		if s, isExpr := next.Node().(*ast.ExprStmt); isExpr && p.isLast(s.X) {
			return true
		}
	}
	return false
}

// isLast reports whether no statement runs after e.
func (p *unit) isLast(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	switch obj := typeutil.Callee(p.info, call).(type) {
	case *types.Builtin:
		return obj.Name() == "panic"
	case *types.Func:
		return p.exits(obj) || strings.HasPrefix(obj.Name(), "Fatal") || isFunc(obj, "runtime", "Goexit") ||
			isFunc(obj, "runtime", "throw")
	}
	return false
}

// inRecovery reports whether a function around c recovers from a panic itself:
// what it prints may be all that is left to see of a crash.
func (p *unit) inRecovery(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		for call := range f.Preorder((*ast.CallExpr)(nil)) {
			if p.isRecover(call) && sameFunc(f, call) {
				return true
			}
		}
	}
	return false
}

// isRecover reports whether the call at c is of the builtin recover, and not
// deferred itself.
func (p *unit) isRecover(c inspector.Cursor) bool {
	b, ok := typeutil.Callee(p.info, c.Node().(*ast.CallExpr)).(*types.Builtin)
	return ok && b.Name() == "recover" && c.ParentEdgeKind() != edge.DeferStmt_Call
}
