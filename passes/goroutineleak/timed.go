package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file finds loops that time makes turn and that nothing from outside can
// end (may: a flag, an error, a deadline or a count in a condition that leaves
// the loop counts as an end).

// timedOf finds a timed loop that only its own work can end, in a goroutine
// nobody waits for.
func (j *judge) timedOf(s *model.Spawn) *forever {
	for _, f := range mainFuncs(s.Body) {
		if l := timedLoop(f); l != nil && !j.isJoined(s) {
			return &forever{is: true, loop: l, in: f, mayEnd: true}
		}
	}
	return &forever{}
}

// mainFuncs lists the functions whose loops are the goroutine's own: its body,
// and what a short literal calls.
func mainFuncs(body *model.Func) []*model.Func {
	list := []*model.Func{body}
	if body.Obj != nil || len(body.Body.List) > 2 {
		return list
	}
	for _, c := range body.Calls {
		list = append(list, c.To)
	}
	return list
}

// timedLoop returns such a loop of f, or nil.
func timedLoop(f *model.Func) *model.Loop {
	if endsProcess(f) {
		return nil
	}
	for _, o := range f.Ops {
		l := f.LoopAt(o.Pos)
		if o.Action == model.RangeRecv {
			l = loopOf(f, o)
		}
		if l != nil && (l.Kind == model.Endless || l.Kind == model.RangeChan) && isPause(o) && !hasEnd(f, l) {
			return l
		}
	}
	return nil
}

// endsProcess reports whether f may end the process itself.
func endsProcess(f *model.Func) bool {
	found := false
	instrs(f, func(i ssa.Instruction) {
		p, ok := i.(*ssa.Panic)
		found = found || ok && isNoReturn(p)
	})
	return found
}

// loopOf returns the loop that a range receive belongs to.
func loopOf(f *model.Func, o *model.Op) *model.Loop {
	for _, l := range f.Loops {
		if l.Kind == model.RangeChan && l.Pos() == o.Pos {
			return l
		}
	}
	return nil
}

// hasEnd reports whether the loop leaves when a flag, an error, a deadline or a
// count says so.
func hasEnd(f *model.Func, l *model.Loop) bool {
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			found = found || leaves(n.Body) && (endsLoop(f, n.Cond) || isCounted(f, l, n.Cond) || asksIfOpen(f, l, n.Cond))
		case *ast.CommClause:
			found = found || n.Comm != nil && endsInLeave(n.Body)
		case *ast.SwitchStmt:
			found = found || leaves(n.Body) && n.Tag != nil && endsLoop(f, n.Tag)
		}
		return !found
	})
	return found
}

// endsInLeave reports whether a case always leaves the loop: what it receives
// ends it.
func endsInLeave(body []ast.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch last := body[len(body)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.GOTO || last.Tok == token.BREAK && last.Label != nil
	}
	return false
}

// leaves reports whether a block holds a statement that may leave the loop.
func leaves(b *ast.BlockStmt) bool {
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.BREAK || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}

// endName matches what decides about an end: flags, deadlines and counts.
var endName = pattern.New(`(?i)(stop|quit|done|exit|clos|cancel|shut|kill|alive|running|active|deadline|timeout|expire|since|after|before|attempt|retr|tries|count|max|limit)`)

// endsLoop reports whether a condition reads something that ends loops.
func endsLoop(f *model.Func, cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.EQL && isNil(f, n.Y) {
				return false // err == nil: success, not a stop
			}
			found = found || n.Op == token.LSS || n.Op == token.GEQ || n.Op == token.GTR && isPlain(n)
		case *ast.Ident:
			found = found || endName.MatchString(n.Name) || isError(f, n)
		}
		return !found
	})
	return found
}

// isCounted reports whether a condition compares a count that the loop itself
// moves: i == n with i++ in the loop, or the length of what the loop fills.
func isCounted(f *model.Func, l *model.Loop, cond ast.Expr) bool {
	moved := movedIn(f, l)
	found, compares := false, false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			compares = compares || isComparison(n.Op)
		case ast.Expr:
			found = found || moved[variableOf(f, n)]
		}
		return !found
	})
	return found && compares
}

// isComparison reports whether an operator compares.
func isComparison(t token.Token) bool {
	switch t {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// variableOf returns the variable or field that e names, or nil.
func variableOf(f *model.Func, e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		return f.Pkg.Pass.TypesInfo.ObjectOf(e)
	case *ast.SelectorExpr:
		return f.Pkg.Pass.TypesInfo.ObjectOf(e.Sel)
	}
	return nil
}

// movedIn lists the variables that a loop counts up or down, or appends to.
func movedIn(f *model.Func, l *model.Loop) map[types.Object]bool {
	moved := make(map[types.Object]bool)
	ast.Inspect(l.Syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IncDecStmt:
			moved[variableOf(f, ast.Unparen(n.X))] = true
		case *ast.AssignStmt:
			if n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN || len(n.Rhs) == 1 && movesOn(n.Rhs[0]) {
				moved[variableOf(f, ast.Unparen(n.Lhs[0]))] = true
			}
		}
		return true
	})
	delete(moved, nil)
	return moved
}

// movesOn reports whether what is assigned is a step from something before: a
// sum, a difference or an append.
func movesOn(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		return e.Op == token.ADD || e.Op == token.SUB
	case *ast.CallExpr:
		id, ok := e.Fun.(*ast.Ident)
		return ok && id.Name == "append"
	}
	return false
}

// isPlain reports whether a comparison is between plain names and numbers: a
// count against its limit.
func isPlain(cmp *ast.BinaryExpr) bool {
	for _, e := range []ast.Expr{cmp.X, cmp.Y} {
		switch ast.Unparen(e).(type) {
		case *ast.Ident, *ast.BasicLit:
		default:
			return false
		}
	}
	return true
}

// isNil reports whether e is the predeclared nil.
func isNil(f *model.Func, e ast.Expr) bool { return f.Pkg.Pass.TypesInfo.Types[e].IsNil() }

// isError reports whether an identifier is an error.
func isError(f *model.Func, id *ast.Ident) bool {
	t := f.Pkg.TypeOf(id)
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// isTicker reports whether a channel belongs to a time.Ticker or time.Timer and
// can be nothing that somebody closes.
func isTicker(o *model.Op) bool {
	if o.Func.Pkg.ChanKind(o.Value, o.Expr()) == model.Ticker {
		return o.Chan == nil || len(o.Chan.Closes) == 0 && len(o.Chan.Makes) == 0
	}
	return false
}

// openTick says why a range over a ticker has no end: stopping it closes
// nothing, and what time.Tick returns cannot even be stopped.
func openTick(tick *model.Op) string {
	if sel, ok := ast.Unparen(tick.Expr()).(*ast.SelectorExpr); ok && sel.Sel.Name == "C" {
		return "Stop does not close " + tick.Name()
	}
	return "nothing ever closes the channel " + tick.Name()
}
