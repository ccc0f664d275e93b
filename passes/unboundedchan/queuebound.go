package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file recognises bounds of queues that no comparison of their length shows:
// each key is queued once, what is queued was taken from there before, or a
// function next to the queue answers for its length. It leans towards yes.

// holdsEachOnce reports whether a growth only happens for what is not there yet:
// the elements are as many as there are keys.
func (j *judge) holdsEachOnce(g *touch) bool {
	for _, s := range ifsIn(bodyOf(g.fn)) {
		isAround := s.Pos() < g.at.Pos() && g.at.Pos() < s.End()
		switch side := j.membership(s); {
		case side == unasked:
		case isAround && s.Else != nil && s.Else.Pos() <= g.at.Pos():
			if side == isMember {
				return true
			}
		case isAround && side == noMember, s.End() <= g.at.Pos() && side == isMember && leaves(s.Body):
			return true
		}
	}
	return false
}

// side says what a condition asks about a key of a map.
type side int8

const (
	unasked  side = iota
	isMember      // true if the key is there
	noMember      // true if it is not
)

// membership returns what the condition of s asks about the keys of a map.
func (j *judge) membership(s *ast.IfStmt) side { return j.membershipIn(s.Cond) }

// membershipIn returns what e asks about the keys of a map.
func (j *judge) membershipIn(e ast.Expr) side {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return j.membershipIn(e.X).not()
		}
	case *ast.BinaryExpr:
		switch {
		case e.Op == token.LAND || e.Op == token.LOR:
			return max(j.membershipIn(e.X), j.membershipIn(e.Y))
		case j.Pass.TypesInfo.Types[e.Y].IsNil() && e.Op == token.NEQ:
			return j.membershipIn(e.X)
		case j.Pass.TypesInfo.Types[e.Y].IsNil() && e.Op == token.EQL:
			return j.membershipIn(e.X).not()
		}
	case *ast.IndexExpr:
		if t := j.TypeOf(e.X); t != nil && isMap(t) {
			return isMember
		}
	case *ast.CallExpr:
		if memberName.MatchString(calleeName(e)) {
			return isMember
		}
	case *ast.Ident:
		if v := j.vars.varOf(e); v != nil && len(j.vars.values[v]) == 1 {
			if value := ast.Unparen(j.vars.values[v][0]); !isIdent(value) {
				return j.membershipIn(value)
			}
		}
	}
	return unasked
}

// memberName matches functions that look a key or an element up.
var memberName = pattern.New(`^(Contains|ContainsFunc|Has|Exists|LoadOrStore)$`)

// not returns the opposite.
func (s side) not() side {
	switch s {
	case isMember:
		return noMember
	case noMember:
		return isMember
	}
	return unasked
}

// isIdent reports whether e is a name.
func isIdent(e ast.Expr) bool { _, ok := e.(*ast.Ident); return ok }

// isMap reports whether t is a map.
func isMap(t types.Type) bool { _, ok := t.Underlying().(*types.Map); return ok }

// bodyOf returns the body of a function's syntax.
func bodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

// ifsIn lists the if statements in a body, literals excluded.
func ifsIn(body *ast.BlockStmt) (list []*ast.IfStmt) {
	if body == nil {
		return nil
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok {
			list = append(list, s)
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return list
}

// isFreeList reports whether a pop takes what was put back: if there is nothing,
// its function makes a new element and returns that.
func (j *judge) isFreeList(q *queue, pop *touch) bool {
	body := bodyOf(pop.fn)
	if body == nil || len(body.List) == 0 {
		return false
	}
	last, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) == 0 || !q.isAskedAround(pop, body) {
		return false
	}
	switch made := ast.Unparen(last.Results[0]).(type) {
	case *ast.CallExpr:
		return true
	case *ast.UnaryExpr:
		return made.Op == token.AND
	case *ast.Ident:
		v := j.vars.varOf(made)
		return v != nil && j.isMadeBehind(v, pop, body)
	}
	return false
}

// isAskedAround reports whether the pop stands in an if or a loop of its function
// that asks whether there is anything, and that the function goes on behind.
func (q *queue) isAskedAround(pop *touch, body *ast.BlockStmt) bool {
	return slices.ContainsFunc(body.List[:len(body.List)-1], func(s ast.Stmt) bool {
		switch s := s.(type) {
		case *ast.IfStmt:
			return s.Body.Pos() < pop.at.Pos() && pop.at.Pos() < s.Body.End() && s.Else == nil
		case *ast.ForStmt:
			return s.Cond != nil && s.Body.Pos() < pop.at.Pos() && pop.at.Pos() < s.Body.End()
		}
		return false
	})
}

// isMadeBehind reports whether v gets a value from a call behind the pop.
func (j *judge) isMadeBehind(v *types.Var, pop *touch, body *ast.BlockStmt) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				_, isCall := ast.Unparen(valueAt(n.Rhs, i)).(*ast.CallExpr)
				found = found || isCall && n.Pos() > pop.at.End() && j.vars.varOf(to) == v
			}
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && n.Pos() > pop.at.End() && j.vars.varOf(n.X) == v
		}
		return !found
	})
	return found
}

var (
	// freeName matches names of what is kept for further use.
	freeName = pattern.New(`(?i)^(free|freelist|idle|spare|unused|available|recycled|pool|cached?)s?$|(?i)(free|idle|spare)(list|conns?|bufs?|buffers?)?$`)
	// poolName matches types that keep things for further use.
	poolName = pattern.New(`(?i)(pool|freelist)$`)
	// workName matches names of what waits to be done, in a pool of workers too.
	workName = pattern.New(`(?i)(^q$|queue|job|task|work|pending|backlog|request|item|event|message|msg|mail|op|func|call)`)
)

// isNamedFree reports whether names say that the queue keeps things for further
// use rather than work.
func (q *queue) isNamedFree() bool {
	name := q.v.Name()
	return freeName.MatchString(name) || poolName.MatchString(q.owner) && !workName.MatchString(name)
}

// addAccessors takes functions that only return the answer of a function that
// answers for a queue's length for such functions, too.
func (j *judge) addAccessors(q *queue) {
	for range maxCalls {
		for _, f := range j.Funcs {
			if q.asks[f.Syntax] || f.Obj == nil || len(f.Body.List) != 1 {
				continue
			}
			if _, ok := f.Body.List[0].(*ast.ReturnStmt); ok && j.asksAround(q, f) {
				q.asks[f.Syntax] = true
			}
		}
	}
}

// forwarders returns f and the functions that do nothing but call it, outwards.
func forwarders(f *model.Func) []*model.Func {
	list := []*model.Func{f}
	for i := 0; i < len(list) && len(list) <= maxCalls; i++ {
		for _, c := range list[i].Callers {
			if c.From.Obj != nil && len(c.From.Body.List) == 1 && !slices.Contains(list, c.From) {
				list = append(list, c.From)
			}
		}
	}
	return list
}
