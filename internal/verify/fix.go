package verify

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file looks for a buffer that would let a stuck sender go on. It proposes
// one only if the checker, run again with that buffer, finds nobody stuck at the
// channel any more.

// plenty is a capacity that no run within the bounds fills.
const plenty = 1 << 20

// repair proposes a capacity for the channel of a stuck sender, or nil.
func (s *search) repair(st *Stuck) *Capacity {
	if st.Made == nil || st.Made.Cap < 0 || st.Kind != AbandonedSender && st.Kind != BufferOverfill && st.Kind != WaitBeforeReceive {
		return nil
	}
	ch := s.pkg.ChanOf(st.Made.Instr)
	if ch == nil || len(ch.Makes) != 1 {
		return nil
	}
	loop, ok := sendLoop(ch, st.Made)
	if !ok {
		return nil
	}
	if loop != nil && st.Made.Cap > 0 {
		return nil // the buffer limits something on purpose
	}
	if loop != nil {
		expr := s.turns(loop, st.Made)
		if expr != "" && s.isCured(st, plenty) {
			return &Capacity{-1, expr}
		}
		return nil
	}
	for n := st.Made.Cap + 1; n <= st.Made.Cap+3; n++ {
		if s.isCured(st, n) {
			return &Capacity{n, strconv.FormatInt(n, 10)}
		}
	}
	return nil
}

// isCured reports whether nobody is stuck at the channel once it has capacity
// n.
func (s *search) isCured(st *Stuck, n int64) bool {
	c := s.checker
	c.widen, c.widenTo = st.Made.Instr, n
	defer func() { c.widen = nil }()
	again := newSearch(c, s.root)
	again.start = s.start
	again.run()
	if again.over {
		return false
	}
	for _, p := range again.found {
		for _, g := range p.stuck {
			if isAt(p.st, p.st.gs[g], st.Made.Instr) || p.st.gs[g].op() == st.Op {
				return false
			}
		}
	}
	return true
}

// isAt reports whether a goroutine waits on a channel made at mk.
func isAt(s *state, g *gor, mk *ssa.MakeChan) bool {
	for _, i := range g.awaited() {
		if o := s.objs[i]; o != nil && o.site == mk {
			return true
		}
	}
	return false
}

// sendLoop returns the loop that repeats the sends on a channel, nil if each is
// made once; ok is false if they are repeated in more than one way.
func sendLoop(ch *model.Chan, mk *model.Make) (loop *model.Loop, ok bool) {
	once := 0
	for _, o := range sendOps(ch) {
		l, ok := repeats(o, mk)
		switch {
		case !ok:
			return nil, false
		case l == nil:
			once++
		case loop != nil && loop != l:
			return nil, false
		default:
			loop = l
		}
	}
	return loop, loop == nil || once == 0
}

// sendOps lists the sends on a channel, bare or in selects.
func sendOps(ch *model.Chan) []*model.Op {
	out := ch.Sends
	for _, k := range ch.Cases {
		if k.Dir == types.SendOnly {
			out = append(out[:len(out):len(out)], k.Select.Op)
		}
	}
	return out
}

// repeats returns the only loop between the make and a send: around the send,
// or around the start of its goroutine.
func repeats(o *model.Op, mk *model.Make) (*model.Loop, bool) {
	var found *model.Loop
	add := func(l *model.Loop) bool {
		for ; l != nil && !l.Contains(mk.Pos); l = l.Parent {
			if found != nil {
				return false
			}
			found = l
		}
		return true
	}
	f, pos := o.Func, o.Pos
	for range 4 {
		if !add(f.LoopAt(pos)) {
			return nil, false
		}
		if f == mk.Func {
			return found, true
		}
		switch {
		case len(f.Started) == 1 && len(f.Callers) == 0:
			f, pos = f.Started[0].Func, f.Started[0].Pos
		case len(f.Started) == 0 && len(f.Callers) == 1:
			f, pos = f.Callers[0].From, f.Callers[0].Pos
		default:
			return nil, false
		}
	}
	return nil, false
}

// turns returns how often a loop turns as an expression that is valid where the
// channel is made, or "".
func (s *search) turns(l *model.Loop, mk *model.Make) string {
	var e ast.Expr
	switch syn := l.Syntax.(type) {
	case *ast.RangeStmt:
		e = syn.X
	case *ast.ForStmt:
		e = bound(syn)
	}
	if e == nil || l.Func != mk.Func || !s.isKnownAt(e, mk.Pos) {
		return ""
	}
	if l.Kind == model.RangeSet {
		return "len(" + types.ExprString(e) + ")"
	}
	if l.Kind == model.Counted {
		return types.ExprString(e)
	}
	return ""
}

// bound returns n of "for i := 0; i < n; i++", or nil.
func bound(f *ast.ForStmt) ast.Expr {
	cond, ok := f.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.LSS {
		return nil
	}
	init, ok := f.Init.(*ast.AssignStmt)
	if !ok || len(init.Rhs) != 1 {
		return nil
	}
	if zero, ok := init.Rhs[0].(*ast.BasicLit); !ok || zero.Value != "0" {
		return nil
	}
	return cond.Y
}

// isKnownAt reports whether an expression is made of names declared before pos
// and has the same value there.
func (s *search) isKnownAt(e ast.Expr, pos token.Pos) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			obj := s.pkg.Pass.TypesInfo.Uses[n]
			ok = ok && obj != nil && (obj.Parent() == nil || obj.Pos() < pos || obj.Parent() == types.Universe)
		case nil, *ast.SelectorExpr, *ast.BasicLit, *ast.ParenExpr:
		case *ast.CallExpr:
			fun, isName := n.Fun.(*ast.Ident)
			ok = ok && isName && (fun.Name == "len" || fun.Name == "cap")
		default:
			ok = false
		}
		return ok
	})
	return ok
}
