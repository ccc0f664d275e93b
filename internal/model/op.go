package model

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/op"
)

// Action is what an Op does.
type Action uint8

const (
	Send Action = iota
	Recv
	RangeRecv // the receive of a range loop
	Close
	SelectWait // a select with cases, or select{}
	Lock
	RLock
	TryLock
	TryRLock
	Unlock
	RUnlock
	GroupAdd
	GroupDone
	GroupWait
	GroupGo    // wg.Go, errgroup.Go, pool.Go: also a Spawn
	GroupLimit // errgroup.SetLimit and kin
	CondWait
	CondWake // Signal, Broadcast
	OnceDo
	CallWait // a call that facts or tables say may wait
)

// Op is one operation that waits or that others may wait for.
type Op struct {
	Func   *Func
	Action Action
	Instr  ssa.Instruction
	Pos    token.Pos
	Wait   facts.Wait // what it may wait for; Kind op.None if it never waits

	Value  ssa.Value    // the channel, or the address of the lock, group or cond
	Chan   *Chan        // class of a channel operation
	Place  Place        // where the channel, lock, group or cond lives
	Below  string       // from Value to the lock, if Value is the address of the object that has it
	Class  types.Object // what all instances of that place share, or nil
	Select *Select      // for SelectWait, and for a lone case of a select
	Callee *types.Func  // for calls
	Call   *ast.CallExpr

	Deferred bool // runs on return and on panic
}

// Block returns the SSA block of the operation.
func (o *Op) Block() *ssa.BasicBlock { return o.Instr.Block() }

// Name returns what a message calls the channel, lock or callee.
func (o *Op) Name() string {
	switch {
	case o.Call != nil && o.Action == CallWait:
		return exprText(o.Call.Fun)
	case o.Expr() != nil:
		return exprText(o.Expr())
	}
	return o.Place.String()
}

// Expr returns the syntax of the channel operand or of the receiver of a
// method call, or nil.
func (o *Op) Expr() ast.Expr {
	s := o.Func.Pkg.syntax
	switch {
	case o.Call != nil:
		if sel, ok := ast.Unparen(o.Call.Fun).(*ast.SelectorExpr); ok {
			return sel.X
		}
		if o.Action == Close && len(o.Call.Args) == 1 {
			return o.Call.Args[0]
		}
	case s.sends[o.Pos] != nil:
		return s.sends[o.Pos].Chan
	case s.recvs[o.Pos] != nil:
		return s.recvs[o.Pos].X
	case s.ranges[o.Pos] != nil:
		return s.ranges[o.Pos].X
	}
	return nil
}

// readOps lists f's operations, selects, static calls and spawns.
func (f *Func) readOps() {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			f.readInstr(instr)
		}
	}
}

// readInstr adds what one instruction does.
func (f *Func) readInstr(instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Send:
		f.addChanOp(Send, op.Send, i, i.Chan)
	case *ssa.UnOp:
		if i.Op == token.ARROW {
			f.addRecv(i)
		}
	case *ssa.Select:
		f.addSelect(i)
	case *ssa.Go:
		f.addGo(i)
	case *ssa.Store:
		f.Pkg.noteTicker(i)
	case ssa.CallInstruction:
		f.Pkg.noteReset(i.Common())
		f.addCall(i)
	}
}

// addChanOp adds an operation on a channel outside selects of several cases.
func (f *Func) addChanOp(a Action, k op.Kind, instr ssa.Instruction, ch ssa.Value) *Op {
	o := &Op{Func: f, Action: a, Instr: instr, Pos: instr.Pos(), Value: ch, Place: f.Pkg.PlaceOf(ch), Class: f.Pkg.ClassOf(ch)}
	if k != op.None {
		o.Wait = facts.Wait{Effect: op.Effect{Kind: k, Tier: op.TierUnbounded}}
	}
	if sel := f.Pkg.syntax.selects[o.Pos]; sel != nil && sel.Select != o.Pos {
		f.addLoneCase(sel, o)
	}
	f.Ops = append(f.Ops, o)
	return o
}

// addRecv adds a receive, which may be the turn of a range loop. One that drains
// a timer never waits.
func (f *Func) addRecv(i *ssa.UnOp) {
	action, kind := Recv, op.Recv
	if f.Pkg.syntax.ranges[i.Pos()] != nil && f.Pkg.syntax.recvs[i.Pos()] == nil {
		action, kind = RangeRecv, op.Range
	}
	if recv := f.Pkg.syntax.recvs[i.Pos()]; recv != nil && f.Pkg.Facts.IsDrain(recv) {
		kind = op.None
	}
	f.addChanOp(action, kind, i, i.X)
}

// addCall adds what a call does: a builtin, a synchronisation method, or any callee that may wait.
func (f *Func) addCall(i ssa.CallInstruction) {
	_, deferred := i.(*ssa.Defer)
	common := i.Common()
	call := f.Pkg.CallSyntax(i)
	if b, ok := common.Value.(*ssa.Builtin); ok {
		if b.Name() == "close" {
			o := f.addChanOp(Close, op.None, i, common.Args[0])
			o.Call, o.Deferred = call, deferred
		}
		return
	}
	f.addStaticCall(i, common, deferred)
	if call == nil {
		return
	}
	if o := f.syncOp(i, common, call); o != nil {
		o.Call, o.Deferred, o.Pos = call, deferred, call.Pos()
		f.Ops = append(f.Ops, o)
		return
	}
	f.addCallWait(i, call, deferred)
}

// addStaticCall records a call to a function of this package.
func (f *Func) addStaticCall(i ssa.CallInstruction, common *ssa.CallCommon, deferred bool) {
	if common.IsInvoke() {
		f.addDynamicCall(i, common, deferred)
		return
	}
	to := f.Pkg.FuncOf(f.Pkg.staticCallee(common))
	if to == nil {
		f.addBoundCall(i, common, deferred)
		return
	}
	pos := common.Pos()
	if call := f.Pkg.CallSyntax(i); call != nil {
		pos = call.Pos()
	}
	c := &Call{From: f, To: to, Instr: i, Pos: pos, Deferred: deferred}
	f.Calls = append(f.Calls, c)
	to.Callers = append(to.Callers, c)
}

// staticCallee returns the function a call runs: directly, as a closure, or as
// a variable that is assigned one closure once.
func (p *Package) staticCallee(common *ssa.CallCommon) *ssa.Function {
	if common.IsInvoke() {
		return nil
	}
	if fn := common.StaticCallee(); fn != nil {
		return fn
	}
	return p.closureIn(common.Value)
}

// closureIn returns the one function a function value can be, or nil.
func (p *Package) closureIn(v ssa.Value) *ssa.Function {
	for range maxPath {
		switch x := v.(type) {
		case *ssa.Function:
			return x
		case *ssa.MakeClosure:
			return x.Fn.(*ssa.Function)
		case *ssa.UnOp:
			v = x.X
		case *ssa.Alloc:
			if v = soleStore(x); v == nil {
				return nil
			}
		case *ssa.FreeVar:
			if v = p.binding(x); v == nil {
				return nil
			}
		case *ssa.ChangeType:
			v = x.X
		default:
			return nil
		}
	}
	return nil
}

// addCallWait records a call that may wait according to facts and tables.
func (f *Func) addCallWait(i ssa.CallInstruction, call *ast.CallExpr, deferred bool) {
	w, ok := f.Pkg.Facts.Call(call)
	if !ok || !w.Waits() {
		return
	}
	callee := f.Pkg.Facts.Callee(call)
	f.Ops = append(f.Ops, &Op{Func: f, Action: CallWait, Instr: i, Pos: call.Pos(), Wait: w, Callee: callee, Call: call, Deferred: deferred})
}

// CallSyntax returns the call expression of a call, go or defer instruction,
// or nil for calls that the source does not spell.
func (p *Package) CallSyntax(i ssa.CallInstruction) *ast.CallExpr {
	if c := p.syntax.calls[i.Common().Pos()]; c != nil {
		return c
	}
	return p.syntax.spawns[i.Pos()]
}

// CallPos returns where a call starts in the source, or its SSA position.
func (p *Package) CallPos(i ssa.CallInstruction) token.Pos {
	if c := p.CallSyntax(i); c != nil {
		return c.Pos()
	}
	return i.Pos()
}

// ClosureIn returns the one function a function value can be, or nil.
func (p *Package) ClosureIn(v ssa.Value) *ssa.Function { return p.closureIn(v) }
