package lockacrossblock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds what announces an end before an operation: a close, a cancel
// function, a call that is named for it. That it is the end of what is waited for
// is a may.

// isQuickSignal reports whether a receive only waits for somebody to confirm
// an end that was just announced: "cancel(); <-done".
func (j *judge) isQuickSignal(w *wait) bool {
	o := w.op
	if o.Action != model.Recv && o.Action != model.RangeRecv {
		return false
	}
	if j.ChanKind(o.Value, o.Expr()) != model.Stop && (o.Chan == nil || len(o.Chan.Closes) == 0) && !tellsEnd(o.Value.Type()) {
		return false
	}
	return announcesEnd(o) || w.call != nil && announcesEnd(&model.Op{Func: w.from, Instr: w.call.Instr})
}

// announcesEnd reports whether something is closed, cancelled or stopped before
// an operation in the same function.
func announcesEnd(o *model.Op) bool {
	return announces(o, func(ssa.Instruction) bool { return true })
}

// announces reports whether one of the instructions that count closes, cancels or
// stops something before an operation in the same function.
func announces(o *model.Op, counts func(ssa.Instruction) bool) bool {
	for _, x := range o.Func.Ops {
		if x.Action == model.Close && !x.Deferred && model.Before(x.Instr, o.Instr) && counts(x.Instr) {
			return true
		}
	}
	for _, b := range o.Func.SSA.Blocks {
		if !b.Dominates(o.Instr.Block()) {
			continue
		}
		for _, instr := range b.Instrs {
			if i, ok := instr.(*ssa.Call); ok && announcesIn(i.Common()) && model.Before(i, o.Instr) && counts(i) {
				return true
			}
		}
	}
	return announcesInLoop(o, counts)
}

// announcesInLoop reports whether a loop that comes before an operation cancels
// one thing after the other.
func announcesInLoop(o *model.Op, counts func(ssa.Instruction) bool) bool {
	for _, b := range o.Func.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(*ssa.Call)
			if !ok || !announcesIn(i.Common()) || !counts(i) {
				continue
			}
			if l := o.Func.LoopAt(i.Pos()); l != nil && l.Syntax.End() <= o.Pos && o.Func.MayFollow(i, o.Instr) {
				return true
			}
		}
	}
	return false
}

// announcesIn reports whether a call announces an end, itself or in the literal
// that it runs once.
func announcesIn(common *ssa.CallCommon) bool {
	lit := runsOnce(common)
	return endsSomething(common) || lit != nil && closesIn(lit)
}

// tellsEnd reports whether t is a channel of what a goroutine has to say at its
// end: nothing, or an error.
func tellsEnd(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	st, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && st.NumFields() == 0 || types.Identical(ch.Elem(), types.Universe.Lookup("error").Type())
}

// endsSomething reports whether a call announces an end by its name or by its
// type: a context.CancelFunc, or a function kept under such a name.
func endsSomething(common *ssa.CallCommon) bool {
	switch {
	case common.IsInvoke():
		return common.Method.Name() != "Done" && model.IsStopName(common.Method.Name())
	case common.StaticCallee() != nil:
		return common.StaticCallee().Name() != "Done" && model.IsStopName(common.StaticCallee().Name())
	}
	return isCancelFunc(common.Value.Type()) || len(common.Args) == 0 && model.IsStopName(suppliedFunc(common))
}

// isCancelFunc reports whether t is the type of a context's cancel function,
// which never waits.
func isCancelFunc(t types.Type) bool {
	named := model.NamedOf(t)
	return named != nil && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" &&
		(named.Obj().Name() == "CancelFunc" || named.Obj().Name() == "CancelCauseFunc")
}

// runsOnce returns the literal that a call hands to sync.Once's Do, or nil.
func runsOnce(common *ssa.CallCommon) *ssa.Function {
	fn := common.StaticCallee()
	if fn == nil || fn.Name() != "Do" || fn.Pkg == nil || fn.Pkg.Pkg.Path() != "sync" || len(common.Args) != 2 {
		return nil
	}
	if lit, ok := common.Args[1].(*ssa.MakeClosure); ok {
		fn, _ = lit.Fn.(*ssa.Function)
		return fn
	}
	return nil
}

// closesIn reports whether a function closes a channel or announces an end itself.
func closesIn(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if builtin, ok := call.Call.Value.(*ssa.Builtin); ok && builtin.Name() == "close" || endsSomething(call.Common()) {
				return true
			}
		}
	}
	return false
}
