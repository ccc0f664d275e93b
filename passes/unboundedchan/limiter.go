package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file recognises what keeps a loop from starting more and more
// goroutines. It leans towards yes: what is taken for a limiter silences.

// sendOnly is the direction of a select's send cases.
const sendOnly = types.SendOnly

// limit says how sure it is that something limits a spawn.
type limit uint8

const (
	noLimit   limit = iota
	softLimit       // the loop waits for the goroutines somewhere
	hardLimit       // each start passes a limiter
)

// limitIn returns what limits the spawn in each turn of l.
func (j *judge) limitIn(at *site, l *model.Loop) limit {
	most := noLimit
	for _, f := range at.funcsOf(l) {
		for _, o := range f.Ops {
			if l.Contains(o.Pos) {
				most = max(most, j.limitBy(at, o))
			}
		}
		if j.callsLimiter(at, f, l) {
			return hardLimit
		}
	}
	if most < hardLimit && j.countsIn(at, l) {
		return hardLimit
	}
	if at.waitsNested(l) {
		most = max(most, softLimit)
	}
	return most
}

// waitsNested reports whether a literal in the loop waits for the group that the
// goroutine belongs to, mostly to tell the loop.
func (at *site) waitsNested(l *model.Loop) bool {
	for _, lit := range at.Func.Lits {
		for _, o := range lit.Ops {
			if o.Action == model.GroupWait && l.Contains(o.Pos) && (at.Group == nil || at.Group.Place == o.Place) {
				return true
			}
		}
	}
	return false
}

// limitBy judges one operation in the loop.
func (j *judge) limitBy(at *site, o *model.Op) limit {
	switch o.Action {
	case model.GroupWait:
		return hardLimit
	case model.Lock:
		if at.isBehind(o.Instr) && j.unlocks(at.Body, o) {
			return hardLimit
		}
	case model.Send:
		if at.isBehind(o.Instr) && hasRoom(o.Chan) {
			return hardLimit
		}
	case model.Recv:
		return at.limitByRecv(o.Chan, at.isBehind(o.Instr))
	case model.SelectWait:
		return at.limitBySelect(o.Select)
	}
	return noLimit
}

// hasRoom reports whether a channel may be a semaphore: one with a buffer, or
// one made out of view.
func hasRoom(c *model.Chan) bool { return c == nil || c.In || c.MaxCapKnown() > 0 }

// limitByRecv judges a receive: the goroutine gives back what was taken.
func (at *site) limitByRecv(c *model.Chan, behind bool) limit {
	switch {
	case behind && c.IsSemaphore():
		return hardLimit
	case behind && at.answersOn(c):
		return hardLimit
	case at.answersOn(c):
		return softLimit
	}
	return noLimit
}

// limitBySelect judges the cases of a select by which the spawn is reached.
func (at *site) limitBySelect(s *model.Select) limit {
	most := noLimit
	for _, k := range s.Cases {
		behind := at.passes(k)
		switch {
		case k.Dir != sendOnly:
			most = max(most, at.limitByRecv(k.Chan, behind))
		case behind && hasRoom(k.Chan):
			return hardLimit
		}
	}
	return most
}

// passes reports whether the spawn is only reached through case k: it lies
// behind it, or all other cases end things.
func (at *site) passes(k *model.Case) bool {
	if k.Entry.Parent() != at.Func.SSA || !at.isBehind(k.Select.Op.Instr) {
		return false
	}
	if k.Select.Syntax.Pos() < at.Pos && at.Pos < k.Select.Syntax.End() {
		return k.Contains(at.Pos)
	}
	for _, other := range k.Select.Cases {
		if other != k && other.Kind != model.Stop {
			return false
		}
	}
	return true
}

// unlocks reports whether the goroutine unlocks what the loop has locked.
func (j *judge) unlocks(body *model.Func, lock *model.Op) bool {
	if body == nil || lock.Class == nil {
		return false
	}
	for _, f := range append([]*model.Func{body}, body.Lits...) {
		for _, o := range f.Ops {
			if o.Action == model.Unlock && o.Class == lock.Class {
				return true
			}
		}
	}
	return false
}

// limiterName matches calls that take a slot or wait for one.
var limiterName = pattern.New(`(?i)(acquire|throttl|limit|sema|\bsem\b|token|slot|gate|permit|lease|backpressure|reserve|capacity|budget|quota|canStart|mayStart|inflight|waitFor|\bwait\b|(?-i:\b[tT]ry[A-Z]))`)

// callsLimiter reports whether the spawn lies behind a call in l that is named
// like a limiter.
func (j *judge) callsLimiter(at *site, f *model.Func, l *model.Loop) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !at.isBehind(call) {
				continue
			}
			syn := j.CallSyntax(call)
			if syn == nil || !l.Contains(syn.Pos()) || syn == at.Call {
				continue
			}
			if limiterName.MatchString(types.ExprString(syn.Fun)) {
				return true
			}
		}
	}
	return false
}

// countsIn reports whether l compares a count by order and the comparison
// decides about the spawn: it stands around it, or leaves the turn before it.
func (j *judge) countsIn(at *site, l *model.Loop) (found bool) {
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n.Pos() <= at.Pos && at.Pos < n.End()
		case *ast.IfStmt:
			found = found || n.Pos() < at.Pos && j.comparesCount(n.Cond) && (at.Pos < n.End() || leaves(n.Body))
		case *ast.ForStmt:
			found = found || n.End() <= at.Pos && n.Cond != nil && j.comparesCount(n.Cond)
		}
		return !found
	})
	return found
}

// leaves reports whether a block ends by leaving the turn.
func leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch last := b.List[len(b.List)-1].(type) {
	case *ast.BranchStmt, *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		_, ok := last.X.(*ast.CallExpr)
		return ok
	}
	return false
}

// comparesCount reports whether a condition compares by order something that is
// counted: a length, an atomic, or a variable that goes up and down.
func (j *judge) comparesCount(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && (isOrdered(cmp.Op) || cmp.Op == token.EQL) {
			found = found || j.isCount(cmp.X) || j.isCount(cmp.Y)
		}
		return !found
	})
	return found
}

// isCount reports whether an expression is a length, an atomic, a counted
// variable, or a variable that holds a length.
func (j *judge) isCount(e ast.Expr) bool {
	switch e := j.unconverted(e).(type) {
	case *ast.CallExpr:
		return isCounting(e)
	case *ast.Ident, *ast.SelectorExpr:
		v := j.vars.varOf(e)
		return v != nil && (j.vars.counted[v] || j.holdsCount(v))
	}
	return false
}

// isCounting reports whether a call asks for a length or an atomic.
func isCounting(call *ast.CallExpr) bool {
	switch calleeName(call) {
	case "len", "Load", "Len", "Add", "LoadInt32", "LoadInt64", "AddInt32", "AddInt64":
		return true
	}
	return false
}

// holdsCount reports whether the only value of a variable is a length or an
// atomic.
func (j *judge) holdsCount(v *types.Var) bool {
	if len(j.vars.values[v]) != 1 {
		return false
	}
	call, ok := j.unconverted(j.vars.values[v][0]).(*ast.CallExpr)
	return ok && isCounting(call)
}
