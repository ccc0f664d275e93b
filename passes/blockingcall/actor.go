package blockingcall

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// An actor takes requests from one channel and answers each on a channel that
// came with it. Unlike a worker it has somebody waiting for every answer, so a
// wait for the outside without bound holds up everybody. Must: the loop ranges
// over the inbox, sends bare on a field of what it received, and only one
// goroutine runs it.

// actorBlocks judges blocks-event-loop for actors.
func (j *judge) actorBlocks(l *model.Loop) {
	f := l.Func
	if l.Kind != model.RangeChan || f.IsProcessLifetime() || isHandler(f) || isPooled(f, isCounted, 3) || isPooled(f, isOverSet, 3) {
		return
	}
	answer := answerIn(l)
	if answer == nil {
		return
	}
	var worst *model.Op
	momentsOf(f, l.Contains, 3, func(o *model.Op, b *ssa.BasicBlock, _ token.Pos) {
		if _, g := j.worst(o); g == long && worst == nil && f.Reaches(b, b) {
			worst = o
		}
	})
	if worst != nil {
		j.addActor(l, worst, answer)
	}
}

// addActor reports an actor's wait.
func (j *judge) addActor(l *model.Loop, o, answer *model.Op) {
	w, _ := j.worst(o)
	tail := " waits without bound, so other requests to this actor wait too; bound it or answer from a goroutine"
	j.report.Add(report.Finding{
		Rule: "blocks-event-loop",
		Pos:  o.Pos,
		Message: fit("blocks-event-loop",
			j.what(o, w)+tail, j.brief(o, w)+tail,
			j.brief(o, w)+" waits without bound and keeps this actor from other requests; bound it"),
		Related: append(j.explain(w), report.Step(l.Pos(), "other requests wait here"), report.Step(answer.Pos, "each requester waits for this answer")),
		Strict:  j.IsTestCode(o.Pos),
	})
}

// answerIn returns a bare send in the loop on a field of what it received.
func answerIn(l *model.Loop) *model.Op {
	for _, o := range l.Func.Ops {
		if o.Action != model.Send || o.Select != nil || !l.Contains(o.Pos) {
			continue
		}
		place := l.Func.Pkg.PlaceOf(o.Value)
		if place.Fields != "" && isReceived(place.Root) {
			return o
		}
	}
	return nil
}

// isReceived reports whether a place starts at a value just received.
func isReceived(root any) bool {
	switch x := root.(type) {
	case *ssa.UnOp:
		return x.Op == token.ARROW
	case *ssa.Extract:
		recv, ok := x.Tuple.(*ssa.UnOp)
		return ok && recv.Op == token.ARROW
	case *ssa.Alloc:
		return holdsReceived(x)
	}
	return false
}

// holdsReceived reports whether a variable is only ever set to what was
// received.
func holdsReceived(a *ssa.Alloc) bool {
	found := false
	for _, ref := range *a.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok || st.Addr != ssa.Value(a) {
			continue
		}
		if _, isVar := st.Val.(*ssa.Alloc); isVar || !isReceived(st.Val) {
			return false
		}
		found = true
	}
	return found
}
