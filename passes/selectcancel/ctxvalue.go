package selectcancel

import (
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file says which context a value is. Must: equal places are the same
// context; one that may be replaced between two uses has no place.

// doneOwner returns the context whose Done channel v is, and how the source
// spells it. The place is zero if v is no such channel or the context may be
// replaced meanwhile.
func (j *judge) doneOwner(v ssa.Value) (p model.Place, name string) {
	if place := j.PlaceOf(v); place.Fields == "" {
		if made, ok := place.Root.(*ssa.Call); ok {
			v = made
		}
	}
	call, ok := v.(*ssa.Call)
	if !ok || !isMethodOf(call, "Done") {
		return model.Place{}, ""
	}
	return j.contextAt(call.Call.Value), j.receiverText(call)
}

// receiverText returns the receiver of a method call as the source spells it.
func (j *judge) receiverText(call *ssa.Call) string {
	if syn := j.CallSyntax(call); syn != nil {
		if sel, ok := ast.Unparen(syn.Fun).(*ast.SelectorExpr); ok {
			return short(sel.X)
		}
	}
	return "the context"
}

// contextAt returns where a context lives, or the zero Place if it may be
// replaced between two uses.
func (j *judge) contextAt(ctx ssa.Value) model.Place {
	p := j.PlaceOf(ctx)
	switch root := p.Root.(type) {
	case *ssa.Parameter:
		return p
	case *ssa.Call:
		if p.Fields == "" {
			return j.resultOf(root)
		}
	case *ssa.Extract:
		if p.Fields == "" {
			return p
		}
	case *ssa.Alloc, *ssa.Global:
		if p.Fields != "" {
			return p
		}
	}
	return model.Place{}
}

// resultOf treats all calls of r.Context() on one parameter as one context.
func (j *judge) resultOf(call *ssa.Call) model.Place {
	if calleeName(&call.Call) != requestContext {
		return model.Place{Root: call}
	}
	p := j.PlaceOf(call.Call.Args[0])
	if _, ok := p.Root.(*ssa.Parameter); !ok {
		return model.Place{Root: call}
	}
	p.Fields += ".Context()"
	return p
}

// requestContext is the method that leads from a request to its context.
var requestContext = symbol.Name{Pkg: "net/http", Recv: "Request", Func: "Context"}

// endsWith reports whether ctx is the ended context, or was derived from it
// before, so that it has ended with it. A derivation behind the end is reported
// itself.
func (j *judge) endsWith(f *model.Func, ctx ssa.Value, end ctxEnd) bool {
	for range 6 {
		if p := j.contextAt(ctx); p == end.ctx {
			return true
		}
		call := j.derivation(ctx)
		if call == nil || isTimed(call) && call.Parent() == f.SSA && end.isBefore(f, call) {
			return false
		}
		ctx = call.Call.Args[0]
	}
	return false
}

// derivation returns the call that derived ctx from the context it ends with,
// or nil.
func (j *judge) derivation(ctx ssa.Value) *ssa.Call {
	p := j.PlaceOf(ctx)
	if p.Fields != "" {
		return nil
	}
	root := p.Root
	if ext, ok := root.(*ssa.Extract); ok && ext.Index == 0 {
		root = ext.Tuple
	}
	call, ok := root.(*ssa.Call)
	if !ok || len(call.Call.Args) == 0 {
		return nil
	}
	if name := calleeName(&call.Call); derivers[name] != "" || name == withValue {
		return call
	}
	return nil
}

// isTimed reports whether call derives a context with a time of its own.
func isTimed(call *ssa.Call) bool {
	what := derivers[calleeName(&call.Call)]
	return what == "timeout" || what == "deadline"
}

// cancelledBy returns the context that a cancel function was made with, or nil.
func (j *judge) cancelledBy(cancel ssa.Value) ssa.Value {
	p := j.PlaceOf(cancel)
	made, ok := p.Root.(*ssa.Extract)
	if !ok || p.Fields != "" || made.Index != 1 {
		return nil
	}
	call, ok := made.Tuple.(*ssa.Call)
	if !ok || derivers[calleeName(&call.Call)] == "" {
		return nil
	}
	for _, ref := range *call.Referrers() {
		if ctx, ok := ref.(*ssa.Extract); ok && ctx.Index == 0 {
			return ctx
		}
	}
	return nil
}
