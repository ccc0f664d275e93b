package blockingcall

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file grades waits by what they do to somebody who must stay responsive.
// Reading and writing a stream is what a pump is for and ends when the stream is
// closed, so it counts as slow, not as long.

// grade says how bad a wait is for an event loop.
type grade uint8

const (
	harmless grade = iota
	slow           // disk, computation, locks, streams, sends: strict only
	reading        // a stream that somebody else has to feed: bad for a heartbeat, strict elsewhere
	limited        // a pause with a limit in view, a back-off, or one many calls away: strict only
	pause          // a sleep or a join: bad for other events
	long           // without bound, on the outside: bad for cancellation too
)

// gradeOf grades one wait of one operation.
func (j *judge) gradeOf(o *model.Op, w facts.Wait) grade {
	switch {
	case !w.Waits() || j.endsSoon(o):
		return harmless
	case w.Kind == op.Sleep:
		return j.gradeOfSleep(w)
	case w.Kind == op.Join && w.IsLong():
		if o.Action == model.GroupWait || j.joinsLong(o) {
			return pause
		}
	case isOutside(w.Kind) && w.IsLong():
		return j.gradeOfOutside(o, w)
	case isSlow(o, w):
		return slow
	}
	return harmless
}

// gradeOfOutside grades a wait without bound for another process.
func (j *judge) gradeOfOutside(o *model.Op, w facts.Wait) grade {
	switch {
	case j.isGivenContext(o):
		return slow
	case !j.isStream(w):
		return long
	case j.isRead(w):
		return reading
	}
	return slow
}

// farSleep is the number of calls behind which a sleep is a special case of what
// the loop does more often than the rule.
const farSleep = 3

// gradeOfSleep grades a pause by its length and distance.
func (j *judge) gradeOfSleep(w facts.Wait) grade {
	switch {
	case !isLongSleep(w):
		return harmless
	case w.AtMost || len(j.Facts.Explain(w)) > farSleep+1:
		return limited
	}
	return pause
}

// isGivenContext reports whether a call hands on a context that can end: whoever
// wrote it did what the caller can do.
func (j *judge) isGivenContext(o *model.Op) bool {
	if o.Call == nil {
		return false
	}
	for _, arg := range o.Call.Args {
		if t := j.TypeOf(arg); t != nil && model.IsContext(t) && !j.isEndless(arg) {
			return true
		}
	}
	return false
}

// isEndless reports whether an expression makes a context that never ends.
func (j *judge) isEndless(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "context" {
		return false
	}
	switch fn.Name() {
	case "Background", "TODO", "WithoutCancel":
		return true
	}
	return false
}

// isOutside reports whether a wait depends on another process, a person, or
// something that somebody stated to wait.
func isOutside(k op.Kind) bool {
	return k.IsOutside() || k == op.Serve || k == op.Stated || k == op.Retry
}

// isLongSleep reports whether a sleep's length is unknown or at least the
// settings' minimum.
func isLongSleep(w facts.Wait) bool {
	return w.Dur == 0 && w.Bound == op.Unbounded && w.Tier == op.TierUnbounded || w.Dur >= config.Active().MinSleep
}

// isSlow reports whether a wait is one that strict code keeps out of event
// loops.
func isSlow(o *model.Op, w facts.Wait) bool {
	switch o.Action {
	case model.Lock, model.RLock:
		return true
	case model.Send:
		return o.Select == nil && o.Chan.MaxCapKnown() == 0
	case model.CallWait:
		return w.Bound != op.Context && w.Bound != op.Timeout && (w.Kind == op.Disk || w.Kind == op.CPU || w.Tier != op.TierQuick && (w.Kind == op.Stdio || isOutside(w.Kind)))
	}
	return false
}

// worst returns the wait of an operation that matters most.
func (j *judge) worst(o *model.Op) (w facts.Wait, g grade) {
	if o.Action != model.CallWait {
		return o.Wait, j.gradeOf(o, o.Wait)
	}
	for _, x := range j.Facts.Waits(o.Call) {
		if xg := j.gradeOf(o, x); xg > g {
			w, g = x, xg
		}
	}
	return w, g
}

// isStream reports whether a wait ends in reading or writing a stream that is
// already open.
func (j *judge) isStream(w facts.Wait) bool {
	if w.Kind != op.Net && w.Kind != op.Retry {
		return false
	}
	steps := j.Facts.Explain(w)
	if len(steps) == 0 {
		return false
	}
	return isStreamFunc(steps[len(steps)-1].Name)
}

// isRead reports whether a wait on a stream ends when somebody else writes.
func (j *judge) isRead(w facts.Wait) bool {
	steps := j.Facts.Explain(w)
	return strings.HasPrefix(steps[len(steps)-1].Name.Func, "Read")
}

// streamPkgs hold readers and writers around streams.
var streamPkgs = map[string]bool{
	"io": true, "bufio": true, "fmt": true, "os": true, "net/textproto": true,
	"encoding/json": true, "encoding/gob": true, "encoding/xml": true, "encoding/binary": true, "encoding/csv": true,
}

// isStreamFunc reports whether a function reads or writes a stream.
func isStreamFunc(n symbol.Name) bool {
	if streamPkgs[n.Pkg] {
		return true
	}
	for _, prefix := range []string{"Read", "Write", "Send", "Recv", "Flush", "Next", "Close", "Ping", "Encode", "Decode", "Copy"} {
		if n.Recv != "" && strings.HasPrefix(n.Func, prefix) {
			return true
		}
	}
	return false
}
