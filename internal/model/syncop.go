package model

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// syncWord describes a method of a synchronisation type.
type syncWord struct {
	action Action
	kind   op.Kind
}

// syncWords are the methods whose meaning the model knows beyond "may wait".
var syncWords = map[symbol.Name]syncWord{
	{Pkg: "sync", Recv: "Mutex", Func: "Lock"}:       {Lock, op.Lock},
	{Pkg: "sync", Recv: "Mutex", Func: "TryLock"}:    {TryLock, op.None},
	{Pkg: "sync", Recv: "Mutex", Func: "Unlock"}:     {Unlock, op.None},
	{Pkg: "sync", Recv: "RWMutex", Func: "Lock"}:     {Lock, op.Lock},
	{Pkg: "sync", Recv: "RWMutex", Func: "RLock"}:    {RLock, op.RLock},
	{Pkg: "sync", Recv: "RWMutex", Func: "TryLock"}:  {TryLock, op.None},
	{Pkg: "sync", Recv: "RWMutex", Func: "TryRLock"}: {TryRLock, op.None},
	{Pkg: "sync", Recv: "RWMutex", Func: "Unlock"}:   {Unlock, op.None},
	{Pkg: "sync", Recv: "RWMutex", Func: "RUnlock"}:  {RUnlock, op.None},
	{Pkg: "sync", Recv: "Locker", Func: "Lock"}:      {Lock, op.Lock},
	{Pkg: "sync", Recv: "Locker", Func: "Unlock"}:    {Unlock, op.None},

	// A drop-in replacement that looks for deadlocks at run time.
	{Pkg: "github.com/sasha-s/go-deadlock", Recv: "Mutex", Func: "Lock"}:      {Lock, op.Lock},
	{Pkg: "github.com/sasha-s/go-deadlock", Recv: "Mutex", Func: "TryLock"}:   {TryLock, op.None},
	{Pkg: "github.com/sasha-s/go-deadlock", Recv: "Mutex", Func: "Unlock"}:    {Unlock, op.None},
	{Pkg: "github.com/sasha-s/go-deadlock", Recv: "RWMutex", Func: "Lock"}:    {Lock, op.Lock},
	{Pkg: "github.com/sasha-s/go-deadlock", Recv: "RWMutex", Func: "RLock"}:   {RLock, op.RLock},
	{Pkg: "github.com/sasha-s/go-deadlock", Recv: "RWMutex", Func: "Unlock"}:  {Unlock, op.None},
	{Pkg: "github.com/sasha-s/go-deadlock", Recv: "RWMutex", Func: "RUnlock"}: {RUnlock, op.None},

	{Pkg: "sync", Recv: "WaitGroup", Func: "Add"}:  {GroupAdd, op.None},
	{Pkg: "sync", Recv: "WaitGroup", Func: "Done"}: {GroupDone, op.None},
	{Pkg: "sync", Recv: "WaitGroup", Func: "Wait"}: {GroupWait, op.Join},
	{Pkg: "sync", Recv: "WaitGroup", Func: "Go"}:   {GroupGo, op.None},

	{Pkg: "golang.org/x/sync/errgroup", Recv: "Group", Func: "Go"}:       {GroupGo, op.None},
	{Pkg: "golang.org/x/sync/errgroup", Recv: "Group", Func: "TryGo"}:    {GroupGo, op.None},
	{Pkg: "golang.org/x/sync/errgroup", Recv: "Group", Func: "Wait"}:     {GroupWait, op.Join},
	{Pkg: "golang.org/x/sync/errgroup", Recv: "Group", Func: "SetLimit"}: {GroupLimit, op.None},

	{Pkg: "github.com/sourcegraph/conc", Recv: "WaitGroup", Func: "Go"}:                     {GroupGo, op.None},
	{Pkg: "github.com/sourcegraph/conc", Recv: "WaitGroup", Func: "Wait"}:                   {GroupWait, op.Join},
	{Pkg: "github.com/sourcegraph/conc", Recv: "WaitGroup", Func: "WaitAndRecover"}:         {GroupWait, op.Join},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "Pool", Func: "Go"}:                     {GroupGo, op.None},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "Pool", Func: "Wait"}:                   {GroupWait, op.Join},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "Pool", Func: "WithMaxGoroutines"}:      {GroupLimit, op.None},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "ErrorPool", Func: "Go"}:                {GroupGo, op.None},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "ErrorPool", Func: "Wait"}:              {GroupWait, op.Join},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "ContextPool", Func: "Go"}:              {GroupGo, op.None},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "ContextPool", Func: "Wait"}:            {GroupWait, op.Join},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "ResultPool", Func: "Go"}:               {GroupGo, op.None},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "ResultPool", Func: "Wait"}:             {GroupWait, op.Join},
	{Pkg: "github.com/sourcegraph/conc/pool", Recv: "ErrorPool", Func: "WithMaxGoroutines"}: {GroupLimit, op.None},

	{Pkg: "sync", Recv: "Cond", Func: "Wait"}:      {CondWait, op.Cond},
	{Pkg: "sync", Recv: "Cond", Func: "Signal"}:    {CondWake, op.None},
	{Pkg: "sync", Recv: "Cond", Func: "Broadcast"}: {CondWake, op.None},
	{Pkg: "sync", Recv: "Once", Func: "Do"}:        {OnceDo, op.None},
}

// syncOp reads a call of a synchronisation method, or returns nil.
func (f *Func) syncOp(i ssa.CallInstruction, common *ssa.CallCommon, call *ast.CallExpr) *Op {
	callee := calleeOf(f.Pkg.Pass.TypesInfo, call)
	recv := ReceiverOf(common)
	if callee == nil {
		callee, recv = f.boundMethod(common)
	}
	word, ok := syncWords[symbol.Of(callee)]
	if !ok || recv == nil {
		return nil
	}
	o := &Op{Func: f, Action: word.action, Instr: i, Value: recv, Place: f.Pkg.PlaceOf(recv), Class: f.Pkg.ClassOf(recv), Callee: callee}
	if word.kind != op.None {
		tier := op.TierUnbounded
		if word.kind == op.Lock || word.kind == op.RLock {
			tier = op.TierQuick
		}
		o.Wait = facts.Wait{Effect: op.Effect{Kind: word.kind, Tier: tier}}
	}
	if symbol.Of(callee).Recv == "Locker" {
		f.resolveLocker(o)
	}
	return o
}

// ReceiverOf returns the receiver of a method call or interface call, or nil.
func ReceiverOf(common *ssa.CallCommon) ssa.Value {
	switch {
	case common.IsInvoke():
		return common.Value
	case common.Signature().Recv() != nil && len(common.Args) > 0:
		return common.Args[0]
	}
	return nil
}

// boundMethod resolves a call through a method value: "release := mu.Unlock;
// release()".
func (f *Func) boundMethod(common *ssa.CallCommon) (*types.Func, ssa.Value) {
	if common.IsInvoke() {
		return nil, nil
	}
	v := common.Value
	for range maxPath {
		switch x := v.(type) {
		case *ssa.MakeClosure:
			fn := x.Fn.(*ssa.Function)
			obj, _ := fn.Object().(*types.Func)
			if obj == nil || len(x.Bindings) != 1 || fn.Synthetic == "" {
				return nil, nil
			}
			return obj, x.Bindings[0]
		case *ssa.UnOp:
			v = x.X
		case *ssa.Alloc:
			v = soleStore(x)
		case *ssa.FreeVar:
			v = f.Pkg.binding(x)
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// calleeOf returns the function or method a call names, generic origin first;
// nil for calls of function values and conversions.
func calleeOf(info *types.Info, call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}

// SyncAction returns what a method of a synchronisation type does.
func SyncAction(fn *types.Func) (Action, bool) {
	word, ok := syncWords[symbol.Of(fn)]
	return word.action, ok
}
