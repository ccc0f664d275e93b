package lockacrossblock

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file knows waits on connections that the lock cannot be there for: those
// that a callee makes for itself, and connects with the lock of an object that
// keeps many things.

// maxWrap bounds the readers and writers around a connection.
const maxWrap = 4

// isVisitor reports whether a wait is for the peer of a connection that the
// function is handed, with a lock that others take for data only: it is not there
// for this connection.
func (j *judge) isVisitor(w *wait, x facts.Wait) bool {
	i, ok := w.op.Instr.(ssa.CallInstruction)
	if !ok || w.held.Mode != lockset.Write || w.held.Class == nil || !talkOps.MatchString(j.end(x).Func) {
		return false
	}
	operands := i.Common().Args
	if i.Common().IsInvoke() {
		operands = append([]ssa.Value{i.Common().Value}, operands...)
	}
	return slices.ContainsFunc(operands, func(v ssa.Value) bool { return isHandedConn(v, w.from.SSA, maxWrap) }) && j.hasDataUser(w)
}

// isHandedConn reports whether a value is a connection that is a parameter of fn
// other than its receiver, or wraps one.
func isHandedConn(v ssa.Value, fn *ssa.Function, depth int) bool {
	if depth == 0 {
		return false
	}
	switch x := v.(type) {
	case *ssa.Parameter:
		isReceiver := fn.Signature.Recv() != nil && len(fn.Params) > 0 && fn.Params[0] == x
		return x.Parent() == fn && !isReceiver && hasDeadline(x.Type())
	case *ssa.MakeInterface:
		return isHandedConn(x.X, fn, depth)
	case *ssa.ChangeInterface:
		return isHandedConn(x.X, fn, depth)
	case *ssa.Call:
		return !x.Call.IsInvoke() && slices.ContainsFunc(x.Call.Args, func(a ssa.Value) bool { return isHandedConn(a, fn, depth-1) })
	}
	return false
}

// hasDeadline reports whether a type is a connection: it has deadlines.
func hasDeadline(t types.Type) bool {
	return types.NewMethodSet(t).Lookup(nil, "SetDeadline") != nil
}

// hasDataUser reports whether another function takes the lock and waits for
// nothing outside under it.
func (j *judge) hasDataUser(w *wait) bool {
	return slices.ContainsFunc(j.locks.Ops(w.held.Class), func(o *model.Op) bool {
		return lockset.IsAcquire(o) && o.Func.Decl() != w.from.Decl() && !j.usesOutside(o.Func, w.held.Class)
	})
}

// talkOps matches functions by which a program talks over a connection.
var talkOps = pattern.New(`^(Read|Write|Copy|Flush|Encode|Decode|Fprint|Handshake)`)

// makesOwn reports whether a call that ends in the use of a connection is given
// none and nothing that could hold one: the callee makes it.
func (j *judge) makesOwn(w *wait, x facts.Wait) bool {
	if !talkOps.MatchString(j.end(x).Func) {
		return false
	}
	i, ok := w.op.Instr.(ssa.CallInstruction)
	if !ok || w.op.Callee == nil || i.Common().IsInvoke() || i.Common().StaticCallee() == nil || i.Common().Signature().Recv() != nil || len(i.Common().StaticCallee().FreeVars) > 0 {
		return false
	}
	return !slices.ContainsFunc(i.Common().Args, func(v ssa.Value) bool { return mayHoldConn(v.Type()) })
}

// mayHoldConn reports whether a value of a type may lead to a connection: it is no
// text, number, list of them or context.
func mayHoldConn(t types.Type) bool {
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return mayHoldConn(u.Elem())
	}
	return true
}

// isBareSend reports whether a function of another package, or another method of
// its receiver that it calls, sends on a channel that never has a buffer, and
// nothing else ends the wait.
func (j *judge) isBareSend(w *wait, x facts.Wait) bool {
	if x.Kind != op.Send || !x.Bare || x.Bound != op.Unbounded || w.op.Callee == nil || w.op.Callee.Pkg() == j.Pass.Pkg {
		return false
	}
	steps := j.Facts.Explain(x)
	if len(steps) == 2 {
		a, b := steps[0].Name, steps[1].Name
		return a.Recv != "" && a.Recv == b.Recv && a.Pkg == b.Pkg
	}
	return len(steps) == 1
}

// isConnect reports whether a wait for a connection ends after a fixed time, as it
// does by default in the end, with the lock of an object that keeps more than the
// connection.
func (j *judge) isConnect(w *wait, x facts.Wait) bool {
	end := j.end(x)
	return x.Bound == op.Timeout && strings.HasPrefix(end.Func, "Dial") && (end.Pkg == "net" || end.Pkg == "crypto/tls") && j.keepsMany(w.held)
}

// keepsMany reports whether the struct of a lock has a map.
func (j *judge) keepsMany(h lockset.Held) bool {
	for _, o := range j.locks.Ops(h.Class) {
		addr, ok := o.Value.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		ptr, ok := addr.X.Type().Underlying().(*types.Pointer)
		if !ok {
			return false
		}
		if st, ok := ptr.Elem().Underlying().(*types.Struct); ok {
			return slices.ContainsFunc(slices.Collect(st.Fields()), func(f *types.Var) bool { _, isMap := f.Type().Underlying().(*types.Map); return isMap })
		}
	}
	return false
}
