package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file puts the model checker's proofs into words: a goroutine that waits
// for ever, how it comes to that, and what would let it go on. It judges
// nothing; what the proofs approximate is said in package verify. Circles that go
// through a lock and buffers filled before anybody can read belong to other passes.

// judgeStuck reports the proofs that are leaks.
func (j *judge) judgeStuck() {
	for _, st := range j.proofs.Stuck {
		if len(st.Locks) > 0 {
			continue // lockacrossblock speaks
		}
		switch st.Kind {
		case verify.AbandonedSender:
			j.addStuck(st, "abandoned-sender", j.senderMessage(st))
		case verify.AbandonedReceiver:
			j.addStuck(st, "abandoned-receiver", j.receiverMessage(st))
		case verify.GroupNeverDone:
			j.addStuck(st, "group-never-done", j.groupMessage(st))
		case verify.SendToStopped:
			j.addStuck(st, "send-to-stopped-loop", j.stoppedMessage(st))
		case verify.WaitBeforeReceive:
			j.addStuck(st, "group-never-done", j.circleMessage(st))
		}
	}
}

// addStuck reports one proof. A goroutine is one defect, however many of its
// operations may be stuck.
func (j *judge) addStuck(st *verify.Stuck, rule, message string) {
	if st.Goroutine != nil && j.fed[st.Goroutine] {
		return // said already where the channel is handed out
	}
	if loop := leftLoop(st); loop != nil && (isDrainedBy(loop, st.Op.Chan) || isStopItself(st.Op.Chan, loop) || leavesByNothing(st.Abandon)) {
		return
	}
	finding := report.Finding{
		Rule:    rule,
		Pos:     st.Op.Pos,
		Message: message,
		Related: stuckSteps(st),
		Fix:     j.capacityFix(st),
		Unsafe:  j.stuckFix(st),
		Strict:  j.IsTestFile(st.Root.Syntax.Pos()) || st.Goroutine != nil && j.isProcessScope(st.Root) && !j.isInvoked(st.Root) || j.isDoubtful(st),
	}
	if st.Kind == verify.GroupNeverDone && st.Endless == nil {
		finding.Fix, finding.Unsafe = j.doneFix(j.groups[st.Op])
	}
	if st.Kind == verify.SendToStopped {
		finding.Defect = st.Op // judgeStopped may have found it too
	} else if st.Goroutine != nil {
		finding.Defect = st.Goroutine
		if j.isDaemon(st.Goroutine) {
			return
		}
	}
	j.report.Add(finding)
}

// leftLoop returns the loop that a method beside it finds ended, or nil.
func leftLoop(st *verify.Stuck) *model.Func {
	if !st.Harness || st.Kind != verify.SendToStopped || st.Op.Chan == nil {
		return nil
	}
	if st.Abandon != nil {
		return st.Abandon.Func
	}
	for _, k := range st.Op.Chan.Cases {
		if k.Dir == types.RecvOnly {
			return k.Select.Func()
		}
	}
	return nil
}

// leavesByNothing reports whether a loop ends by a stop that nobody gives.
func leavesByNothing(a *verify.Abandon) bool {
	return a != nil && a.Case != nil && isNeverGiven(a.Case.Chan)
}

// isAbandoned reports whether a goroutine is proved to be stuck at a send.
func (j *judge) isAbandoned(o *model.Op) bool {
	return slices.ContainsFunc(j.proofs.Stuck, func(st *verify.Stuck) bool {
		return st.Op == o && st.Kind == verify.AbandonedSender && st.Goroutine != nil && !j.isDaemon(st.Goroutine)
	})
}

// maxSteps bounds how many steps of a run are shown.
const maxSteps = 12

// stuckSteps show the object, and then the run.
func stuckSteps(st *verify.Stuck) (steps []analysis.RelatedInformation) {
	if st.Made != nil {
		steps = append(steps, report.Step(st.Made.Pos, "the channel is made here"))
	}
	for _, s := range st.Explain(maxSteps) {
		steps = append(steps, report.Step(s.Pos, "%s", s.Text))
	}
	return steps
}

// senderMessage says who left a send without receiver, and what would help.
func (j *judge) senderMessage(st *verify.Stuck) string {
	what := "nobody receives this send on " + stuckName(st) + j.leaver(st)
	first := sendBefore(st)
	switch {
	case first != nil && first != st.Op:
		return fit(what + "; return behind the send " + j.report.Where(st.Op.Pos, first.Pos))
	case first == nil && st.Fix != nil && st.Fix.Expr != "":
		return fit(what + "; make it with capacity " + st.Fix.Expr)
	case st.Abandon != nil && st.Abandon.Case != nil && st.Abandon.Case.Kind == model.Stop:
		return fit(what + "; select on " + st.Abandon.Case.Name() + " here as well")
	case stopHeard(st.Op) != "":
		return fit(what + "; give " + stopHeard(st.Op) + " on every path")
	}
	return fit(what + "; give it room, or receive on every path")
}

// stopHeard names the stop that a select listens to beside its send, or is empty.
func stopHeard(o *model.Op) string {
	if o.Select == nil {
		return ""
	}
	for _, k := range o.Select.Cases {
		if k.Kind == model.Stop && k.Dir == types.RecvOnly {
			return "the stop " + k.Name()
		}
	}
	return ""
}

// stoppedMessage says by which way the loop that should receive has left.
func (j *judge) stoppedMessage(st *verify.Stuck) string {
	what := "this send waits for ever" + j.leaver(st)
	if st.Abandon != nil && st.Abandon.Case != nil && st.Abandon.Case.Kind == model.Stop {
		return fit(what + "; select on that stop here too")
	}
	return fit(what + "; select on something that ends with the loop")
}

// receiverMessage says why nothing comes any more.
func (j *judge) receiverMessage(st *verify.Stuck) string {
	if stop := stopOf(st.Endless); stop != "" {
		return fit("nothing comes from " + stuckName(st) + ": the other side leaves only by " + stop + " (" + where(j.report.Where(st.Op.Pos, st.Endless.Pos)) + "), which comes later; stop it first")
	}
	if st.Goroutine == nil && len(st.With) > 0 && st.Abandon == nil {
		with := st.With[0]
		return fit("nothing comes from " + stuckName(st) + ": the other side waits " + j.report.Where(st.Op.Pos, with.Pos) + " for what comes behind this wait; end that first")
	}
	if st.Op.Action == model.RangeRecv {
		return fit("this range over " + stuckName(st) + " never ends: nobody closes it" + j.leaver(st) + "; close it when the last value is sent")
	}
	if st.Op.Action == model.CondWait && st.Passed {
		return fit("nobody wakes this " + st.Op.Name() + ".Wait: Signal wakes one, and others wait too; call " + st.Op.Name() + ".Broadcast")
	}
	if st.Op.Action == model.CondWait {
		return fit("nobody wakes this " + st.Op.Name() + ".Wait" + j.leaver(st) + ", so it never returns; signal on every path")
	}
	if isContextEnd(st.Op) {
		return fit("nobody cancels " + strings.TrimSuffix(st.Op.Name(), ".Done()") + j.leaver(st) + ", and this wait never ends; cancel it on every path")
	}
	return fit("nothing comes from " + stuckName(st) + j.leaver(st) + ", and this wait never ends; send or close on every path")
}

// stuckName names what the goroutine waits on.
func stuckName(st *verify.Stuck) string {
	if st.Op.Action == model.SelectWait && st.Op.Select != nil && len(st.Op.Select.Cases) > 0 {
		return st.Op.Select.Cases[0].Name()
	}
	return st.Op.Name()
}

// leaver names who left: " once f returns (line 12)".
func (j *judge) leaver(st *verify.Stuck) string {
	a := st.Abandon
	if a == nil {
		a = st.Leaving
	}
	switch {
	case a == nil || a.Func == nil:
		return ""
	case a.By != nil && a.By == st.Goroutine:
		return " once " + leaverName(st.Root) + " has returned" // the last to go was only another of its kind
	}
	at := " (" + where(j.report.Where(st.Op.Pos, a.Pos)) + ")"
	if a.Case != nil && a.Case.Dir == types.RecvOnly {
		return " once " + leaverName(a.Func) + " leaves by " + a.Case.Name() + at
	}
	return " once " + leaverName(a.Func) + " returns" + at
}

// leaverName names the function that left.
func leaverName(f *model.Func) string {
	if f.Obj == nil {
		return "the other goroutine"
	}
	return f.Name()
}

// placeNote matches the note of a place in a message.
var placeNote = pattern.New(` \((line|in) [^()]*\)`)

// fit shortens a message that is too long for its rule's name: the place goes
// first, since the steps say it too, then the advice.
func fit(message string) string {
	const room = report.MaxMessage - len(" (send-to-stopped-loop)")
	if utf8.RuneCountInString(message) > room {
		message = placeNote.Regexp().ReplaceAllString(message, "")
	}
	if utf8.RuneCountInString(message) > room {
		what, advice, _ := strings.Cut(message, "; ")
		first, _, _ := strings.Cut(advice, ", ")
		if message = what + "; " + first; utf8.RuneCountInString(message) > room {
			message = what + "; serve it"
		}
	}
	return message
}

// capacityFix gives the channel the room that is proved to be enough.
func (j *judge) capacityFix(st *verify.Stuck) *analysis.SuggestedFix {
	if st.Fix == nil || st.Fix.Expr == "" || st.Made == nil || sendBefore(st) != nil {
		return nil
	}
	call := j.makeAt(st.Made.Pos)
	if call == nil {
		return nil
	}
	edit := analysis.TextEdit{Pos: call.Rparen, End: call.Rparen, NewText: []byte(", " + st.Fix.Expr)}
	if len(call.Args) == 2 {
		edit = analysis.TextEdit{Pos: call.Args[1].Pos(), End: call.Args[1].End(), NewText: []byte(st.Fix.Expr)}
	}
	return &analysis.SuggestedFix{Message: "Make the channel with capacity " + st.Fix.Expr, TextEdits: []analysis.TextEdit{edit}}
}

// makeAt finds the call of make that starts at pos.
func (j *judge) makeAt(pos token.Pos) *ast.CallExpr {
	file := j.fileAt(pos)
	if file == nil {
		return nil
	}
	var found *ast.CallExpr
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || found != nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && call.Pos() == pos {
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "make" && len(call.Args) > 0 {
				found = call
			}
		}
		return true
	})
	return found
}
