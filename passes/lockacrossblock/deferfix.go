package lockacrossblock

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file puts "defer mu.Unlock()" behind a Lock whose every way out unlocks as
// the last thing it does, or forgets to. Nothing else changes then: no deferred call
// comes to run under the lock, and no result that is computed after the unlock may
// wait. Must: a way that is not understood means no fix.

// deferrer collects what a lock's function does about it, statement by statement.
type deferrer struct {
	j       *judge
	f       *model.Func
	lock    *model.Op
	unlocks map[ast.Node]bool  // calls that give the lock back
	missing map[token.Pos]bool // returns that leave it held
	edits   []analysis.TextEdit
	ok      bool
}

// deferAfterLock returns the fix that defers the unlock of a lock that some return
// leaves held; nil if it would change anything else.
func (j *judge) deferAfterLock(f *model.Func, h lockset.Held, left []lockset.Left) *analysis.SuggestedFix {
	d := &deferrer{j: j, f: f, lock: j.lockOp(f, h), unlocks: make(map[ast.Node]bool), missing: make(map[token.Pos]bool), ok: true}
	if d.lock == nil || !d.readOps(h) {
		return nil
	}
	for _, x := range left {
		if x.Held.Pos == h.Pos && x.From == nil {
			d.missing[x.Return.Pos()] = true
		}
	}
	sel, ok := ast.Unparen(d.lock.Call.Fun).(*ast.SelectorExpr)
	at := stmtOf(f.Body.List, d.lock.Call)
	if !ok || at == nil || !d.endsWell(f.Body.List) {
		return nil
	}
	text := "\ndefer " + types.ExprString(sel.X) + "." + unlockName(d.lock) + "()"
	d.edits = append(d.edits, replace(at.End(), at.End(), text))
	if d.walk(f.Body); !d.ok {
		return nil
	}
	return &analysis.SuggestedFix{Message: "Defer " + unlockName(d.lock), TextEdits: d.edits}
}

// readOps notes the operations on the lock; ok is false if there are any but one
// Lock and the unlocks of the function itself.
func (d *deferrer) readOps(h lockset.Held) (ok bool) {
	place, ok := d.j.locks.PlaceAt(d.lock)
	if !ok || h.Class == nil || d.j.locks.IsLoose(d.f, place) {
		return false
	}
	for _, o := range d.j.locks.Ops(h.Class) {
		if o.Func.Decl() != d.f.Decl() || o == d.lock {
			continue
		}
		at, known := d.j.locks.PlaceAt(o)
		isUnlock := o.Action == model.Unlock || o.Action == model.RUnlock
		if o.Func != d.f || !isUnlock || o.Deferred || !known || at != place {
			return false
		}
		d.unlocks[o.Call] = true
	}
	return len(d.unlocks) > 0
}

// stmtOf returns the statement of a list that is a call, or nil.
func stmtOf(list []ast.Stmt, call *ast.CallExpr) ast.Stmt {
	for _, s := range list {
		if x, ok := s.(*ast.ExprStmt); ok && x.X == call {
			return s
		}
	}
	return nil
}

// endsWell reports whether control leaves a body by a return or right after an
// unlock.
func (d *deferrer) endsWell(list []ast.Stmt) bool {
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		return d.unlocks[s.X]
	}
	return false
}

// walk looks at the statements behind the lock, list by list.
func (d *deferrer) walk(body *ast.BlockStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			d.ok = d.ok && n.Pos() < d.lock.Pos
		case *ast.LabeledStmt:
			d.ok = d.ok && d.f.LoopAt(n.Stmt.Pos()) != nil // labels of loops are not jumped to
		case *ast.BlockStmt:
			d.list(n.List, n == body)
		case *ast.CaseClause:
			d.list(n.Body, false)
		case *ast.CommClause:
			d.list(n.Body, false)
		}
		return d.ok
	})
}

// list looks at one list of statements: each unlock in it comes right before a
// return of what needs no waiting for, and each return right after an unlock, or
// it is one of those that forget it.
func (d *deferrer) list(list []ast.Stmt, isBody bool) {
	for i, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if !d.unlocks[s.X] {
				continue
			}
			end := s.End()
			if i+1 < len(list) {
				ret, isReturn := list[i+1].(*ast.ReturnStmt)
				d.ok = d.ok && isReturn && isPure(ret)
				end = d.upTo(s, list[i+1])
			} else {
				d.ok = d.ok && isBody
			}
			d.edits = append(d.edits, replace(s.Pos(), end, ""))
		case *ast.ReturnStmt:
			after := i > 0 && d.isUnlock(list[i-1])
			d.ok = d.ok && (s.Pos() < d.lock.Pos || after || d.missing[s.Pos()])
		}
	}
}

// isUnlock reports whether a statement gives the lock back.
func (d *deferrer) isUnlock(s ast.Stmt) bool {
	x, ok := s.(*ast.ExprStmt)
	return ok && d.unlocks[x.X]
}

// upTo returns where the next statement starts, or the end of s if a comment stands
// between the two.
func (d *deferrer) upTo(s, next ast.Stmt) token.Pos {
	for _, file := range d.j.Pass.Files {
		if file.FileStart <= s.Pos() && s.Pos() < file.FileEnd {
			if slices.ContainsFunc(file.Comments, func(c *ast.CommentGroup) bool { return s.End() <= c.Pos() && c.Pos() < next.Pos() }) {
				return s.End()
			}
		}
	}
	return next.Pos()
}

// isPure reports whether a statement calls nothing and waits for nothing.
func isPure(n ast.Node) (pure bool) {
	pure = true
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit:
			pure = false
		case *ast.UnaryExpr:
			pure = pure && n.Op != token.ARROW
		}
		return pure
	})
	return pure
}
