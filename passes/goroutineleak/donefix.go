package goroutineleak

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
)

// This file defers the Done of goroutines that skip it on some path, as the first
// thing they do, so that it still runs last. Must: each of them calls Done once at
// most, and nobody else does it in its place. It is safe if every Done was the last
// thing before an end already.

// doneFix defers Done in the goroutines of a group that may skip it; safe or unsafe,
// nil if there are none or it cannot be told.
func (j *judge) doneFix(g *model.Group) (safe, unsafe *analysis.SuggestedFix) {
	if g == nil || slices.ContainsFunc(g.Dones, func(o *model.Op) bool { return !isBodyAlone(o.Func) }) {
		return nil, nil
	}
	fix := &analysis.SuggestedFix{}
	isSafe := true
	var seen []*model.Func
	for _, o := range g.Dones {
		if slices.Contains(seen, o.Func) {
			continue
		}
		seen = append(seen, o.Func)
		d := j.doneOf(g, o.Func)
		if d == nil {
			continue
		}
		edits := d.edits()
		if edits == nil {
			return nil, nil
		}
		fix.Message = "Defer " + types.ExprString(o.Call) + " at the start"
		fix.TextEdits = append(fix.TextEdits, edits...)
		isSafe = isSafe && d.isSafe()
	}
	switch {
	case fix.Message == "":
		return nil, nil
	case isSafe:
		return fix, nil
	}
	return nil, fix
}

// isBodyAlone reports whether a function is what a goroutine runs and nothing else.
func isBodyAlone(f *model.Func) bool {
	return len(f.Started) > 0 && len(f.Callers) == 0 && !f.EscapesAsValue()
}

// doneBody is a goroutine's body that skips Done on some path.
type doneBody struct {
	j     *judge
	f     *model.Func
	calls []*ast.CallExpr
}

// doneOf reads how a body calls Done; nil if it always does, or not as the fix needs
// it.
func (j *judge) doneOf(g *model.Group, f *model.Func) *doneBody {
	d := &doneBody{j: j, f: f}
	points := make(map[ssa.Instruction]bool)
	for _, o := range g.Dones {
		if o.Func != f {
			continue
		}
		if o.Deferred || o.Call == nil {
			return nil
		}
		points[o.Instr] = true
		d.calls = append(d.calls, o.Call)
	}
	for _, o := range g.Dones {
		for _, p := range g.Dones {
			if o.Func == f && p.Func == f && (f.MayFollow(o.Instr, p.Instr) || f.Reaches(o.Block(), o.Block())) {
				return nil
			}
		}
	}
	if returnsWithout(f, points, nil) == nil && !d.recovers() {
		return nil
	}
	return d
}

// recovers reports whether the body goes to its end after a panic.
func (d *doneBody) recovers() bool {
	return slices.ContainsFunc(d.deferred(), func(lit *model.Func) bool { return model.CallsRecover(lit.SSA) })
}

// deferred lists the literals that the body defers.
func (d *doneBody) deferred() (lits []*model.Func) {
	for _, lit := range d.f.Lits {
		ast.Inspect(d.f.Body, func(n ast.Node) bool {
			if s, ok := n.(*ast.DeferStmt); ok && s.Call.Fun == lit.Syntax {
				lits = append(lits, lit)
			}
			return true
		})
	}
	return lits
}

// edits returns what defers Done; nil if the body writes the group in several ways,
// uses it for more than Done, or cannot name it at its start.
func (d *doneBody) edits() []analysis.TextEdit {
	text := types.ExprString(d.calls[0])
	start := d.f.Body.Lbrace + 1
	for _, call := range d.calls {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || types.ExprString(call) != text || !isPath(sel.X) || !d.isOnlyDone(sel.X) {
			return nil
		}
		if here := (naming{j: d.j, pos: start}); here.text(sel.X) == "" {
			return nil
		}
	}
	insert := "\ndefer " + text
	if lines := d.j.Pass.Fset; lines.Position(d.f.Body.List[0].Pos()).Line == lines.Position(start).Line {
		insert += "\n"
	}
	edits := []analysis.TextEdit{{Pos: start, End: start, NewText: []byte(insert)}}
	for _, call := range d.calls {
		list, k := d.find(call)
		if list == nil {
			return nil
		}
		edit := analysis.TextEdit{Pos: list[k].Pos(), End: list[k].End()}
		if k > 0 && !d.hasComment(list[k-1], list[k]) {
			edit.Pos = list[k-1].End()
		}
		edits = append(edits, edit)
	}
	return edits
}

// isOnlyDone reports whether the body names a group only to call Done.
func (d *doneBody) isOnlyDone(group ast.Expr) bool {
	name, ok := ast.Unparen(group).(*ast.Ident)
	if sel, isField := ast.Unparen(group).(*ast.SelectorExpr); isField {
		name, ok = sel.Sel, true
	}
	if !ok {
		return false
	}
	obj, n := d.j.Pass.TypesInfo.Uses[name], 0
	ast.Inspect(d.f.Body, func(node ast.Node) bool {
		if id, isName := node.(*ast.Ident); isName && obj != nil && d.j.Pass.TypesInfo.Uses[id] == obj {
			n++
		}
		return true
	})
	return n == len(d.calls)
}

// find returns the list of statements in which a call stands by itself, and where.
func (d *doneBody) find(call *ast.CallExpr) (list []ast.Stmt, k int) {
	ast.Inspect(d.f.Body, func(n ast.Node) bool {
		if _, isLabel := n.(*ast.LabeledStmt); isLabel || n == nil || list != nil {
			return list == nil
		}
		for i, s := range model.StmtsIn(n) {
			if s, ok := s.(*ast.ExprStmt); ok && s.X == call {
				list, k = model.StmtsIn(n), i
			}
		}
		return true
	})
	return list, k
}

// hasComment reports whether a comment stands between two statements.
func (d *doneBody) hasComment(a, b ast.Stmt) bool {
	file := d.j.fileAt(a.Pos())
	return file == nil || slices.ContainsFunc(file.Comments, func(c *ast.CommentGroup) bool {
		return a.End() <= c.Pos() && c.End() <= b.Pos()
	})
}

// isSafe reports whether each Done was the last thing before an end, and nothing that
// is deferred waits for others, who may wait for Done.
func (d *doneBody) isSafe() bool {
	tails := tailsOf(d.f.Body.List, nil)
	for _, call := range d.calls {
		list, k := d.find(call)
		if list == nil || !isBeforeReturn(list, k) && !slices.Contains(tails, list[k]) {
			return false
		}
	}
	waits := func(o *model.Op) bool { return o.Wait.Kind != op.None }
	return !slices.ContainsFunc(d.f.Ops, func(o *model.Op) bool { return o.Deferred && waits(o) }) &&
		!slices.ContainsFunc(d.deferred(), func(lit *model.Func) bool { return slices.ContainsFunc(lit.Ops, waits) })
}

// isBeforeReturn reports whether statement k of a list is followed by a return that
// computes nothing.
func isBeforeReturn(list []ast.Stmt, k int) bool {
	if k+1 >= len(list) {
		return false
	}
	ret, ok := list[k+1].(*ast.ReturnStmt)
	return ok && len(ret.Results) == 0
}

// tailsOf lists the statements behind which a list ends.
func tailsOf(list, tails []ast.Stmt) []ast.Stmt {
	if len(list) == 0 {
		return tails
	}
	switch s := list[len(list)-1].(type) {
	case *ast.IfStmt:
		tails = tailsOf(s.Body.List, tails)
		if s.Else != nil {
			tails = tailsOf([]ast.Stmt{s.Else}, tails)
		}
	case *ast.BlockStmt:
		tails = tailsOf(s.List, tails)
	case *ast.SwitchStmt:
		tails = tailsOfEach(s.Body, tails)
	case *ast.TypeSwitchStmt:
		tails = tailsOfEach(s.Body, tails)
	case *ast.SelectStmt:
		tails = tailsOfEach(s.Body, tails)
	default:
		tails = append(tails, s)
	}
	return tails
}

// tailsOfEach is tailsOf for the clauses of a switch or select.
func tailsOfEach(body *ast.BlockStmt, tails []ast.Stmt) []ast.Stmt {
	for _, clause := range body.List {
		tails = tailsOf(model.StmtsIn(clause), tails)
	}
	return tails
}
