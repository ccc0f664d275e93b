package goroutineleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file decides whether a value is the context of the request that a handler
// serves (must: all that its variable or field may hold is derived from it).

// isRequest reports whether v is the request's context (must).
func (o *origin) isRequest(v ssa.Value) bool {
	if len(o.seen) > 20 {
		return false
	}
	if slices.Contains(o.seen, v) {
		return true
	}
	o.seen = append(o.seen, v)
	if phi, ok := v.(*ssa.Phi); ok {
		return o.areRequest(phi.Edges)
	}
	place := o.j.PlaceOf(v)
	if place.Fields != "" {
		return o.isRequestField(place)
	}
	switch root := place.Root.(type) {
	case *ssa.Parameter:
		return o.isRequestParam(root)
	case *ssa.Alloc:
		return o.isRequestVar(root)
	case *ssa.Extract:
		call, ok := root.Tuple.(*ssa.Call)
		return ok && root.Index == 0 && o.isDerived(call)
	case *ssa.Call:
		return o.isContextOf(root) || o.isDerived(root)
	}
	return false
}

// areRequest reports whether all values are the request's context.
func (o *origin) areRequest(list []ssa.Value) bool {
	for _, v := range list {
		if !o.isRequest(v) {
			return false
		}
	}
	return len(list) > 0
}

// isRequestVar judges a variable by everything it is assigned.
func (o *origin) isRequestVar(a *ssa.Alloc) bool {
	if slices.Contains(o.seen, ssa.Value(a)) {
		return true
	}
	o.seen = append(o.seen, a)
	var stored []ssa.Value
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == a {
			stored = append(stored, st.Val)
		}
	}
	return o.areRequest(stored)
}

// isRequestParam judges a parameter: the context of a gRPC handler, or a
// parameter of the goroutine's function that got one.
func (o *origin) isRequestParam(p *ssa.Parameter) bool {
	if arg := o.argOf(p); arg != nil {
		return o.isRequest(arg)
	}
	return model.IsContext(p.Type()) && p.Parent() == o.handler.SSA && isRPCHandler(o.handler)
}

// argOf returns what a parameter was given: by the spawn, or by a call on the way
// from the handler; nil if it is neither's.
func (o *origin) argOf(p *ssa.Parameter) ssa.Value {
	n := slices.Index(p.Parent().Params, p)
	if n < 0 {
		return nil
	}
	if s := o.spawn; s.Body != nil && p.Parent() == s.Body.SSA {
		if args := argsOf(s); n < len(args) {
			return args[n]
		}
		return nil
	}
	calls := o.via
	if o.inside != nil {
		calls = append([]*model.Call{o.inside}, calls...)
	}
	for _, c := range calls {
		if args := c.Instr.Common().Args; c.To.SSA == p.Parent() && n < len(args) {
			return args[n]
		}
	}
	return nil
}

// argsOf returns what a goroutine's function is given: its arguments, or the
// receiver of a method value.
func argsOf(s *model.Spawn) []ssa.Value {
	if s.Kind == model.GoStmt {
		return s.Args()
	}
	for _, arg := range s.Instr.Common().Args {
		if mc, ok := arg.(*ssa.MakeClosure); ok && mc.Fn.(*ssa.Function).Synthetic != "" && len(mc.Bindings) == 1 {
			return mc.Bindings
		}
	}
	return nil
}

// isDerived judges a context made out of another one.
func (o *origin) isDerived(call *ssa.Call) bool {
	if !derives(call.Common()) {
		return false
	}
	for _, arg := range call.Call.Args {
		if model.IsContext(arg.Type()) {
			return o.isRequest(arg)
		}
	}
	return false
}

// isContextOf reports whether a call asks the request, or the stream, for its
// context.
func (o *origin) isContextOf(call *ssa.Call) bool {
	fn := callee(call.Common())
	if fn == nil || fn.Name() != "Context" || fn.Signature().Params().Len() != 0 {
		return false
	}
	recv := call.Call.Value
	if !call.Call.IsInvoke() {
		recv = call.Call.Args[0]
	}
	return o.isReceived(recv)
}

// isReceived reports whether v is the request or stream parameter of the
// handler, or a copy handed to the goroutine.
func (o *origin) isReceived(v ssa.Value) bool {
	place := o.j.PlaceOf(v)
	p, ok := place.Root.(*ssa.Parameter)
	if !ok || place.Fields != "" {
		return false
	}
	if arg := o.argOf(p); arg != nil {
		return o.isReceived(arg)
	}
	return p.Parent() == o.handler.SSA
}

// nameOf spells the context for the message.
func (o *origin) nameOf(v ssa.Value) string {
	place := o.j.PlaceOf(v)
	switch root := place.Root.(type) {
	case *ssa.Parameter, *ssa.Alloc:
		return place.String()
	case *ssa.Call:
		if syn := o.j.CallSyntax(root); syn != nil && len(syn.Args) == 0 {
			return short(syn)
		}
	}
	return "the request's context"
}
