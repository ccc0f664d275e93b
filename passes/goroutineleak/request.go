package goroutineleak

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// The context of a request ends when its handler returns. This file finds
// goroutines that give such a context to work and that the handler does not
// wait for. Must: a context counts as the request's only if every value its
// variable may hold is derived from it by functions known to keep its end.
// Goroutines that only watch the context, or log with it, are right to.

// judgeRequest reports a goroutine that works with its request's context after
// the handler has returned.
func (j *judge) judgeRequest(s *model.Spawn) {
	if h := handlerOf(s.Func); h != nil {
		o := &origin{j: j, handler: h, spawn: s}
		if use := o.firstUse(); use != nil && !j.isJoinedIn(s, h) && !awaitsEnd(h) {
			j.addRequest(o, use, j.detachFix(s, use))
		}
		return
	}
	for _, o := range j.handedRequests(s) {
		// No fix: other callers may want to be able to cancel it.
		if use := o.firstUse(); use != nil && !o.isJoined() && !o.isMeant() {
			j.addRequest(o, use, nil)
			return
		}
	}
}

// awaitsEnd reports whether a handler itself waits for its context to end, at once
// or in a loop without condition, so that its goroutines are meant to end with it.
func awaitsEnd(h *model.Func) bool {
	return slices.ContainsFunc(h.Ops, func(o *model.Op) bool {
		return o.Action == model.Recv && doneOf(o.Value) != nil
	}) || slices.ContainsFunc(h.Selects, staysUntilEnd)
}

// staysUntilEnd reports whether a select is the head of a loop without condition
// that serves the request until its context ends.
func staysUntilEnd(s *model.Select) bool {
	loop := s.Loop()
	return loop != nil && loop.Kind == model.Endless && loop.Parent == nil && slices.ContainsFunc(s.Cases, func(k *model.Case) bool {
		return doneOf(k.Value) != nil && k.Leaves()
	})
}

// addRequest reports one use of a request's context.
func (j *judge) addRequest(o *origin, use *ctxUse, fix *analysis.SuggestedFix) {
	steps := []analysis.RelatedInformation{report.Step(use.pos, "the goroutine works with %s here", use.name)}
	for _, c := range o.via {
		steps = append(steps, report.Step(c.Pos, "%s hands it to %s here", c.From.Name(), c.To.Name()))
	}
	j.report.Add(report.Finding{
		Rule:    "request-ctx-escapes",
		Pos:     o.spawn.Pos,
		Message: requestMessage(use.name, handlerName(o.handler), o.spawn.Name()),
		Related: steps,
		Fix:     fix,
		Defect:  o.spawn,
	})
}

// requestMessage says whose end the goroutine outlives, and spells the cure if
// there is room.
func requestMessage(ctx, handler, goroutine string) string {
	const room = report.MaxMessage - len(" (request-ctx-escapes)")
	what := ctx + " ends when " + handler + " returns, and " + goroutine + " goes on; give it context.WithoutCancel"
	if full := what + "(" + ctx + ")"; len(full) <= room && !strings.Contains(ctx, " ") {
		return full
	}
	return what
}

// handlerName names the handler in a message.
func handlerName(h *model.Func) string {
	if h.Obj == nil {
		return "the handler"
	}
	return h.Name()
}

// handlerOf returns the function around f that serves a request, or nil.
func handlerOf(f *model.Func) *model.Func {
	for g := f; g != nil; g = g.Parent {
		if isHTTPHandler(g) || isRPCHandler(g) {
			return g
		}
	}
	return nil
}

// isHTTPHandler reports whether f gets a request that was received. Functions
// that send requests, such as RoundTrip, return a response.
func isHTTPHandler(f *model.Func) bool {
	sig := f.SSA.Signature
	for result := range sig.Results().Variables() {
		if isType(result.Type(), "net/http", "Response") {
			return false
		}
	}
	for param := range sig.Params().Variables() {
		if isType(param.Type(), "net/http", "Request") {
			return true
		}
	}
	return false
}

// isType reports whether t, or what it points to, is the named type.
func isType(t types.Type, pkg, name string) bool {
	named := model.NamedOf(t)
	return named != nil && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg
}

// isRPCHandler reports whether f is a method that a gRPC server calls: a stream
// parameter, or a context and a message on a type that embeds the generated
// server.
func isRPCHandler(f *model.Func) bool {
	for _, c := range f.Contexts() {
		if c.Owner == f && c.Kind == model.CtxStream {
			return true
		}
	}
	if f.Obj == nil || f.Obj.Signature().Recv() == nil || f.Obj.Signature().Params().Len() != 2 {
		return false
	}
	sig := f.Obj.Signature()
	if !model.IsContext(sig.Params().At(0).Type()) || sig.Results().Len() != 2 || !endsInError(sig) {
		return false
	}
	return isMessage(sig.Params().At(1).Type()) || embedsServer(f.RecvNamed())
}

// isMessage reports whether t is a protocol buffer message.
func isMessage(t types.Type) bool {
	set := types.NewMethodSet(t)
	return set.Lookup(nil, "ProtoReflect") != nil || set.Lookup(nil, "ProtoMessage") != nil
}

// embedsServer reports whether a struct embeds a generated gRPC server.
func embedsServer(t *types.Named) bool {
	if t == nil {
		return false
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		if field.Embedded() && strings.HasPrefix(field.Name(), "Unimplemented") && strings.HasSuffix(field.Name(), "Server") {
			return true
		}
	}
	return false
}

// ctxUse is a place where a goroutine works with its request's context.
type ctxUse struct {
	pos  token.Pos
	name string    // "r.Context()", "ctx"
	arg  ssa.Value // the argument
	call ssa.CallInstruction
	f    *model.Func
}

// nested lists the literals inside f at any depth.
func nested(f *model.Func) (list []*model.Func) {
	for _, lit := range f.Lits {
		list = append(list, lit)
		list = append(list, nested(lit)...)
	}
	return list
}
