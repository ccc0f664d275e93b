package blockingcall

import (
	"go/ast"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// A goroutine is hot if others rely on it to come back to its select: it alone
// consumes several event sources, or it owes a heartbeat, or it promised to
// stop. This file recognises such loops.
//
// May: sources are told apart by how the source spells them. Knowingly missed:
// a select in a function that is called in a loop, and actors that range over
// one inbox.

// eventLoop is a select that a loop repeats, seen by what relies on it.
type eventLoop struct {
	sel     *model.Select
	loop    *model.Loop
	sources []*model.Case // receives of events, one for each channel
	beats   []*model.Case // tickers
	stops   []*model.Case // cancellation that ends the loop
	pooled  bool          // many goroutines run it: what one misses, another gets
	spread  bool          // one goroutine runs it for each element of a collection
}

// eventLoopOf reads a looped select; ok is false for selects that do not
// repeat, and where waiting is nobody's business: workers over a collection,
// handlers, and what runs for the whole process.
func eventLoopOf(s *model.Select) (l eventLoop, ok bool) {
	loop, f := s.Loop(), s.Func()
	if loop == nil || loop.Kind != model.Endless && loop.Kind != model.While || len(s.Cases) == 0 {
		return l, false
	}
	if f.IsProcessLifetime() || isHandler(f) || hearsSignals(s) {
		return l, false
	}
	l = eventLoop{sel: s, loop: loop, pooled: isPooled(f, isCounted, 3), spread: isPooled(f, isOverSet, 3)}
	seen := map[string]bool{}
	for _, k := range s.Cases {
		l.addCase(k, seen)
	}
	return l, true
}

// addCase files a case under what it is to the loop.
func (l *eventLoop) addCase(k *model.Case, seen map[string]bool) {
	switch {
	case k.Dir != types.RecvOnly || seen[k.Name()]:
	case k.Kind == model.Ticker:
		l.beats = append(l.beats, k)
	case k.Kind == model.Stop && k.MayLeave() || k.Chan.IsSignal() && k.Leaves():
		l.stops = append(l.stops, k)
	case k.Kind == model.Work || k.Kind == model.Stop && !isDoneCall(k.Expr()):
		l.sources = append(l.sources, k)
	}
	seen[k.Name()] = true
}

// isDoneCall reports whether e is a call: an accessor of a stop signal.
func isDoneCall(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok
}

// isServing reports whether somebody else relies on the loop while one of its
// cases waits.
func (l *eventLoop) isServing() bool {
	return !l.pooled && (len(l.sources) > 1 || len(l.beats) > 0)
}

// hearsSignals reports whether a select handles signals of the operating system:
// one goroutine for the whole process, which may take its time.
func hearsSignals(s *model.Select) bool {
	for _, k := range s.Cases {
		if ch, ok := k.Value.Type().Underlying().(*types.Chan); ok && k.MayStay() {
			named, ok := types.Unalias(ch.Elem()).(*types.Named)
			if ok && named.Obj().Name() == "Signal" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "os" {
				return true
			}
		}
	}
	return false
}

// isHandler reports whether f serves one request: its goroutine is its own.
func isHandler(f *model.Func) bool {
	for _, c := range f.Contexts() {
		if c.Kind != model.CtxParam {
			return true
		}
	}
	return false
}

// isPooled reports whether f runs in goroutines that a loop of this kind starts,
// itself or by way of a literal or caller.
func isPooled(f *model.Func, kind func(*model.Loop) bool, depth int) bool {
	for _, s := range f.Started {
		if kind(s.Loop) || isRepeated(s.Func, kind) {
			return true
		}
	}
	if depth == 0 {
		return false
	}
	for _, c := range f.Callers {
		if c.From != f && c.From.Obj == nil && isPooled(c.From, kind, depth-1) {
			return true
		}
	}
	return false
}

// isRepeated reports whether a loop of this kind calls f: a method that starts
// one worker.
func isRepeated(f *model.Func, kind func(*model.Loop) bool) bool {
	for _, c := range f.Callers {
		if kind(c.From.LoopAt(c.Pos)) {
			return true
		}
	}
	return false
}

// isCounted reports whether a loop starts a number of workers.
func isCounted(l *model.Loop) bool { return l != nil && l.Kind == model.Counted }

// isOverSet reports whether a loop starts one goroutine for each element.
func isOverSet(l *model.Loop) bool { return l != nil && l.Kind == model.RangeSet }
