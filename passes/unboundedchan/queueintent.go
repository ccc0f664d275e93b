package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file recognises queues that somebody left without a bound knowingly. Level
// strict minds them all the same. May, by words and by shape.

var (
	// boundless matches words for a queue without a bound.
	boundless = pattern.New(`(?i)\bun-?bound(ed)?\b|\bwithout (a |any )?(bound|limit)|\bno (upper )?(bound|limit)\b|\bunlimited\b`)
	// reasoned matches words that give a reason for it.
	reasoned = pattern.New(`(?i)\b(so that|in order to|on purpose|intentional(ly)?|deliberate(ly)?|by design|by contract)\b|\b(never|not|cannot|can't) (be )?(block(s|ed)?|waits?|stalls?|stalled)\b`)
	// regretted matches words that say that this is not how it should be.
	regretted = pattern.New(`(?i)\b(todo|fixme|xxx|bug|bad|wrong|leak\w*|should)\b`)
)

// isIntended reports whether a queue has no bound because somebody wanted it so:
// a comment gives the reason, its length is measured, or it runs callbacks one by
// one.
func (j *judge) isIntended(q *queue, grow *touch) bool {
	return q.measured || j.isExecutor(q, grow) || j.saysBoundless(q.home) || j.saysBoundless(grow.decl)
}

// saysBoundless reports whether a comment in or at a declaration says that
// something there is without a bound, and why.
func (j *judge) saysBoundless(decl ast.Node) bool {
	from, to := extent(decl)
	if !from.IsValid() {
		return false
	}
	for _, f := range j.Pass.Files {
		for _, g := range f.Comments {
			text := g.Text()
			if from <= g.Pos() && g.End() <= to && boundless.MatchString(text) && reasoned.MatchString(text) && !regretted.MatchString(text) {
				return true
			}
		}
	}
	return false
}

// extent returns where a declaration starts, with its documentation, and ends.
func extent(decl ast.Node) (from, to token.Pos) {
	switch d := decl.(type) {
	case *ast.GenDecl:
		if d == nil {
			return token.NoPos, token.NoPos
		}
		if d.Doc != nil {
			return d.Doc.Pos(), d.End()
		}
		return d.Pos(), d.End()
	case *ast.FuncDecl:
		if d == nil {
			return token.NoPos, token.NoPos
		}
		if d.Doc != nil {
			return d.Doc.Pos(), d.End()
		}
		return d.Pos(), d.End()
	}
	return token.NoPos, token.NoPos
}

// isExecutor reports whether a queue of functions starts the goroutine that runs
// them when the first is added: then it stands for a lock, and whoever adds would
// have waited for that.
func (j *judge) isExecutor(q *queue, grow *touch) bool {
	f := j.funcAt(grow.fn)
	if f == nil || !isFuncQueue(q.v.Type()) && !j.queuesFunc(grow) {
		return false
	}
	for _, s := range j.Spawns {
		if s.Func == f && s.Kind == model.GoStmt && s.Body != nil && s.Body.Obj != nil {
			return true
		}
	}
	return false
}

// isFuncQueue reports whether t is a slice of functions without parameters.
func isFuncQueue(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && isCallback(s.Elem())
}

// queuesFunc reports whether a growth pushes a function onto a list.
func (j *judge) queuesFunc(grow *touch) bool {
	call, ok := grow.at.(*ast.CallExpr)
	return ok && len(call.Args) == 1 && isCallback(j.TypeOf(call.Args[0]))
}

// isCallback reports whether t is a function without parameters.
func isCallback(t types.Type) bool {
	if t == nil {
		return false
	}
	sig, ok := t.Underlying().(*types.Signature)
	return ok && sig.Params().Len() == 0
}

// measureName matches functions that hand a number to whoever watches.
var measureName = pattern.New(`^(Set|Observe|Record|Update|Report)`)

// isMeasured notes the queues whose length a call hands to a gauge.
func (r *queueReader) isMeasured(n *ast.CallExpr) {
	if !measureName.MatchString(calleeName(n)) {
		return
	}
	for _, arg := range n.Args {
		if q := r.lengthIn(arg); q != nil {
			q.measured = true
		}
	}
}
