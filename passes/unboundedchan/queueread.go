package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"
)

// This file finds queues in syntax: which fields and package variables are
// slices, lists or maps next to a lock or a channel, and who adds to them, takes
// the first element, or asks for their length.

// queueReader gathers the queues of a package.
type queueReader struct {
	*judge
	list  []*queue
	byVar map[*types.Var]*queue

	decl  *ast.FuncDecl
	gen   *ast.GenDecl
	stack []ast.Node // enclosing functions, the innermost last
}

// readQueues returns the candidates in source order with their uses.
func (j *judge) readQueues() *queueReader {
	r := &queueReader{judge: j, byVar: make(map[*types.Var]*queue)}
	for _, f := range j.Pass.Files {
		if !j.IsTestFile(f.Pos()) {
			ast.Inspect(f, r.candidate)
		}
	}
	r.gen = nil
	r.globals()
	if len(r.list) == 0 {
		return r
	}
	for _, f := range j.Pass.Files {
		if j.IsTestFile(f.Pos()) {
			continue
		}
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && d.Body != nil {
				r.decl = d
				r.walk(d, d.Body)
			}
		}
	}
	for _, q := range r.list {
		q.addShifts()
	}
	return r
}

// addShifts takes the copies to the front for pops where the end is cut off.
func (q *queue) addShifts() {
	for _, t := range q.shifts {
		if q.cuts[t.fn] {
			q.pops = append(q.pops, t)
		}
	}
}

// candidate takes the fields of a synchronised struct.
func (r *queueReader) candidate(n ast.Node) bool {
	if gen, ok := n.(*ast.GenDecl); ok {
		r.gen = gen
	}
	spec, ok := n.(*ast.TypeSpec)
	if !ok {
		return true
	}
	st, ok := spec.Type.(*ast.StructType)
	if !ok {
		return true
	}
	t, ok := r.TypeOf(st).(*types.Struct)
	if !ok || !isSynchronised(t, 0) {
		return true
	}
	r.fields(t, spec.Name.Name)
	return true
}

// fields takes the fields of a struct, and those of structs without a name in it.
func (r *queueReader) fields(t *types.Struct, owner string) {
	for field := range t.Fields() {
		r.add(field, owner)
		if inner, ok := types.Unalias(field.Type()).(*types.Struct); ok {
			r.fields(inner, owner+"."+field.Name())
		}
	}
}

// globals takes the package variables of a package that also has a lock among
// its variables.
func (r *queueReader) globals() {
	scope := r.Pass.Pkg.Scope()
	var vars []*types.Var
	locked := false
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok && !r.IsTestFile(v.Pos()) {
			vars = append(vars, v)
			locked = locked || isLock(v.Type())
		}
	}
	for _, v := range vars {
		if locked {
			r.add(v, "")
		}
	}
}

// add takes v for a candidate if its type allows.
func (r *queueReader) add(v *types.Var, owner string) {
	if !isQueueType(v.Type()) {
		return
	}
	q := &queue{v: v, owner: owner, home: r.gen, drops: make(map[ast.Node]bool), asks: make(map[ast.Node]bool), cuts: make(map[ast.Node]bool)}
	r.list = append(r.list, q)
	r.byVar[v] = q
}

// walk visits a function's body; literals are functions of their own.
func (r *queueReader) walk(fn ast.Node, body *ast.BlockStmt) {
	r.stack = append(r.stack, fn)
	r.resets(body)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			r.walk(n, n.Body)
			return false
		case *ast.AssignStmt:
			r.assign(n)
		case *ast.CallExpr:
			r.call(n)
		case *ast.BinaryExpr:
			r.compare(n)
		case *ast.ReturnStmt:
			r.returns(n)
		case *ast.RangeStmt:
			r.rangeOver(n)
		}
		return true
	})
	r.stack = r.stack[:len(r.stack)-1]
}

// resets notes the queues that a function always starts afresh: what it adds then
// is all there is.
func (r *queueReader) resets(body *ast.BlockStmt) {
	for _, stmt := range body.List {
		n, ok := stmt.(*ast.AssignStmt)
		if !ok || len(n.Lhs) != 1 || len(n.Rhs) != 1 {
			continue
		}
		if q := r.queueOf(n.Lhs[0]); q != nil && r.isFresh(n.Rhs[0]) {
			q.drops[r.fn()] = true
			q.fresh = append(q.fresh, r.touch(n))
		}
	}
}

// isFresh reports whether e is nil or a new, empty collection.
func (r *queueReader) isFresh(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		return calleeName(e) == "make" || calleeName(e) == "New"
	}
	return r.Pass.TypesInfo.Types[e].IsNil()
}

// fn returns the innermost function.
func (r *queueReader) fn() ast.Node { return r.stack[len(r.stack)-1] }

// touch describes a change in the innermost function.
func (r *queueReader) touch(n ast.Node) *touch { return &touch{n, r.fn(), r.decl} }

// queueOf returns the queue that e names, directly, behind a pointer, or by a
// local variable that holds it; nil if there is none.
func (r *queueReader) queueOf(e ast.Expr) *queue {
	switch x := ast.Unparen(e).(type) {
	case *ast.StarExpr:
		e = x.X
	case *ast.IndexExpr: // a queue for each key
		if t := r.TypeOf(x); t == nil || !isSlice(t) {
			return nil
		}
		e = x.X
	}
	v := r.vars.varOf(e)
	if v == nil {
		return nil
	}
	if q := r.byVar[v]; q != nil {
		return q
	}
	if v.IsField() {
		return nil
	}
	for _, value := range r.vars.values[v] {
		if u, ok := value.(*ast.UnaryExpr); ok && u.Op == token.AND {
			value = u.X
		}
		if at, ok := value.(*ast.IndexExpr); ok && isSlice(r.TypeOf(at)) { // the queue of one key
			value = at.X
		}
		if q := r.byVar[r.vars.varOf(value)]; q != nil {
			return q
		}
	}
	return nil
}

// isOwn reports whether the queue belongs to an object that this function just
// made: nobody else has it yet.
func (r *queueReader) isOwn(e ast.Expr) bool {
	root, ok := rootOf(e).(*ast.Ident)
	if !ok {
		return false
	}
	v := r.vars.varOf(root)
	if v == nil || r.vars.params[v] != noParam || v.IsField() {
		return false
	}
	for _, value := range r.vars.values[v] {
		if u, ok := value.(*ast.UnaryExpr); ok {
			value = u.X
		}
		if _, ok := value.(*ast.CompositeLit); ok {
			return true
		}
		if call, ok := value.(*ast.CallExpr); ok && calleeName(call) == "new" {
			return true
		}
	}
	return false
}

// assign reads "q = append(q, x)", "q = q[1:]", "q[k] = x" and other changes.
func (r *queueReader) assign(n *ast.AssignStmt) {
	for i, to := range n.Lhs {
		if at, ok := to.(*ast.IndexExpr); ok && !isSlice(r.TypeOf(at)) {
			r.enter(n, at)
			continue
		}
		q := r.queueOf(to)
		if q == nil || r.isOwn(to) {
			continue
		}
		switch value := ast.Unparen(valueAt(n.Rhs, i)).(type) {
		case *ast.SliceExpr:
			r.cut(q, n, value)
		case *ast.CallExpr:
			r.rebuild(q, n, value)
		}
	}
}

// cut reads "q = q[a:b]": [1:] takes the first element, anything else drops some.
func (r *queueReader) cut(q *queue, n ast.Node, value *ast.SliceExpr) {
	if r.queueOf(value.X) != q {
		return
	}
	if value.High == nil && r.isOne(value.Low) {
		q.pops = append(q.pops, r.touch(n))
	}
	q.drops[r.fn()], q.cuts[r.fn()] = true, true
}

// rebuild reads "q = append(…)" and "q = slices.Delete(…)".
func (r *queueReader) rebuild(q *queue, n ast.Node, call *ast.CallExpr) {
	if len(call.Args) < 2 {
		return
	}
	head, isCut := ast.Unparen(call.Args[0]).(*ast.SliceExpr)
	switch name := calleeName(call); {
	case name == "append" && isCut && r.queueOf(head.X) == q:
		q.drops[r.fn()] = true
		if rest, ok := ast.Unparen(call.Args[1]).(*ast.SliceExpr); ok && r.isZero(head.High) && r.isOne(rest.Low) {
			q.pops = append(q.pops, r.touch(n))
		}
	case name == "append" && r.queueOf(call.Args[0]) == q:
		q.grows = append(q.grows, r.touch(n))
	case name == "Delete" && r.queueOf(call.Args[0]) == q:
		q.drops[r.fn()] = true
		if len(call.Args) == 3 && r.isZero(call.Args[1]) && r.isOne(call.Args[2]) {
			q.pops = append(q.pops, r.touch(n))
		}
	}
}
