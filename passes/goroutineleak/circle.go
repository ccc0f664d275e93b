package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file puts proofs about groups into words: Waits that never return
// because a member skips Done, ends only after the Wait, or waits for the one
// who waits for it.

// groupMessage says why a group's Wait never returns. Only the counter of a
// wait group is in the program's own hands.
func (j *judge) groupMessage(st *verify.Stuck) string {
	name := st.Op.Name()
	if st.Op.Action == model.GroupGo {
		return j.limitMessage(st)
	}
	if stop := stopOf(st.Endless); stop != "" {
		return fit(name + ".Wait never returns: its goroutine leaves only by " + stop + " (" + where(j.report.Where(st.Op.Pos, st.Endless.Pos)) + "), which comes later; stop it first")
	}
	if fn := st.Op.Callee; fn != nil && fn.Pkg() != nil && fn.Pkg().Path() != "sync" {
		return fit(name + ".Wait never returns: on some path a task of " + name + " never returns; let every task end")
	}
	return name + ".Wait never returns: its counter stays above zero on some path; defer Done, and Add before the go statement"
}

// limitMessage says why Go never finds a place below a group's limit.
func (j *judge) limitMessage(st *verify.Stuck) string {
	what := st.Op.Name() + ".Go waits for ever: its limit is taken by tasks that "
	if st.Goroutine != nil {
		return fit(what + "call it; raise the limit, or use TryGo")
	}
	if len(st.With) == 0 {
		return fit(what + "never return; let every task end")
	}
	with := st.With[0]
	if _, action := waitsOn(with); action == model.Send {
		return fit(what + "are stuck sending (" + where(j.report.Where(st.Op.Pos, with.Pos)) + "); receive in another goroutine")
	}
	return fit(what + "wait (" + where(j.report.Where(st.Op.Pos, with.Pos)) + ") for what comes behind; do that first")
}

// stopOf names what ends the loop in which a goroutine stands, or "".
func stopOf(o *model.Op) string {
	switch {
	case o == nil:
		return ""
	case o.Select == nil || len(o.Select.Cases) == 0:
		return o.Name()
	}
	for _, k := range o.Select.Cases {
		if k.Kind == model.Stop && k.Dir == types.RecvOnly {
			return k.Name()
		}
	}
	return o.Select.Cases[0].Name()
}

// circleMessage says that a join and what its goroutines wait for stand in each
// other's way.
func (j *judge) circleMessage(st *verify.Stuck) string {
	if st.Op.Action == model.GroupGo {
		return j.limitMessage(st)
	}
	name := st.Op.Name() + ".Wait waits for goroutines that "
	if len(st.With) == 0 {
		return fit(name + "are stuck sending, and the receive comes behind it; wait in a goroutine")
	}
	with := st.With[0]
	at := j.report.Where(st.Op.Pos, with.Pos)
	ch, action := waitsOn(with)
	switch {
	case action == model.Send:
		return fit(name + "are stuck sending " + at + ", and the receive comes behind it; wait in a goroutine")
	case isContextEnd(with):
		return fit(name + "wait for " + with.Name() + " " + at + ", and the cancel comes behind it; cancel first")
	case action == model.RangeRecv || ch != nil && len(ch.Closes) > 0:
		return fit(name + "receive " + at + ", and the close that ends them comes behind it; close first")
	}
	return fit(name + "receive " + at + ", and the send comes behind it; send first")
}

// waitsOn returns the channel that an operation is stuck on, and how; of the
// cases of a select, the one that ends things.
func waitsOn(o *model.Op) (*model.Chan, model.Action) {
	if o.Action != model.SelectWait || o.Select == nil || len(o.Select.Cases) == 0 {
		return o.Chan, o.Action
	}
	found := o.Select.Cases[0]
	for _, k := range o.Select.Cases {
		if k.Kind == model.Stop {
			found = k
		}
	}
	if found.Dir == types.SendOnly {
		return found.Chan, model.Send
	}
	return found.Chan, model.Recv
}

// isContextEnd reports whether an operation waits for the end of a context.
func isContextEnd(o *model.Op) bool {
	call, ok := o.Value.(*ssa.Call)
	return ok && call.Call.IsInvoke() && call.Call.Method.Name() == "Done" && model.IsContext(call.Call.Value.Type())
}
