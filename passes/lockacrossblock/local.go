package lockacrossblock

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file knows calls that sound like waiting for the network but ask nobody,
// and sleeps that are over before anybody minds.

// connects are functions of package net that set up a socket without a round trip.
var connects = map[string]bool{"DialUDP": true, "DialIP": true, "DialUnix": true}

// resolves are functions of package net that ask a name server if the host is a
// name.
var resolves = map[string]bool{"ResolveUDPAddr": true, "ResolveTCPAddr": true, "ResolveIPAddr": true}

// staysHere reports whether a wait ends in a function that asks nobody outside: a
// socket is set up, one's own address is looked up, a connection is prepared.
func (j *judge) staysHere(w *wait, x facts.Wait) bool {
	end := j.end(x)
	switch {
	case end.Pkg == "net" && end.Recv == "" && connects[end.Func]:
		return true
	case end.Pkg == "net" && end.Recv == "" && resolves[end.Func]:
		return w.op.Callee == nil || w.op.Callee.Name() != end.Func || j.isOwnAddress(w.op.Call)
	case end.Pkg == "google.golang.org/grpc" && strings.HasPrefix(end.Func, "Dial"):
		return !j.blocks()
	}
	return false
}

// ownAddress matches how code spells an address of its own.
var ownAddress = pattern.New(`(?i)(listen|bind|local|0\.0\.0\.0|127\.0\.0\.1)`)

// isOwnAddress reports whether a call is given a constant address that is no name,
// or one that sounds like the address to listen on.
func (j *judge) isOwnAddress(call *ast.CallExpr) bool {
	if call == nil || len(call.Args) == 0 {
		return false
	}
	return ownAddress.MatchString(types.ExprString(call.Args[len(call.Args)-1]))
}

// blocks reports whether the package makes grpc's Dial wait for the connection.
func (j *judge) blocks() bool {
	for _, obj := range j.Pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Name() == "WithBlock" && fn.Pkg() != nil && fn.Pkg().Path() == "google.golang.org/grpc" {
			return true
		}
	}
	return false
}

// briefSleep is the longest sleep between two tries that is not worth a report.
const briefSleep = 100 * time.Millisecond

// isShortSleep reports whether a sleep, here or in the function that is called, is
// what is left of a short interval, or a short pause after an error.
func (j *judge) isShortSleep(w *wait, x facts.Wait) bool {
	if j.isBrief(w.op) {
		return true
	}
	f := j.calleeOf(w.op)
	if f == nil || len(j.Facts.Explain(x)) > 2 {
		return false
	}
	sleeps := slices.Clone(f.Ops)
	sleeps = slices.DeleteFunc(sleeps, func(o *model.Op) bool { return !isSleep(o) })
	return len(sleeps) > 0 && !slices.ContainsFunc(sleeps, func(o *model.Op) bool { return !j.isBrief(o) })
}

// calleeOf returns the function of the package that an operation calls, or nil.
func (j *judge) calleeOf(o *model.Op) *model.Func {
	i, ok := o.Instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	return j.FuncOf(i.Common().StaticCallee())
}

// isSleep reports whether an operation is a call of time.Sleep.
func isSleep(o *model.Op) bool {
	return o.Action == model.CallWait && o.Callee != nil && o.Callee.Name() == "Sleep" && o.Callee.Pkg() != nil && o.Callee.Pkg().Path() == "time"
}

// isBrief reports whether a call of time.Sleep is short: what a constant leaves
// after something is taken off, or, after an error only, a bounded duration.
func (j *judge) isBrief(o *model.Op) bool {
	i, ok := o.Instr.(ssa.CallInstruction)
	if !ok || !isSleep(o) || len(i.Common().Args) != 1 {
		return false
	}
	d := i.Common().Args[0]
	if sub, ok := d.(*ssa.BinOp); ok && sub.Op == token.SUB {
		return longest(sub.X, 0) <= briefSleep
	}
	return longest(d, 0) <= briefSleep && isGuarded(o.Block(), saysError)
}

// saysError reports whether a test came out so that there is an error.
func saysError(cond ssa.Value, branch bool) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || !types.Identical(cmp.X.Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	return branch == (cmp.Op == token.NEQ)
}

// endless stands for a duration that has no bound in view.
const endless = time.Duration(1<<63 - 1)

// longest returns the longest that a duration can be: a constant, a constant number
// of units, a random number of them.
func longest(v ssa.Value, depth int) time.Duration {
	if depth > maxGuards {
		return endless
	}
	switch x := v.(type) {
	case *ssa.Const:
		if x.Value != nil && x.Value.Kind() == constant.Int {
			if n, ok := constant.Int64Val(x.Value); ok && n >= 0 {
				return time.Duration(n)
			}
		}
	case *ssa.Convert:
		return longest(x.X, depth+1)
	case *ssa.ChangeType:
		return longest(x.X, depth+1)
	case *ssa.BinOp:
		a, b := longest(x.X, depth+1), longest(x.Y, depth+1)
		if x.Op == token.MUL && a < 1<<31 && b < 1<<31 {
			return a * b
		}
	case *ssa.Call:
		fn := x.Common().StaticCallee()
		if fn != nil && fn.Pkg != nil && strings.HasPrefix(fn.Pkg.Pkg.Path(), "math/rand") && len(x.Common().Args) == 1 {
			return longest(x.Common().Args[0], depth+1)
		}
	}
	return endless
}
