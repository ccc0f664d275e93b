package facts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/op"
)

// This file judges the language's own operations: what ends the wait.
//
// Generous on purpose: a select with any case that sounds like stopping counts
// as bounded, because a fact that cries wolf cries in every caller.

// unbounded returns a wait that nothing ends.
func (ix *Index) unbounded(kind op.Kind, pos token.Pos) Wait {
	return Wait{Effect: op.Effect{Kind: kind, Bound: op.Unbounded, Tier: op.TierUnbounded}, At: ix.at(pos)}
}

// ownWait judges an operation of the language.
func (ix *Index) ownWait(a *act, sc *scope) Wait {
	switch n := a.node.(type) {
	case *ast.SendStmt:
		return ix.sendWait(n, sc)
	case *ast.UnaryExpr:
		return ix.recvWait(n, sc)
	case *ast.RangeStmt:
		return ix.unbounded(op.Range, n.Pos())
	case *ast.SelectStmt:
		return ix.selectWait(n, sc, a.inLoop)
	}
	return Wait{}
}

// sendWait: a send on a channel made here with room for all sends in view does
// not wait.
func (ix *Index) sendWait(n *ast.SendStmt, sc *scope) Wait {
	w := ix.unbounded(op.Send, n.Pos())
	if ix.isSemaphore(n.Chan) {
		w.Bound = op.Unknown
	}
	id, ok := ast.Unparen(n.Chan).(*ast.Ident)
	if !ok {
		w.Bare = ix.isBare(n.Chan)
		if _, _, hasRoom := ix.capacity(ix.freshField(n.Chan, sc)); hasRoom {
			w.Bound = op.Unknown
		}
		return w
	}
	obj := ix.info.Uses[id]
	if obj == nil || ix.isGlobal(id) {
		return w
	}
	room, isConst, ok := ix.capacity(sc.defs[obj])
	switch sent := sc.sends[obj]; {
	case !ok:
	case !isConst:
		w.Bound = op.Unknown
	case !sent.inLoop && room >= int64(sent.once):
		return Wait{}
	}
	return w
}

// capacity returns the room of a variable whose only value is a buffered
// channel fresh from make.
func (ix *Index) capacity(defs []ast.Expr) (room int64, isConst, ok bool) {
	if len(defs) != 1 {
		return 0, false, false
	}
	call, isCall := ast.Unparen(defs[0]).(*ast.CallExpr)
	if !isCall || len(call.Args) != 2 || !isBuiltinCall(ix.info, call) {
		return 0, false, false
	}
	v := ix.info.Types[call.Args[1]].Value
	if v == nil || v.Kind() != constant.Int {
		return 0, false, true
	}
	room, isConst = constant.Int64Val(v)
	return room, isConst, room > 0
}

// recvWait judges a receive outside of any select.
func (ix *Index) recvWait(n *ast.UnaryExpr, sc *scope) Wait {
	w := ix.unbounded(op.Recv, n.Pos())
	end := ix.ending(n.X, sc)
	switch {
	case end.isTimer:
		w.Kind, w.Bound = op.Sleep, op.Timeout
		if end.after != nil {
			w.Dur, _ = duration(ix.info, end.after)
		}
		if w.Dur > 0 && w.Dur < config.Active().MinSleep {
			w.Tier = op.TierQuick
		}
	case end.ctx != nil:
		return ix.endByCtx(w, *end.ctx)
	case ix.isSemaphore(n.X):
		w.Bound = op.Unknown
	}
	return w
}

// endByCtx bounds w by a context.
func (ix *Index) endByCtx(w Wait, o origin) Wait {
	w.Bound, w.Ctx = op.Context, 0
	switch o.kind {
	case fromParam:
		w.Ctx = o.param + 1
	case fromBackground:
		w.Bound = op.Unbounded
	case fromTimeout:
		w.Bound = op.Timeout
	}
	return w
}

// selectWait judges a select without default by its best case.
func (ix *Index) selectWait(n *ast.SelectStmt, sc *scope, inLoop bool) Wait {
	w := ix.unbounded(op.Select, n.Pos())
	if len(n.Body.List) == 0 {
		w.Bound = op.NeverReturns
		return w
	}
	best := w
	for _, s := range n.Body.List {
		clause := s.(*ast.CommClause)
		if x := ix.caseWait(w, clause, sc, inLoop); boundRank[x.Bound] < boundRank[best.Bound] {
			best = x
		}
	}
	return best
}

// caseWait bounds a select's wait by one of its cases. A timer in an endless
// loop ends the select but not the loop, unless its case leaves.
func (ix *Index) caseWait(w Wait, clause *ast.CommClause, sc *scope, inLoop bool) Wait {
	ch := commChan(clause.Comm)
	if ch == nil {
		return w
	}
	end := ix.ending(ch, sc)
	switch {
	case end.isTimer && inLoop && !leaves(clause.Body):
		w.Bound = op.Unknown
	case end.isTimer:
		w.Bound = op.Timeout
	case end.ctx != nil:
		return ix.endByCtx(w, *end.ctx)
	case end.isStop:
		w.Bound = op.Context
	}
	return w
}

// commChan returns the channel a case receives from; a send ends no wait.
func commChan(s ast.Stmt) ast.Expr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	default:
		return nil
	}
	if recv, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && recv.Op == token.ARROW {
		return recv.X
	}
	return nil
}

// leaves reports whether statements contain a way out of the loop around them.
func leaves(body []ast.Stmt) bool {
	found := false
	for _, s := range body {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				found = true
			case *ast.BranchStmt:
				found = found || n.Tok == token.GOTO || n.Tok == token.BREAK && n.Label != nil
			case *ast.CallExpr:
				id, ok := n.Fun.(*ast.Ident)
				found = found || ok && id.Name == "panic"
			}
			return !found
		})
	}
	return found
}

// ending says why a receive from a channel ends although nobody sends.
type ending struct {
	isTimer bool
	after   ast.Expr // the duration given to time.After, if that is the timer
	ctx     *origin  // it is a context's Done
	isStop  bool     // it sounds like, or is used as, a stop signal
}

// ending looks at a channel expression.
func (ix *Index) ending(ch ast.Expr, sc *scope) ending {
	t := chanOf(ix.info.TypeOf(ch))
	if t == nil {
		return ending{}
	}
	src := ix.source(sc, ch)
	switch {
	case isNamed(t.Elem(), "time", "Time"):
		return ending{isTimer: true, after: afterArg(ix.info, src)}
	case isNamed(t.Elem(), "os", "Signal"):
		return ending{isStop: true}
	}
	if call, ok := src.(*ast.CallExpr); ok {
		return ix.endingCall(call, t, sc)
	}
	return ending{isStop: ix.isStopChan(ch, t) || ix.isStopChan(src, t)}
}

// endingCall looks at a channel that a call returns: ctx.Done() or an accessor.
func (ix *Index) endingCall(call *ast.CallExpr, t *types.Chan, sc *scope) ending {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if ok && sel.Sel.Name == "Done" && isContextLike(ix.info.TypeOf(sel.X)) {
		o := ix.ctxOrigin(sc, sel.X)
		return ending{ctx: &o}
	}
	return ending{isStop: !isBuiltinCall(ix.info, call) && isEmptyStruct(t.Elem())}
}

// isContextLike reports whether t is a context or an interface that embeds one.
func isContextLike(t types.Type) bool {
	if t == nil || isContext(t) {
		return t != nil
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Deadline")
	_, ok := obj.(*types.Func)
	return ok
}

// isStopChan reports whether a channel is closed somewhere in the package and
// carries nothing, or is named for stopping.
func (ix *Index) isStopChan(ch ast.Expr, t *types.Chan) bool {
	obj := objectOf(ix.info, ch)
	if obj == nil {
		return false
	}
	return ix.closed[obj] && isEmptyStruct(t.Elem()) || isStopName(obj.Name())
}

// stopWords are what stop channels are called.
var stopWords = []string{"done", "stop", "quit", "clos", "exit", "shutdown", "cancel", "term", "kill", "dying", "dead", "abort", "finish", "halt", "ctx"}

// isStopName reports whether a name sounds like stopping.
func isStopName(name string) bool {
	name = strings.ToLower(name)
	for _, w := range stopWords {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// afterArg returns d of time.After(d).
func afterArg(info *types.Info, e ast.Expr) ast.Expr {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if fn := funcValue(info, call.Fun); fn != nil && nameOf(fn).String() == "time.After" {
		return call.Args[0]
	}
	return nil
}
