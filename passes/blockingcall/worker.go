package blockingcall

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A loop with one source of work is a worker: waiting is its job, and nobody but
// whoever stops it notices. It is reported all the same where its function is
// handed the context or stop channel that the loop hears, and itself writes a
// wait for the outside that hears nothing: promise and breach stand side by
// side. Must: the wait is no further away than that.

// isDeafByItself reports whether a wait that only keeps the loop from its end is
// the loop's own doing rather than the job of a worker.
func (j *judge) isDeafByItself(l *eventLoop, st stall) bool {
	if st.grade != long || len(j.Facts.Explain(st.wait)) > 1 || !isInline(st.op.Func, l.sel.Func()) {
		return false
	}
	for _, k := range l.stops {
		if isGivenEnd(k) {
			return true
		}
	}
	return false
}

// isInline reports whether f is the function of the loop or a literal in it.
func isInline(f, loop *model.Func) bool {
	for ; f != nil; f = f.Parent {
		if f == loop || f == loop.Parent {
			return true
		}
	}
	return false
}

// isGivenEnd reports whether a case listens to a context or stop channel that is
// a parameter of the function, or of one it is written in.
func isGivenEnd(k *model.Case) bool {
	p, v := k.Select.Func().Pkg, k.Value
	if call, ok := p.PlaceOf(v).Root.(*ssa.Call); ok && call.Call.IsInvoke() && model.IsContext(call.Call.Value.Type()) {
		v = call.Call.Value
	}
	param, ok := p.PlaceOf(v).Root.(*ssa.Parameter)
	return ok && p.PlaceOf(v).Fields == "" && !isReceiver(param)
}

// isReceiver reports whether a parameter is its method's receiver.
func isReceiver(param *ssa.Parameter) bool {
	fn := param.Parent()
	return fn.Signature.Recv() != nil && len(fn.Params) > 0 && fn.Params[0] == param
}
