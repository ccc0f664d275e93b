package model

import (
	"go/constant"
	"go/types"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/symbol"
)

// This file reads durations off channels of clocks. Must: only constants given
// to a call in view of the same function count; a clock in a field or parameter
// has no known duration.

// timers and tickers are the calls that make clocks, by what they are read from:
// the result itself, or its field C.
var (
	timers = map[symbol.Name]string{
		{Pkg: "time", Func: "After"}:    "",
		{Pkg: "time", Func: "NewTimer"}: ".C",
	}
	tickers = map[symbol.Name]string{
		{Pkg: "time", Func: "Tick"}:      "",
		{Pkg: "time", Func: "NewTicker"}: ".C",
	}
)

// Period returns the constant period of a ticker case, or 0.
func (k *Case) Period() time.Duration {
	if k.Kind != Ticker {
		return 0
	}
	made := k.Select.Func().Pkg.clock(k.Value, tickers)
	d, _ := clockDuration(made)
	return d
}

// Timeout returns the constant duration of a timer case, or 0.
func (k *Case) Timeout() time.Duration {
	d, _ := clockDuration(k.Made())
	return d
}

// Made returns the call that makes the timer of a case, or nil.
func (k *Case) Made() *ssa.Call {
	return k.Select.Func().Pkg.clock(k.Value, timers)
}

// Clock returns the call that makes the timer or ticker that v is the channel
// of, nil if it is out of view, and its duration if that is constant.
func (p *Package) Clock(v ssa.Value) (made *ssa.Call, d time.Duration, isConst bool) {
	if made = p.clock(v, timers); made == nil {
		made = p.clock(v, tickers)
	}
	d, isConst = clockDuration(made)
	return made, d, isConst
}

// clock looks for the call of makers that v comes from.
func (p *Package) clock(v ssa.Value, makers map[symbol.Name]string) *ssa.Call {
	place := p.PlaceOf(v)
	made, ok := place.Root.(*ssa.Call)
	if !ok || made.Call.StaticCallee() == nil || len(made.Call.Args) == 0 {
		return nil
	}
	fn, _ := made.Call.StaticCallee().Object().(*types.Func)
	if fields, ok := makers[symbol.Of(fn)]; !ok || fields != place.Fields {
		return nil
	}
	return made
}

// clockDuration returns the duration that a clock was made with, if that is
// constant; made may be nil.
func clockDuration(made *ssa.Call) (d time.Duration, isConst bool) {
	if made == nil {
		return 0, false
	}
	c, ok := made.Call.Args[0].(*ssa.Const)
	if !ok || c.Value == nil {
		return 0, false
	}
	n, _ := constant.Int64Val(constant.ToInt(c.Value))
	return time.Duration(n), true
}
