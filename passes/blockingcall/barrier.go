package blockingcall

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/pattern"
)

// An event loop that takes a lock waits for whatever those who hold it wait for.
// Must: the lock is held across the wait. May: the instance is the same if the
// class is, and both places can be named; that the holder runs while the loop does
// is taken from its not being part of the loop, nor of what starts and ends it.
//
// A wait that lockacrossblock reports, or excuses, where it stands is one defect
// with what it does to the loop, and belongs to level strict here.

// barrier is a lock that a loop takes and that somebody else holds for long.
type barrier struct {
	moment
	holder
	at     token.Pos // the lock or the call that takes it, in the loop
	taking lockset.Taking
}

// holder is somebody who holds a lock across a wait that would be bad for a loop.
type holder struct {
	by    lockset.Across
	wait  facts.Wait
	grade grade
	told  bool // the wait is a matter for lockacrossblock, where it stands
}

// holders are those who hold locks of one class across waits.
type holders struct {
	long  []holder             // while others need it
	waits map[*model.Func]bool // the functions that wait under it in any way that counts
}

// barriers lists the locks on the loop's way that are held across waits elsewhere,
// one for each class, the worst.
func (j *judge) barriers(l *eventLoop) []barrier {
	var out []barrier
	for _, b := range j.takings(l) {
		worst := b
		for _, h := range j.holdersOf(b.taking.Op.Class).long {
			if x := b.with(h); j.bars(l, x) && (worst.grade == harmless || x.outranks(worst)) {
				worst = x
			}
		}
		k := slices.IndexFunc(out, func(o barrier) bool { return o.taking.Op.Class == b.taking.Op.Class })
		switch {
		case worst.grade == harmless:
		case k < 0:
			out = append(out, worst)
		case worst.outranks(out[k]):
			out[k] = worst
		}
	}
	return out
}

// outranks reports whether a barrier is the one to report of two.
func (b barrier) outranks(o barrier) bool {
	if b.told != o.told {
		return o.told
	}
	return b.grade > o.grade
}

// with returns b as somebody's doing.
func (b barrier) with(h holder) barrier {
	b.holder = h
	return b
}

// holdersOf returns who holds locks of a class across waits, made on first use.
func (j *judge) holdersOf(class types.Object) *holders {
	if hs := j.held[class]; hs != nil {
		return hs
	}
	hs := &holders{waits: make(map[*model.Func]bool)}
	if j.held == nil {
		j.held = make(map[types.Object]*holders)
	}
	j.held[class] = hs
	for _, a := range j.lockIndex().Across(class) {
		if _, g := j.worst(a.Op); g != harmless || a.Op.Action != model.CallWait {
			hs.waits[a.Op.Func] = true
		}
		h := holder{by: a}
		if h.wait, h.grade, h.told = j.gradeUnder(a); h.grade != harmless && !j.IsTestCode(a.Op.Pos) && !isLifecycle(a.Op.Func, 3) {
			hs.long = append(hs.long, h)
		}
	}
	return hs
}

// lockIndex returns what is known of the package's locks, made on first use: most
// packages have no event loop that takes one.
func (j *judge) lockIndex() *lockset.Index {
	if j.locks == nil {
		j.locks = lockset.Of(j.Package)
	}
	return j.locks
}

// takings lists the locks that the loop takes between two visits of its select,
// itself or in a function that it calls.
func (j *judge) takings(l *eventLoop) (out []barrier) {
	for _, m := range l.turn() {
		if !lockset.IsAcquire(m.op) || j.isInnerLoop(l, m) {
			continue
		}
		if t, ok := j.lockIndex().TakingAt(m.op); ok && j.mayBar(m.op.Class) {
			out = append(out, barrier{moment: m, at: m.op.Pos, taking: t})
		}
	}
	callsOf(l.sel.Func(), l.loop.Contains, 3, func(c *model.Call, b *ssa.BasicBlock, at token.Pos) {
		m := moment{&model.Op{Func: c.From, Instr: c.Instr, Pos: c.Pos}, b, l.caseAt(at)}
		if !l.covers(m, at) || !l.sel.IsReachableFrom(b) || j.isInnerLoop(l, m) || !takesLocks(c.To, 3, map[*model.Func]bool{}) {
			return
		}
		for _, t := range j.lockIndex().TakingsOf(c, j.mayBar) {
			out = append(out, barrier{moment: m, at: c.Pos, taking: t})
		}
	})
	return out
}

// mayBar reports whether anybody holds locks of a class for long.
func (j *judge) mayBar(class types.Object) bool { return len(j.holdersOf(class).long) > 0 }

// takesLocks reports whether f, or what it calls, takes any lock: a quick look
// before the locks of the package are read.
func takesLocks(f *model.Func, depth int, seen map[*model.Func]bool) bool {
	if seen[f] {
		return false
	}
	seen[f] = true
	if slices.ContainsFunc(f.Ops, lockset.IsAcquire) {
		return true
	}
	return depth > 0 && slices.ContainsFunc(f.AllCalls(), func(c *model.Call) bool { return takesLocks(c.To, depth-1, seen) })
}

// callsOf calls visit for every call of a declared function of the package that f
// makes in its own goroutine at a position for which in holds; the block and the
// position are those of f.
func callsOf(f *model.Func, in func(token.Pos) bool, depth int, visit func(*model.Call, *ssa.BasicBlock, token.Pos)) {
	for _, c := range f.AllCalls() {
		switch {
		case !in(c.Pos) || c.Deferred || c.To == f || isSpawn(c.Instr):
		case c.To.Obj != nil:
			visit(c, c.Instr.Block(), c.Pos)
		case depth > 0:
			callsOf(c.To, everywhere, depth-1, func(inner *model.Call, _ *ssa.BasicBlock, _ token.Pos) {
				visit(inner, c.Instr.Block(), c.Pos)
			})
		}
	}
}

// bars reports whether the holder that b names keeps the loop from its events: it
// holds the same lock, runs beside the loop, and the lock is not there for waits
// like that of the function which takes it for the loop.
func (j *judge) bars(l *eventLoop, b barrier) bool {
	f := b.by.Op.Func
	return b.taking.MayBeSame(b.by.Held) && !j.holdersOf(b.by.Held.Class).waits[b.taking.Op.Func] &&
		runsBeside(f, l.sel.Func(), 6, map[*model.Func]bool{})
}

// runsBeside reports whether f may run in another goroutine than the loop: not all
// of its callers lead to the loop's function.
func runsBeside(f, loop *model.Func, depth int, seen map[*model.Func]bool) bool {
	if f == loop || depth == 0 || seen[f] {
		return false
	}
	seen[f] = true
	switch {
	case f.IsExported() || f.EscapesAsValue() || len(f.Started) > 0:
		return true
	case len(f.Callers) == 0:
		return f.Parent == nil || runsBeside(f.Parent, loop, depth-1, seen) // a method of an interface
	}
	return slices.ContainsFunc(f.Callers, func(c *model.Call) bool { return runsBeside(c.From, loop, depth-1, seen) })
}

// lifecycle matches names of functions that begin or end things, while nobody
// relies on the loop yet or any more.
var lifecycle = pattern.New(`(?i)^(close|stop|shut|quit|teardown|destroy|drain|finish|terminate|kill|exit|cleanup|dispose|halt|start|init|new|open|run|main|setup|boot|restart|reset)|(Close|Stop|Start|Shutdown|Teardown|Terminate|Init)(Locked)?$`)

// isLifecycle reports whether a function begins or ends things, or is only called
// by such; a goroutine that it starts goes on beside the loop.
func isLifecycle(f *model.Func, depth int) bool {
	for ; f.Parent != nil; f = f.Parent {
		if len(f.Started) > 0 {
			return false
		}
	}
	decl := f
	if decl.Obj != nil && lifecycle.MatchString(decl.Obj.Name()) {
		return true
	}
	if depth == 0 || decl.IsExported() || decl.EscapesAsValue() || len(decl.Started) > 0 || len(decl.Callers) == 0 {
		return false
	}
	return !slices.ContainsFunc(decl.Callers, func(c *model.Call) bool { return !isLifecycle(c.From, depth-1) })
}

// gradeUnder grades a wait under a lock for who wants the lock.
func (j *judge) gradeUnder(a lockset.Across) (w facts.Wait, g grade, told bool) {
	switch a.Op.Action {
	case model.GroupWait:
		if w, g = j.worst(a.Op); g != pause || !j.hasLongMember(a.Op) {
			return w, harmless, false
		}
		return w, g, j.membersNeed(a.Op, a.Held.Class)
	case model.CallWait:
		return j.gradeCallUnder(a)
	case model.Send, model.Recv, model.RangeRecv, model.SelectWait:
		if isOpenEnded(a.Op) {
			return a.Op.Wait, pause, true
		}
	}
	return w, harmless, false
}

// gradeCallUnder grades a call under a lock.
func (j *judge) gradeCallUnder(a lockset.Across) (w facts.Wait, g grade, told bool) {
	w, g = j.worst(a.Op)
	switch {
	case g == long:
		return w, g, true
	case g == reading:
		return w, g, false
	case g == pause && w.Kind == op.Join:
		joins := waitsIn(j.funcOf(a.Op.Callee), 3)
		return w, g, slices.ContainsFunc(joins, func(o *model.Op) bool { return j.membersNeed(o, a.Held.Class) })
	}
	for _, x := range j.Facts.Waits(a.Op.Call) {
		if x.Kind.IsChan() && x.IsLong() && x.Bound == op.Unbounded {
			if len(j.Facts.Explain(x)) <= farSleep {
				return x, pause, true
			}
		}
	}
	return w, harmless, false
}

// membersNeed reports whether a goroutine that a group waits for may take locks of
// a class: then the two wait for each other, which is worse and told elsewhere.
func (j *judge) membersNeed(o *model.Op, class types.Object) bool {
	g := j.GroupOf(o)
	if g == nil {
		return true
	}
	return slices.ContainsFunc(j.Spawns, func(s *model.Spawn) bool {
		return s.Body != nil && j.isMember(s, g) && mayTakeClass(s.Body, class, 4, map[*model.Func]bool{})
	})
}

// mayTakeClass reports whether f, or what it calls, takes a lock of a class.
func mayTakeClass(f *model.Func, class types.Object, depth int, seen map[*model.Func]bool) bool {
	if seen[f] {
		return false
	}
	seen[f] = true
	if slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return lockset.IsAcquire(o) && o.Class == class }) {
		return true
	}
	return depth > 0 && slices.ContainsFunc(f.AllCalls(), func(c *model.Call) bool { return mayTakeClass(c.To, class, depth-1, seen) })
}

// isOpenEnded reports whether nothing in view ends a channel operation but its
// other half: no buffer, no time, no default.
func isOpenEnded(o *model.Op) bool {
	if s := o.Select; s != nil {
		return !s.HasDefault && !s.HasCase(model.Timer) && !s.HasCase(model.Ticker) && !s.HasCase(model.Stop)
	}
	return o.Chan != nil && !o.Chan.IsSemaphore() && o.Chan.IsUnbuffered()
}
