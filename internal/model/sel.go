package model

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/op"
)

// Select is one select statement.
type Select struct {
	Op         *Op
	Instr      *ssa.Select // nil if SSA reduced a lone case to a plain operation
	Syntax     *ast.SelectStmt
	Cases      []*Case // without the default
	HasDefault bool
	Default    *ast.CommClause // or nil
}

// CaseKind says what a case listens for.
type CaseKind uint8

const (
	Work   CaseKind = iota // data or a request: an event source
	Stop                   // a context's Done or a stop channel
	Timer                  // time.After, a Timer, or a time channel handed in
	Ticker                 // a Ticker
)

// Case is one case of a select other than its default.
type Case struct {
	Select *Select
	Index  int
	Dir    types.ChanDir // SendOnly or RecvOnly
	Value  ssa.Value     // the channel
	Chan   *Chan
	Kind   CaseKind
	Clause *ast.CommClause
	Entry  *ssa.BasicBlock // where control continues; may be shared if the body is empty
	Pos    token.Pos       // of the operator
}

// Func returns the function of the select.
func (s *Select) Func() *Func { return s.Op.Func }

// Expr returns the case's channel operand.
func (k *Case) Expr() ast.Expr {
	switch c := k.Clause.Comm.(type) {
	case *ast.SendStmt:
		return c.Chan
	case *ast.AssignStmt:
		return recvOperand(c.Rhs[0])
	case *ast.ExprStmt:
		return recvOperand(c.X)
	}
	return nil
}

// recvOperand returns the channel of a receive expression.
func recvOperand(e ast.Expr) ast.Expr {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok {
		return u.X
	}
	return e
}

// Name returns what a message calls the case's channel.
func (k *Case) Name() string { return exprText(k.Expr()) }

// Contains reports whether pos lies in the case's body.
func (k *Case) Contains(pos token.Pos) bool {
	return k.Clause.Colon < pos && pos < k.Clause.End()
}

// Loop returns the innermost loop that repeats the select, or nil.
func (s *Select) Loop() *Loop { return s.Func().LoopAt(s.Syntax.Pos()) }

// IsReachableFrom reports whether control can come back to the select from b.
func (s *Select) IsReachableFrom(b *ssa.BasicBlock) bool {
	return s.Func().Reaches(b, s.Op.Block())
}

// Leaves reports whether the case can only go on without coming back to the
// select.
func (k *Case) Leaves() bool { return !k.MayStay() }

// MayStay reports whether control can come back to the select from the case.
func (k *Case) MayStay() bool { return k.Select.IsReachableFrom(k.Entry) }

// MayLeave reports whether some path from the case's start reaches a return (or
// the end of the process) without passing the select again.
func (k *Case) MayLeave() bool {
	return k.Select.Func().reachesExitAvoiding(k.Entry, k.Select.Op.Block())
}

// addSelect adds a select that SSA keeps as one instruction.
func (f *Func) addSelect(i *ssa.Select) {
	syn := f.Pkg.syntax.selects[i.Pos()]
	if syn == nil {
		return
	}
	s := &Select{Instr: i, Syntax: syn, HasDefault: !i.Blocking}
	s.Op = &Op{Func: f, Action: SelectWait, Instr: i, Pos: i.Pos(), Select: s}
	if i.Blocking {
		s.Op.Wait = facts.Wait{Effect: op.Effect{Kind: op.Select, Tier: op.TierUnbounded}}
	}
	for n, state := range i.States {
		clause := f.Pkg.syntax.clauses[state.Pos]
		if clause == nil {
			return
		}
		s.Cases = append(s.Cases, &Case{Select: s, Index: n, Dir: state.Dir, Value: state.Chan, Clause: clause, Pos: state.Pos, Entry: caseEntry(i, n)})
	}
	s.Default = defaultClause(syn)
	f.Ops = append(f.Ops, s.Op)
	f.Selects = append(f.Selects, s)
}

// defaultClause returns the default of a select, or nil.
func defaultClause(syn *ast.SelectStmt) *ast.CommClause {
	for _, stmt := range syn.Body.List {
		if c, ok := stmt.(*ast.CommClause); ok && c.Comm == nil {
			return c
		}
	}
	return nil
}

// addLoneCase models a select with one case and no default, which SSA builds
// as a plain operation.
func (f *Func) addLoneCase(syn *ast.SelectStmt, o *Op) {
	dir := types.RecvOnly
	if o.Action == Send {
		dir = types.SendOnly
	}
	s := &Select{Op: o, Syntax: syn}
	s.Cases = []*Case{{Select: s, Dir: dir, Value: o.Value, Clause: f.Pkg.syntax.clauses[o.Pos], Pos: o.Pos, Entry: o.Block()}}
	o.Select = s
	f.Selects = append(f.Selects, s)
}

// caseEntry finds the block where case n continues: the true successor of the
// comparison of the select's index with n. Where SSA dropped that comparison,
// because the last cases go on alike, it is the false successor of the one
// before.
func caseEntry(sel *ssa.Select, n int) *ssa.BasicBlock {
	for m := n; m >= 0; m-- {
		cmp := indexTest(sel, m)
		switch {
		case cmp == nil:
		case m == n:
			return cmp.Succs[0]
		default:
			return cmp.Succs[1]
		}
	}
	if b := sel.Block(); len(b.Succs) == 1 {
		return b.Succs[0]
	}
	return sel.Block()
}

// indexTest returns the block that ends by comparing the select's index with n,
// or nil.
func indexTest(sel *ssa.Select, n int) *ssa.BasicBlock {
	for _, ref := range *sel.Referrers() {
		idx, ok := ref.(*ssa.Extract)
		if !ok || idx.Index != 0 {
			continue
		}
		for _, use := range *idx.Referrers() {
			if b := comparedWith(use, int64(n)); b != nil {
				return b
			}
		}
	}
	return nil
}

// comparedWith returns the block that branches on instr, a comparison of the
// select's index with n, or nil.
func comparedWith(instr ssa.Instruction, n int64) *ssa.BasicBlock {
	cmp, ok := instr.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL {
		return nil
	}
	c, ok := cmp.Y.(*ssa.Const)
	if !ok || c.Value == nil || !constant.Compare(c.Value, token.EQL, constant.MakeInt64(n)) {
		return nil
	}
	for _, ref := range *cmp.Referrers() {
		if br, ok := ref.(*ssa.If); ok {
			return br.Block()
		}
	}
	return nil
}

// classify decides what each case listens for and bounds the wait.
func (s *Select) classify() {
	for _, k := range s.Cases {
		k.Kind = s.Func().Pkg.caseKind(k)
		switch {
		case s.Op.Wait.Kind == op.None:
		case k.Kind == Stop:
			s.Op.Wait.Bound = op.Context
		case k.Kind != Work && s.Op.Wait.Bound == op.Unbounded:
			s.Op.Wait.Bound = op.Timeout
		}
	}
}

// HasCase reports whether a case of kind k exists.
func (s *Select) HasCase(kind CaseKind) bool {
	for _, k := range s.Cases {
		if k.Kind == kind {
			return true
		}
	}
	return false
}
