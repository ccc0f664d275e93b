package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file finds endless goroutines that do no harm (may): those that are
// documented to live as long as the process, those that the process starts once
// when it sets itself up, and those that end when what they try succeeds. They
// are reported at level strict.

// longLivedText matches comments that say how long a goroutine lives.
var longLivedText = pattern.New(`(?i)(long[- ]lived|exits? with the process|(as long as|lifetime of|life of|until) the (process|program|daemon)|no( need for a)? stop\b.{0,20} needed|process[- ]lifetime)`)

// isLongLived reports whether a goroutine is started once for the process, as
// far as one can see, or documented to live long.
func (j *judge) isLongLived(s *model.Spawn) bool {
	d := s.Func.Decl()
	if longLivedText.MatchString(j.docOf(d)) || s.Body != nil && longLivedText.MatchString(j.docOf(s.Body)) {
		return true
	}
	return s.Loop == nil && len(d.Callers) > 0 && j.isSetup(d, 0)
}

// docOf returns the comment of a declared function.
func (j *judge) docOf(f *model.Func) string {
	decl, ok := f.Syntax.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	return decl.Doc.Text()
}

// setupName matches functions that set a process up, and so run once in it.
var setupName = pattern.New(`^(init|Init|Main|Run|Start)([A-Z_]\w*)?$`)

// isSetup reports whether f gives nobody an object and only functions that are
// named for setting the process up call it.
func (j *judge) isSetup(f *model.Func, depth int) bool {
	switch {
	case f.Obj == nil || depth > maxCallers || f.EscapesAsValue() || len(f.Started) > 0 || closerOf(f.RecvNamed()) != "" || givesObject(f):
		return false
	case f.IsProcessLifetime():
		return true
	case f.Obj.Signature().Recv() == nil && f.IsExported():
		return setupName.MatchString(f.Obj.Name())
	case len(f.Callers) == 0:
		return false
	}
	for _, c := range f.Callers {
		if c.From.LoopAt(c.Pos) != nil || !j.isSetup(c.From.Decl(), depth+1) {
			return false
		}
	}
	return true
}

// givesObject reports whether a function returns anything but an error.
func givesObject(f *model.Func) bool {
	results := f.Obj.Signature().Results()
	return results.Len() > 1 || results.Len() == 1 && !endsInError(f.Obj.Signature())
}

// asksIfOpen reports whether a condition asks if a channel that the loop
// receives from is still open: its close ends the loop.
func asksIfOpen(f *model.Func, l *model.Loop, cond ast.Expr) bool {
	open := make(map[types.Object]bool)
	ast.Inspect(l.Syntax, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if !ok || len(set.Lhs) != 2 || len(set.Rhs) != 1 {
			return !isLit(n)
		}
		if recv, ok := ast.Unparen(set.Rhs[0]).(*ast.UnaryExpr); ok && recv.Op == token.ARROW {
			open[variableOf(f, ast.Unparen(set.Lhs[1]))] = true
		}
		return true
	})
	delete(open, nil)
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && open[f.Pkg.Pass.TypesInfo.ObjectOf(id)]
		return !found
	})
	return found
}

// endsOnSuccess reports whether a loop leaves when a call says yes: what it tries
// has worked then.
func endsOnSuccess(l *model.Loop) bool {
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		if branch, ok := n.(*ast.IfStmt); ok && leaves(branch.Body) {
			_, isCall := ast.Unparen(branch.Cond).(*ast.CallExpr)
			found = found || isCall
		}
		return !found && !isLit(n)
	})
	return found
}
