package model

import (
	"go/constant"
	"go/types"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/symbol"
)

// This file reads durations off cases that listen to clocks. Must: only
// constants given to a call in view of the same function count; a ticker in a
// field or parameter has no known period.

// Period returns the constant period of a ticker case, or 0.
func (k *Case) Period() time.Duration {
	if k.Kind != Ticker {
		return 0
	}
	if d := constArg(k.Value, symbol.Name{Pkg: "time", Func: "Tick"}); d > 0 {
		return d
	}
	place := k.Select.Func().Pkg.PlaceOf(k.Value)
	made, ok := place.Root.(*ssa.Call)
	if !ok || place.Fields != ".C" {
		return 0
	}
	return constArg(made, symbol.Name{Pkg: "time", Func: "NewTicker"})
}

// Timeout returns the constant duration of a time.After case, or 0.
func (k *Case) Timeout() time.Duration {
	return constArg(k.Value, symbol.Name{Pkg: "time", Func: "After"})
}

// constArg returns the constant first argument of v, a call of name, or 0.
func constArg(v ssa.Value, name symbol.Name) time.Duration {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || len(call.Call.Args) == 0 {
		return 0
	}
	fn, _ := call.Call.StaticCallee().Object().(*types.Func)
	c, ok := call.Call.Args[0].(*ssa.Const)
	if !ok || symbol.Of(fn) != name || c.Value == nil {
		return 0
	}
	n, _ := constant.Int64Val(constant.ToInt(c.Value))
	return time.Duration(n)
}
