package model

import (
	"go/ast"
	"go/token"
	"go/types"
)

// LoopKind says what makes a loop turn.
type LoopKind uint8

const (
	Endless   LoopKind = iota // for { }
	While                     // for cond { }
	Counted                   // for i := …; cond; post, or range over an integer
	RangeSet                  // range over a slice, array, string or map
	RangeChan                 // range over a channel
	RangeFunc                 // range over an iterator function
)

// Loop is one for or range statement.
type Loop struct {
	Func   *Func
	Kind   LoopKind
	Syntax ast.Stmt
	Body   *ast.BlockStmt
	Over   ast.Expr // range operand, or nil
	Parent *Loop    // enclosing loop of the same function, or nil
	Label  string
}

// Pos returns the position of the "for".
func (l *Loop) Pos() token.Pos { return l.Syntax.Pos() }

// Contains reports whether pos is evaluated once per turn.
func (l *Loop) Contains(pos token.Pos) bool {
	if l.Body.Pos() <= pos && pos < l.Body.End() {
		return true
	}
	if f, ok := l.Syntax.(*ast.ForStmt); ok {
		return within(f.Cond, pos) || within(f.Post, pos)
	}
	return false
}

// within reports whether pos lies in n, which may be nil.
func within(n ast.Node, pos token.Pos) bool {
	switch x := n.(type) {
	case nil:
		return false
	case ast.Expr:
		if x == nil {
			return false
		}
	}
	return n.Pos() <= pos && pos < n.End()
}

// LoopAt returns the innermost loop of f that repeats pos, or nil. Literals
// inside a loop are not repeated by it: ask the place where they are used.
func (f *Func) LoopAt(pos token.Pos) *Loop {
	var in *Loop
	for _, l := range f.Loops {
		if l.Contains(pos) {
			in = l
		}
	}
	return in
}

// readLoops lists the loops of one function in source order, outer first.
func readLoops(f *Func) []*Loop {
	r := loopReader{f: f}
	r.walk(f.Body, nil, "")
	return r.loops
}

// loopReader collects the loops of one function.
type loopReader struct {
	f     *Func
	loops []*Loop
}

// walk adds the loops in n, whose innermost loop is parent.
func (r *loopReader) walk(n ast.Node, parent *Loop, label string) {
	ast.Inspect(n, func(c ast.Node) bool {
		switch c := c.(type) {
		case *ast.FuncLit:
			return false
		case *ast.LabeledStmt:
			if isLoop(c.Stmt) {
				r.add(c.Stmt, parent, c.Label.Name)
				return false
			}
		case *ast.ForStmt, *ast.RangeStmt:
			r.add(c.(ast.Stmt), parent, "")
			return false
		}
		return true
	})
}

// isLoop reports whether s repeats something.
func isLoop(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// add adds one loop and the loops inside it.
func (r *loopReader) add(s ast.Stmt, parent *Loop, label string) {
	l := &Loop{Func: r.f, Syntax: s, Parent: parent, Label: label}
	switch s := s.(type) {
	case *ast.ForStmt:
		l.Kind, l.Body = forKind(s), s.Body
	case *ast.RangeStmt:
		l.Kind, l.Body, l.Over = r.rangeKind(s), s.Body, s.X
	}
	r.loops = append(r.loops, l)
	if f, ok := s.(*ast.ForStmt); ok && f.Init != nil {
		r.walk(f.Init, parent, "")
	}
	if l.Kind != RangeFunc { // its body is a function of its own
		r.walk(l.Body, l, "")
	}
}

// forKind tells the forms of a for statement apart.
func forKind(s *ast.ForStmt) LoopKind {
	switch {
	case s.Cond == nil && s.Post == nil:
		return Endless
	case s.Post == nil:
		return While
	}
	return Counted
}

// rangeKind tells by the operand's type what a range statement repeats.
func (r *loopReader) rangeKind(s *ast.RangeStmt) LoopKind {
	t := r.f.Pkg.TypeOf(s.X)
	if t == nil {
		return RangeSet
	}
	switch u := coreOf(t).(type) {
	case *types.Chan:
		return RangeChan
	case *types.Signature:
		return RangeFunc
	case *types.Basic:
		if u.Info()&types.IsInteger != 0 {
			return Counted
		}
	}
	return RangeSet
}

// coreOf returns the underlying type, looking through a type parameter whose
// constraint has a single type.
func coreOf(t types.Type) types.Type {
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		iface, ok := tp.Constraint().Underlying().(*types.Interface)
		if !ok || iface.NumEmbeddeds() != 1 {
			return t
		}
		e := iface.EmbeddedType(0)
		if u, ok := e.(*types.Union); ok && u.Len() == 1 {
			e = u.Term(0).Type()
		}
		return e.Underlying()
	}
	return t.Underlying()
}

// IsChan reports whether t is a channel, or a type parameter that only channels
// satisfy.
func IsChan(t types.Type) bool {
	_, ok := coreOf(t).(*types.Chan)
	return ok
}
