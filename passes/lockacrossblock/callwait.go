package lockacrossblock

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/symbol"
)

// judgeCallWait judges a call that, according to facts and tables, may wait.
func (j *judge) judgeCallWait(w *wait) {
	if j.judgePermit(w) {
		return
	}
	strict := j.isStandIn(w.from) || isTeardown(w.from) || isFluent(w.from)
	waits := slices.DeleteFunc(slices.Clone(j.Facts.Waits(w.op.Call)), func(x facts.Wait) bool { return !x.Waits() })
	outside := slices.ContainsFunc(waits, func(x facts.Wait) bool { return x.Kind.IsOutside() && j.isWorthMoving(w, x) })
	for _, x := range waits {
		w.reason = x
		switch {
		case x.Kind == op.Sleep:
			if !outside {
				j.judgeSleep(w, x, strict)
			}
		case x.Kind.IsOutside():
			j.judgeOutside(w, x, strict)
		case x.Kind == op.Disk:
			j.add(w, fileIOUnderLock, strict, j.across(w, fileIOUnderLock, j.chain(w, x), "read or write without it"))
		case x.Kind == op.Lock || x.Kind == op.RLock || x.Kind == op.CPU || x.Kind == op.Stdio || x.Kind == op.Log:
		case x.Kind == op.Join && (j.judgePool(w) || j.judgeGivenGroup(w)):
		case j.isBareSend(w, x):
			strict := strict || isActivity(w.held) || j.isSerialiser(w.held)
			j.add(w, chanOpUnderLock, strict, j.across(w, chanOpUnderLock, w.op.Name()+", which sends on an unbuffered channel", "unlock first"))
		default:
			j.add(w, lockAcrossCall, strict, j.across(w, lockAcrossCall, j.chain(w, x), "unlock first"))
		}
	}
}

// shortSleep is the longest constant sleep that is not worth a report.
const shortSleep = time.Millisecond

// judgeSleep judges a sleep, here or in a function that is called.
func (j *judge) judgeSleep(w *wait, x facts.Wait, strict bool) {
	if x.Dur > 0 && x.Dur < shortSleep {
		return
	}
	steps := j.Facts.Explain(x)
	if x.Dur == shortSleep || j.isShortSleep(w, x) {
		strict = true
	}
	j.add(w, sleepUnderLock, strict || isFarSleep(steps) || isActivity(w.held) || j.paces(w) || x.Bound == op.Context, j.across(w, sleepUnderLock, j.chain(w, x), "unlock while it sleeps"))
}

// isFarSleep reports whether a sleep is several calls away, or in a function that
// says that it waits: then its callers mean it. Functions that do nothing but sleep
// stand for the sleep.
func isFarSleep(steps []facts.Step) bool {
	far := 0
	for i, s := range steps {
		if i == 0 || !s.Sure || waitName.MatchString(s.Name.Func) || teardown.MatchString(s.Name.Func) {
			far++
		}
	}
	return far > 2 || far == 2 && waitName.MatchString(steps[0].Name.Func)
}

// waitName matches names of functions that say that they wait.
var waitName = pattern.New(`(?i)(wait|sleep|poll)`)

// maxChain is the longest chain of calls to a wait that is worth a report at
// level default: the longer it is, the less certain it is to be taken.
const maxChain = 4

// judgeOutside judges a wait for the network, a database or another process.
// Reads and writes of one connection are what its own lock is for; a lock of an
// object that keeps many is another matter.
func (j *judge) judgeOutside(w *wait, x facts.Wait, strict bool) {
	j.addOnce(w, ioUnderLock, strict || !j.isWorthMoving(w, x), j.across(w, ioUnderLock, j.chain(w, x), "do it without the lock"))
}

// isWorthMoving reports whether a wait for outside is worth a report at level
// default, wherever it is: a sleep in the same call goes with it then.
func (j *judge) isWorthMoving(w *wait, x facts.Wait) bool {
	return (isRoundTrip(x.Effect) || j.isConnect(w, x)) && !j.staysHere(w, x) && !j.isSerialiser(w.held) && !isActivity(w.held) && len(j.Facts.Explain(x)) <= maxChain &&
		(j.isBroadcast(w, x) || (!j.isStreamOp(x) || j.makesOwn(w, x) || j.isVisitor(w, x)) && !j.isDevice(w.held)) && !j.fillsEntry(w)
}

// isRoundTrip reports whether a wait is for an answer from outside that no fixed
// time ends, as far as can be seen.
func isRoundTrip(e op.Effect) bool {
	if e.Bound == op.Timeout || e.Bound == op.Unknown && e.Tier != op.TierUnbounded {
		return false
	}
	return e.Tier == op.TierUnbounded || e.Tier == op.TierSlow && e.Kind != op.Exec
}

// streamOps are methods that use one connection, as opposed to a whole exchange.
var streamOps = map[string]bool{
	"Read": true, "Write": true, "Close": true, "Flush": true, "Accept": true, "Send": true, "Recv": true,
	"SendMsg": true, "RecvMsg": true, "CloseSend": true, "CloseAndRecv": true, "Handshake": true, "Copy": true,
}

// isAnswer reports whether a function only writes a short answer to a request,
// which goes into the connection's buffer.
func isAnswer(fn symbol.Name) bool {
	return fn.Pkg == "net/http" && fn.Recv == "" && (fn.Func == "Error" || fn.Func == "Redirect" || fn.Func == "NotFound")
}

// isStreamOp reports whether a wait ends in a method of a connection or stream,
// in a short answer to a request, or in a statement being prepared, which
// happens once for each.
func (j *judge) isStreamOp(x facts.Wait) bool {
	end := j.end(x)
	if strings.HasPrefix(end.Func, "Listen") { // asks nobody outside this machine
		return true
	}
	if strings.HasPrefix(end.Func, "Prepare") || isAnswer(end) {
		return true
	}
	if streamOps[end.Func] {
		return true
	}
	for _, prefix := range []string{"Read", "Write", "Copy", "Flush", "Encode", "Decode", "Fprint"} {
		if strings.HasPrefix(end.Func, prefix) {
			return true
		}
	}
	return false
}

// end returns the function at the end of a chain of calls.
func (j *judge) end(x facts.Wait) symbol.Name {
	steps := j.Facts.Explain(x)
	if len(steps) == 0 {
		return x.Via
	}
	return steps[len(steps)-1].Name
}

// chain names a call and, if it waits only in the end, what waits there:
// "c.fetch → http.Client.Do".
func (j *judge) chain(w *wait, x facts.Wait) string {
	end := j.end(x)
	name := w.op.Name()
	if end.IsZero() || strings.HasSuffix(name, "."+end.Func) || name == end.Func {
		return name
	}
	return fmt.Sprintf("%s, which calls %s", name, end.Short())
}
