package model

import (
	"go/constant"
	"go/types"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/symbol"
)

// This file reads durations off channels of clocks. Must: only constants given
// to a call in view of the same function count, or to the call whose ticker alone
// is ever put into an unexported field; a clock in a parameter or another field
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
	p := k.Select.Func().Pkg
	made := p.clock(k.Value, tickers)
	if made == nil {
		made = p.fieldTicker(k.Value)
	}
	d, _ := clockDuration(made)
	return d
}

// fieldTicker returns the call that makes the only ticker of the field that v is
// the channel of, or nil.
func (p *Package) fieldTicker(v ssa.Value) *ssa.Call {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	c, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	if field := tickerField(c.X); field != nil {
		return p.tickers[field]
	}
	return nil
}

// tickerField returns the unexported field of a pointer to a ticker that v is
// loaded from, or nil.
func tickerField(v ssa.Value) *types.Var {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	return asTickerField(fieldOf(addr.X.Type(), addr.Field))
}

// asTickerField returns v if it is an unexported *time.Ticker, nil otherwise.
func asTickerField(v *types.Var) *types.Var {
	if _, isPtr := v.Type().Underlying().(*types.Pointer); !isPtr || v.Exported() || !isNamed(v.Type(), "time", "Ticker") {
		return nil
	}
	return v
}

// noteTicker files what a store puts into a field; a second ticker, or one made
// out of view, spoils it.
func (p *Package) noteTicker(i *ssa.Store) {
	addr, ok := i.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	field := asTickerField(fieldOf(addr.X.Type(), addr.Field))
	if field == nil {
		return
	}
	made, _ := i.Val.(*ssa.Call)
	if _, seen := p.tickers[field]; seen || made == nil || !isTickerMake(made) {
		p.tickers[field] = nil
		return
	}
	p.tickers[field] = made
}

// noteReset spoils the field whose ticker a call resets.
func (p *Package) noteReset(common *ssa.CallCommon) {
	fn := common.StaticCallee()
	if fn == nil || fn.Name() != "Reset" || len(common.Args) == 0 {
		return
	}
	if field := tickerField(common.Args[0]); field != nil {
		p.tickers[field] = nil
	}
}

// isTickerMake reports whether a call is time.NewTicker.
func isTickerMake(call *ssa.Call) bool {
	if call.Call.StaticCallee() == nil {
		return false
	}
	fn, _ := call.Call.StaticCallee().Object().(*types.Func)
	return tickers[symbol.Of(fn)] == ".C"
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
