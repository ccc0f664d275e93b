package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// Serve returns when Shutdown starts, not when it ends. This file finds
// functions that serve while a goroutine they start shuts down, and that return
// without waiting for it (may: any wait for something the goroutine tells
// behind Shutdown speaks for them), and shutdowns that nothing bounds.

// serveCalls are the calls that return when Shutdown starts.
var serveCalls = []symbol.Name{httpServe, httpServeTLS, httpListen, httpListenTLS}

// judgeServers reports servers that are not drained.
func (j *judge) judgeServers() {
	for _, at := range j.sites[httpShutdown] {
		j.judgeDeadline(at)
	}
	for _, name := range serveCalls {
		for _, at := range j.sites[name] {
			j.judgeServe(at)
			j.judgeServedBeside(at)
		}
	}
}

// judgeServe reports a server whose shutdown the serving function does not wait
// for.
func (j *judge) judgeServe(at site) {
	f := at.f
	if _, isCall := at.instr.(*ssa.Call); !isCall || len(f.Started) > 0 && f.Obj == nil {
		return // served by a goroutine: whoever shuts down goes on behind Shutdown
	}
	for _, s := range j.spawnsAround(f) {
		down, ok := j.shutdownIn(s, at)
		if !ok || j.isDrainAwaited(s, down, f, at.instr) {
			continue
		}
		j.report.Add(report.Finding{
			Rule:    "server-not-drained",
			Pos:     at.pos(),
			Message: short(at.syntax.Fun) + " returns as soon as Shutdown starts (" + where(j.report.Where(at.pos(), down.pos())) + "); wait until Shutdown has returned",
			Related: []analysis.RelatedInformation{report.Step(s.Pos, "this goroutine shuts the server down"), report.Step(down.pos(), "nobody waits for the end of this")},
			Defect:  at.instr,
		})
		return
	}
}

// spawnsAround lists the goroutines that f and the functions around it start.
func (j *judge) spawnsAround(f *model.Func) (list []*model.Spawn) {
	for g := f; g != nil; g = g.Parent {
		for _, s := range g.Spawns {
			if s.Kind != model.ByGroup {
				list = append(list, s)
			}
		}
	}
	return list
}

// shutdownIn finds where a goroutine shuts down the server of a Serve call.
func (j *judge) shutdownIn(s *model.Spawn, serve site) (site, bool) {
	t := j.taskOf(s.Body)
	for _, down := range j.sites[httpShutdown] {
		for _, f := range t.near {
			if f == down.f && j.isSameServer(serve.recv(), down.recv()) {
				return down, true
			}
		}
	}
	return site{}, false
}

// isSameServer reports whether two values are the same server, or live in the
// same field or variable.
func (j *judge) isSameServer(a, b ssa.Value) bool {
	pa, pb := j.PlaceOf(a), j.PlaceOf(b)
	if !pa.IsZero() && pa == pb {
		return true
	}
	ca, cb := j.ClassOf(a), j.ClassOf(b)
	v, ok := ca.(*types.Var)
	return ok && ca == cb && v.IsField()
}

// isDrainAwaited reports whether the serving function waits behind Serve for
// something the goroutine tells behind Shutdown.
func (j *judge) isDrainAwaited(s *model.Spawn, down site, f *model.Func, serve ssa.Instruction) bool {
	for _, t := range j.tasksOf(s) {
		for _, sig := range t.signals {
			if isBehind(sig, down) && (j.isAwaitedBehind(sig, f, serve) || isAwaitedByCaller(sig, t, f)) {
				return true
			}
		}
		if t.callsBack && j.waitsBehind(f, serve) {
			return true
		}
	}
	return false
}

// isBehind reports whether a signal is sent once Shutdown has returned.
func isBehind(sig signal, down site) bool {
	return sig.last || sig.in != down.f || sig.in.MayFollow(down.instr, sig.at)
}

// isAwaitedBehind reports whether f, or what it calls, waits for a signal behind
// Serve or on the way out.
func (j *judge) isAwaitedBehind(sig signal, f *model.Func, serve ssa.Instruction) bool {
	for _, o := range f.Ops {
		if (o.Deferred || f.MayFollow(serve, o.Instr)) && j.awaits(o, sig) {
			return true
		}
	}
	var others []*model.Func
	for _, lit := range nested(f) {
		if len(lit.Started) == 0 {
			others = append(others, lit)
		}
	}
	for _, c := range f.Calls {
		if c.Deferred || f.MayFollow(serve, c.Instr) {
			others = append(others, j.taskOf(c.To).funcs...)
		}
	}
	return j.isHeardIn(sig, others)
}

// awaits reports whether an operation waits for a signal.
func (j *judge) awaits(o *model.Op, sig signal) bool {
	switch o.Action {
	case model.Recv, model.RangeRecv:
		return sig.ch != nil && o.Chan == sig.ch
	case model.GroupWait:
		return sig.group != nil && j.groups[o] == sig.group
	case model.SelectWait:
		for _, k := range o.Select.Cases {
			if k.Dir == types.RecvOnly && sig.ch != nil && k.Chan == sig.ch {
				return true
			}
		}
	}
	return false
}

// isAwaitedByCaller reports whether some other function waits for the signal:
// main may wait for what a function started.
func isAwaitedByCaller(sig signal, t *task, f *model.Func) bool {
	if !sig.isHeard(t) {
		return false
	}
	if sig.ch != nil {
		return sig.ch.Out || hasElsewhere(sig.ch.Recvs, t, f)
	}
	return sig.group != nil && (sig.group.Out || hasElsewhere(sig.group.Waits, t, f))
}

// hasElsewhere reports whether an operation stands in another declaration than
// f.
func hasElsewhere(ops []*model.Op, t *task, f *model.Func) bool {
	for _, o := range ops {
		if o.Func.Decl() != f.Decl() {
			return true
		}
	}
	return false
}

// waitsBehind reports whether f waits for anything behind Serve.
func (j *judge) waitsBehind(f *model.Func, serve ssa.Instruction) bool {
	for _, o := range f.Ops {
		if o.Wait.Waits() && f.MayFollow(serve, o.Instr) && (o.Action == model.Recv || o.Action == model.GroupWait || o.Action == model.SelectWait) {
			return true
		}
	}
	return false
}
