package model

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/pattern"
)

// Go has no single word for "stop": a context's Done, a channel that somebody
// closes, a value sent once, an accessor that returns one of these. This file
// decides what counts. It leans towards yes: a channel taken for a stop signal
// silences rules, it never causes a report of a missing one.

// stopName matches names that announce an end.
var stopName = pattern.New(`(?i)(stop|quit|done|exit|clos|cancel|shut|term|kill|die|dying|dead|finish|abort|leave|halt|drain|evict|disconnect|bye)`)

// IsStopName reports whether a name announces an end.
func IsStopName(name string) bool { return stopName.MatchString(name) }

// caseKind decides what a case listens for.
func (p *Package) caseKind(k *Case) CaseKind {
	switch {
	case k.Dir == types.SendOnly:
		return Work
	case p.isErrCall(k.Expr()) && k.MayLeave():
		return Stop
	}
	return p.ChanKind(k.Value, k.Expr())
}

// ChanKind decides what a receive from v listens for; e is its syntax, or nil.
func (p *Package) ChanKind(v ssa.Value, e ast.Expr) CaseKind {
	c := p.ChanOf(v)
	switch {
	case p.isDoneCall(e) || c.IsDoneOf():
		return Stop
	case isTime(v.Type()):
		return timeKind(c)
	case c.isStop(v, e):
		return Stop
	}
	return Work
}

// isDoneCall reports whether e calls a method named Done that returns a signal
// channel: a context, or something that behaves like one.
func (p *Package) isDoneCall(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := calleeOf(p.Pass.TypesInfo, call)
	return fn != nil && fn.Name() == "Done" && fn.Signature().Recv() != nil
}

// isErrCall reports whether e calls a method Err that returns a channel: the end
// of a subscription. Only a case that may leave on it takes it for one.
func (p *Package) isErrCall(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := calleeOf(p.Pass.TypesInfo, call)
	return fn != nil && fn.Name() == "Err" && fn.Signature().Recv() != nil
}

// IsDoneOf reports whether the class holds a context's Done channel.
func (c *Chan) IsDoneOf() bool {
	if c == nil {
		return false
	}
	for _, fn := range c.From {
		if fn.Name() == "Done" && fn.Signature().Recv() != nil {
			return true
		}
	}
	return false
}

// isStop reports whether a channel that is no context's Done ends things.
func (c *Chan) isStop(v ssa.Value, e ast.Expr) bool {
	if isOSSignal(v.Type()) || e != nil && IsStopName(exprTail(e)) {
		return true
	}
	if c == nil {
		return false
	}
	if c.hasStopVar() {
		return true
	}
	if len(c.Closes) > 0 && (!c.HasSends() || c.IsSignal()) {
		return true
	}
	return c.In && isRecvOnly(v.Type()) && c.IsSignal()
}

// hasStopVar reports whether a variable of the class is named for an end.
func (c *Chan) hasStopVar() bool {
	for _, v := range c.Vars {
		if IsStopName(v.Name()) {
			return true
		}
	}
	return false
}

// exprTail returns the last name in an expression: the field, variable, or
// called function.
func exprTail(e ast.Expr) string {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	case *ast.CallExpr:
		return exprTail(x.Fun)
	case *ast.IndexExpr:
		return exprTail(x.X)
	case *ast.StarExpr:
		return exprTail(x.X)
	}
	return ""
}

// isRecvOnly reports whether t is a channel that can only be received from.
func isRecvOnly(t types.Type) bool {
	c, ok := coreOf(t).(*types.Chan)
	return ok && c.Dir() == types.RecvOnly
}

// isTime reports whether t is a channel of time.Time.
func isTime(t types.Type) bool { return elemIs(t, "time", "Time") }

// isOSSignal reports whether t is a channel of os.Signal.
func isOSSignal(t types.Type) bool { return elemIs(t, "os", "Signal") }

// elemIs reports whether t is a channel of the type pkg.name.
func elemIs(t types.Type, pkg, name string) bool {
	c, ok := coreOf(t).(*types.Chan)
	if !ok {
		return false
	}
	named, ok := types.Unalias(c.Elem()).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg
}

// timeKind tells a ticker from a timer by where the channel comes from; an
// unknown time channel counts as a timer.
func timeKind(c *Chan) CaseKind {
	if c == nil {
		return Timer
	}
	for _, v := range c.Vars {
		if v.Pkg() != nil && v.Pkg().Path() == "time" && v.Name() == "C" && isTickerField(v) {
			return Ticker
		}
	}
	for _, fn := range c.From {
		if fn.Name() == "Tick" {
			return Ticker
		}
	}
	return Timer
}

// isTickerField reports whether v is time.Ticker's C rather than time.Timer's.
func isTickerField(v *types.Var) bool {
	obj := v.Pkg().Scope().Lookup("Ticker")
	if obj == nil {
		return false
	}
	st, ok := obj.Type().Underlying().(*types.Struct)
	return ok && st.NumFields() > 0 && st.Field(0) == v
}
