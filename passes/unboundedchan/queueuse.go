package unboundedchan

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// This file reads the uses of queues that are no plain assignments: copies that
// shift, linked lists, maps, and questions about the length.

// call reads copy(q, q[1:]), delete(q, k), and the methods of a linked list.
func (r *queueReader) call(n *ast.CallExpr) {
	switch name := calleeName(n); name {
	case "copy":
		r.shift(n)
	case "delete":
		r.remove(n)
	case "len", "cap", "Len":
		return // see compare
	default:
		r.isMeasured(n)
		if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
			if q := r.queueOf(sel.X); q != nil && isList(q.v.Type()) && !r.isOwn(sel.X) {
				r.listCall(q, n, name)
			}
		}
	}
}

// shift reads copy(q, q[1:]): a pop if the function also cuts the end off.
func (r *queueReader) shift(n *ast.CallExpr) {
	if len(n.Args) != 2 {
		return
	}
	q := r.queueOf(n.Args[0])
	from, ok := ast.Unparen(n.Args[1]).(*ast.SliceExpr)
	if q != nil && ok && r.queueOf(from.X) == q && r.isOne(from.Low) {
		q.shifts = append(q.shifts, r.touch(n))
	}
}

// listCall reads a method call on a linked list.
func (r *queueReader) listCall(q *queue, n *ast.CallExpr, name string) {
	switch name {
	case "PushBack", "PushFront", "PushBackList", "PushFrontList":
		q.grows = append(q.grows, r.touch(n))
	case "Remove":
		q.drops[r.fn()] = true
		if len(n.Args) == 1 && r.isEnd(n.Args[0], maxCalls) {
			q.pops = append(q.pops, r.touch(n))
		}
	case "Init", "MoveToFront", "MoveToBack":
		q.drops[r.fn()] = true
	}
}

// isEnd reports whether e is an end of a list: l.Front(), l.Back(), or a
// variable that holds one.
func (r *queueReader) isEnd(e ast.Expr, depth int) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return calleeName(e) == "Front" || calleeName(e) == "Back"
	case *ast.Ident:
		v := r.vars.varOf(e)
		if v == nil || depth == 0 {
			return false
		}
		return !r.moves(v, depth) && slices.ContainsFunc(r.vars.values[v], func(value ast.Expr) bool { return r.isEnd(value, depth-1) })
	}
	return false
}

// moves reports whether v goes from one element of a list to the next: what a
// walk removes is not what is first.
func (r *queueReader) moves(v *types.Var, depth int) bool {
	for _, value := range r.vars.values[v] {
		switch e := ast.Unparen(value).(type) {
		case *ast.CallExpr:
			if name := calleeName(e); name == "Next" || name == "Prev" {
				return true
			}
		case *ast.Ident:
			if next := r.vars.varOf(e); next != nil && next != v && depth > 0 && r.moves(next, depth-1) {
				return true
			}
		}
	}
	return false
}

// enter reads "m[k] = x" on a map whose keys are counted up: a queue by number.
func (r *queueReader) enter(n *ast.AssignStmt, at *ast.IndexExpr) {
	q := r.queueOf(at.X)
	if q == nil || r.isOwn(at.X) {
		return
	}
	if _, ok := q.v.Type().Underlying().(*types.Map); ok {
		q.grows = append(q.grows, r.touch(n))
	}
}

// remove reads delete(m, k): with a key that is counted up it takes the first.
func (r *queueReader) remove(n *ast.CallExpr) {
	if len(n.Args) != 2 {
		return
	}
	q := r.queueOf(n.Args[0])
	if q == nil {
		return
	}
	q.drops[r.fn()] = true
	key := r.vars.varOf(n.Args[1])
	if key != nil && key.IsField() && r.vars.counted[key] {
		q.pops = append(q.pops, r.touch(n))
	}
}

// rangeOver reads "for k, v := range m { delete(m, k); return v }": it takes any
// one element.
func (r *queueReader) rangeOver(n *ast.RangeStmt) {
	q := r.queueOf(n.X)
	if q == nil || len(n.Body.List) == 0 || !leavesLoop(n.Body.List[len(n.Body.List)-1]) {
		return
	}
	for _, stmt := range n.Body.List {
		es, ok := stmt.(*ast.ExprStmt)
		if !ok {
			continue
		}
		if call, ok := es.X.(*ast.CallExpr); ok && calleeName(call) == "delete" && len(call.Args) == 2 && r.queueOf(call.Args[0]) == q {
			q.pops = append(q.pops, r.touch(call))
		}
	}
}

// leavesLoop reports whether a statement ends the loop it stands in.
func leavesLoop(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK
	}
	return false
}

// compare notes comparisons of the length with anything but emptiness.
func (r *queueReader) compare(n *ast.BinaryExpr) {
	if !isOrdered(n.Op) && n.Op != token.EQL && n.Op != token.NEQ || isEmptiness(r.judge, n) {
		return
	}
	for _, side := range []ast.Expr{n.X, n.Y} {
		if q := r.lengthIn(side); q != nil {
			q.asks[r.fn()] = true
		}
	}
}

// returns notes functions that return the length: their callers may bound it.
func (r *queueReader) returns(n *ast.ReturnStmt) {
	for _, e := range n.Results {
		if q := r.lengthIn(e); q != nil {
			q.asks[r.fn()] = true
		}
	}
}

// lengthIn returns the queue whose length e is computed from, or nil.
func (r *queueReader) lengthIn(e ast.Expr) (q *queue) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if isEmptiness(r.judge, n) {
				return false
			}
		case *ast.CallExpr:
			if found := r.measured(n); found != nil {
				q = found
			}
		case *ast.Ident:
			if found := r.measuredBy(n); found != nil {
				q = found
			}
		}
		return q == nil
	})
	return q
}

// measuredBy returns the queue whose length a local variable holds, or nil.
func (r *queueReader) measuredBy(id *ast.Ident) *queue {
	v := r.vars.varOf(id)
	if v == nil || len(r.vars.values[v]) != 1 {
		return nil
	}
	if call, ok := r.unconverted(r.vars.values[v][0]).(*ast.CallExpr); ok {
		return r.measured(call)
	}
	return nil
}

// unconverted returns what the conversions in e are of.
func (j *judge) unconverted(e ast.Expr) ast.Expr {
	for {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || !j.Pass.TypesInfo.Types[call.Fun].IsType() {
			return ast.Unparen(e)
		}
		e = call.Args[0]
	}
}

// measured returns the queue of len(q), cap(q) or q.Len(), or nil.
func (r *queueReader) measured(call *ast.CallExpr) *queue {
	switch calleeName(call) {
	case "len", "cap":
		if len(call.Args) == 1 {
			return r.queueOf(call.Args[0])
		}
	case "Len":
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
			return r.queueOf(sel.X)
		}
	}
	return nil
}

// isEmptiness reports whether a comparison only asks whether there is anything:
// with 0, or with 1 by order.
func isEmptiness(j *judge, n *ast.BinaryExpr) bool {
	v := j.Pass.TypesInfo.Types[n.Y].Value
	if v == nil {
		v = j.Pass.TypesInfo.Types[n.X].Value
	}
	if v == nil || v.Kind() != constant.Int {
		return false
	}
	switch intOf(v) {
	case 0:
		return true
	case 1:
		return n.Op == token.LSS || n.Op == token.GEQ || n.Op == token.EQL // the first element wakes the consumer
	}
	return false
}

// isOne reports whether e is the constant 1.
func (r *queueReader) isOne(e ast.Expr) bool { return r.isNumber(e, 1) }

// isZero reports whether e is the constant 0.
func (r *queueReader) isZero(e ast.Expr) bool { return r.isNumber(e, 0) }

// isNumber reports whether e is the integer constant n.
func (r *queueReader) isNumber(e ast.Expr, n int64) bool {
	if e == nil {
		return false
	}
	v := r.Pass.TypesInfo.Types[e].Value
	return v != nil && v.Kind() == constant.Int && intOf(v) == n
}
