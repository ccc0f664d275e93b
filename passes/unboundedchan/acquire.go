package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file judges limit-after-spawn for weighted semaphores whose Acquire may
// fail. Must: the call drops its error, and its context may end.

// judgeAcquires judges limit-after-spawn for semaphores whose Acquire may fail
// unnoticed: what follows then runs without a slot.
func (j *judge) judgeAcquires() {
	acquire := symbol.Name{Pkg: "golang.org/x/sync/semaphore", Recv: "Weighted", Func: "Acquire"}
	for _, f := range j.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if ok && isCallOf(call, acquire) && isDropped(call) && !neverEnds(call.Call.Args[1]) && !isJoin(call) {
					j.droppedAcquire(call)
				}
			}
		}
	}
}

// isJoin reports whether a call acquires all that the semaphore was made with: it
// waits for those who hold slots, and nobody works with what it gets.
func isJoin(call *ssa.Call) bool {
	sem, ok := onlyValue(call.Call.Args[0]).(*ssa.Call)
	if !ok || !isCallOf(sem, symbol.Name{Pkg: "golang.org/x/sync/semaphore", Func: "NewWeighted"}) {
		return false
	}
	all, n := onlyValue(sem.Call.Args[0]), onlyValue(call.Call.Args[2])
	if c, ok := all.(*ssa.Const); ok {
		k, isConst := n.(*ssa.Const)
		return isConst && c.Int64() == k.Int64()
	}
	return all == n
}

// onlyValue returns the only value that a local variable shared with literals gets,
// for a load of the variable; for anything else, the value itself.
func onlyValue(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return v
	}
	cell, ok := load.X.(*ssa.Alloc)
	if !ok || cell.Referrers() == nil {
		return v
	}
	var only ssa.Value
	for _, ref := range *cell.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == cell {
			if only != nil {
				return v
			}
			only = s.Val
		}
	}
	if only == nil {
		return v
	}
	return only
}

// droppedAcquire reports an Acquire whose error nobody reads.
func (j *judge) droppedAcquire(call *ssa.Call) {
	syn := j.CallSyntax(call)
	if syn == nil {
		return
	}
	j.add(report.Finding{
		Rule:    "limit-after-spawn",
		Pos:     syn.Pos(),
		Message: fmt.Sprintf("the error of %s.Acquire is dropped, so the work runs without a slot once the context ends; check it", shortText(syn.Fun.(*ast.SelectorExpr).X)),
	})
}

// isCallOf reports whether a call is a static call of name.
func isCallOf(call *ssa.Call, name symbol.Name) bool {
	fn := call.Call.StaticCallee()
	if fn == nil {
		return false
	}
	obj, _ := fn.Object().(*types.Func)
	return obj != nil && symbol.Of(obj) == name
}

// neverEnds reports whether a context is one that nobody can cancel.
func neverEnds(ctx ssa.Value) bool {
	call, ok := ctx.(*ssa.Call)
	if !ok {
		return false
	}
	for _, name := range []string{"Background", "TODO", "WithoutCancel"} {
		if isCallOf(call, symbol.Name{Pkg: "context", Func: name}) {
			return true
		}
	}
	return false
}
