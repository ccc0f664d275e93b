package goroutineleak

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file follows a context back to the request it belongs to (must), and
// tells work that ends with a context from code that only reads it.

// origin follows contexts back to a request.
type origin struct {
	j       *judge
	handler *model.Func
	spawn   *model.Spawn
	seen    []ssa.Value
}

// useIn returns the use of the request's context in one call, or nil.
func (o *origin) useIn(f *model.Func, call ssa.CallInstruction) *ctxUse {
	common := call.Common()
	if o.j.onlyReads(common) || derives(common) {
		return nil
	}
	for n, arg := range common.Args {
		if !model.IsContext(arg.Type()) || o.j.isUnusedParam(common, n) {
			continue
		}
		o.seen = nil
		if o.isRequest(arg) {
			return &ctxUse{pos: o.j.CallPos(call), name: o.nameOf(arg), arg: arg, call: call, f: f}
		}
	}
	return nil
}

// isUnusedParam reports whether the callee never really uses argument n.
func (j *judge) isUnusedParam(common *ssa.CallCommon, n int) bool {
	fn := callee(common)
	if fn == nil {
		return false
	}
	if fn.Signature().Recv() != nil && !common.IsInvoke() {
		n--
	}
	return j.Facts.Of(fn).IsDeadCtx(n)
}

// quiet matches packages and functions that take a context for its values.
var quiet = pattern.New(`(?i)(\blog|slog|zap|zerolog|logr|klog|trace|otel|metric|sentry|\bspan)`)

// quietFunc matches functions that read a context without waiting for it.
var quietFunc = pattern.New(`^(Debug|Info|Warn|Warning|Error|Log|Print|Trace)(f|w|Context|Ctx|ContextF|Enabled)?$|FromContext$|FromCtx$|^Value$|^WithoutCancel$|(?i)detach`)

// onlyReads reports whether a callee uses a context for what it carries, not
// for when it ends.
func (j *judge) onlyReads(common *ssa.CallCommon) bool {
	fn := callee(common)
	if fn == nil {
		return false
	}
	if quietFunc.MatchString(fn.Name()) {
		return true
	}
	return fn.Pkg() != nil && fn.Pkg() != j.Pass.Pkg && quiet.MatchString(fn.Pkg().Name())
}

// derives reports whether a call makes a context out of another that ends with
// it: the With functions of package context, and their like.
func derives(common *ssa.CallCommon) bool {
	fn := callee(common)
	if fn == nil || fn.Signature().Results().Len() == 0 || !model.IsContext(fn.Signature().Results().At(0).Type()) {
		return false
	}
	name := fn.Name()
	if fn.Pkg() != nil && fn.Pkg().Path() == "context" || isOtherWith(fn) {
		return strings.HasPrefix(name, "With") && name != "WithoutCancel" || name == "NewContext"
	}
	return false
}

// isOtherWith reports whether a function of another module is named like those
// of package context.
func isOtherWith(fn *types.Func) bool {
	return !strings.HasPrefix(fn.Name(), "Without") && !strings.Contains(strings.ToLower(fn.Name()), "detach")
}

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
		return false
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

// argOf returns what the spawn hands the goroutine's function for p, or nil.
func (o *origin) argOf(p *ssa.Parameter) ssa.Value {
	s := o.spawn
	if s.Body == nil || p.Parent() != s.Body.SSA || s.Kind != model.GoStmt {
		return nil
	}
	n := slices.Index(s.Body.SSA.Params, p)
	if args := s.Args(); n >= 0 && n < len(args) {
		return args[n]
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
