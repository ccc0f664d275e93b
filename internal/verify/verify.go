// Package verify proves that a goroutine can be stuck for ever.
//
// It is a bounded explicit-state model checker. A root function runs together
// with the goroutines it starts, callees of the same package in place. What the
// code in view computes is computed (channels, locks, groups, closures,
// counters, lengths); everything else is unknown, and a run that meets a
// condition on unknown values splits in two and stays true to its answer. All
// interleavings of channel, lock and group operations are explored breadth
// first, so that the first proof found is a shortest one.
//
// A goroutine is stuck for ever when it waits on objects that no goroutine
// which can still move is able to reach: the criterion of the Go runtime's own
// leak detector, applied to every state that the code in view can get into.
//
// It proves (must), within bounds: what escapes to code out of view is always
// able to proceed, contexts and timers may fire at any time, loops with unknown
// bounds turn once or twice (the second turn stands for all later ones), and
// whatever exceeds a bound is dropped in silence. Knowingly missed: channels in
// maps of more than a few entries, objects handed to unknown functions, panics of
// unknown functions, and buffers that more than two turns would fill.
package verify

import (
	"go/token"
	"iter"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/rule"
)

// Kind says in what way a goroutine is stuck.
type Kind uint8

const (
	// AbandonedSender waits to send, and nobody is left to receive.
	AbandonedSender Kind = iota
	// AbandonedReceiver waits to receive, and nobody is left to send or close.
	AbandonedReceiver
	// GroupNeverDone waits for a group whose counter stays above zero.
	GroupNeverDone
	// LockDeadlock waits for a lock that is never unlocked.
	LockDeadlock
	// WaitBeforeReceive waits for goroutines that wait for it to receive.
	WaitBeforeReceive
	// BufferOverfill sends more than the buffer takes before anybody can receive.
	BufferOverfill
	// SendToStopped sends to a loop of its own type that may have ended.
	SendToStopped
)

// kindNames spells the kinds.
var kindNames = [...]string{"abandoned-sender", "abandoned-receiver", "group-never-done", "lock-deadlock", "wait-before-receive", "buffer-overfill", "send-to-stopped-loop"}

// String returns the kind in words.
func (k Kind) String() string { return kindNames[k] }

// Stuck is one proof: an operation at which a goroutine waits for ever, with
// the shortest run that leads there.
type Stuck struct {
	Kind      Kind
	Op        *model.Op    // where it waits
	Goroutine *model.Spawn // which goroutine; nil for the root function's own
	Root      *model.Func  // the function whose call ends so
	Made      *model.Make  // where the channel is made (for WaitBeforeReceive that of the others), or nil
	Object    token.Pos    // where the object it waits on is made or declared; NoPos if unknown
	Abandon   *Abandon     // who left without serving it; nil if nobody did
	Leaving   *Abandon     // who is on its way out without serving it, if nobody has left; or nil
	Passed    bool         // a Signal has woken another one that waits for the condition
	Endless   *model.Op    // where the other goroutine goes round, which ends only after this wait, or nil
	With      []*model.Op  // operations of goroutines stuck together with it in a circle, or with the places it waits for
	Locks     []Hold       // the locks for which it and those in a circle with it wait; none if it goes through none
	Chosen    int          // how many unknown numbers the run has chosen
	Whole     bool         // the root is a program of its own: all that it waits for is in view
	Harness   bool         // a method beside its type's loop: what else happens to them is out of view
	Steps     []Step       // the run, first step first; the last is Op
	Beside    []Step       // how others stand then, to be shown before the last step
	Fix       *Capacity    // a buffer that would let it go on, if that is proved; else nil
}

// Abandon is the end of the goroutine that the stuck one waits for.
type Abandon struct {
	Pos  token.Pos    // of the return, or of the closing brace
	Func *model.Func  // the function that returns
	Case *model.Case  // the case of the last select it took before, or nil
	By   *model.Spawn // the goroutine that ended; nil for the root function
}

// Step is one step of a run.
type Step struct {
	Pos  token.Pos
	Text string
}

// Capacity is the buffer that avoids the wait.
type Capacity struct {
	N    int64  // a constant, or -1
	Expr string // as it would be written: "1", "len(parts)"
}

// Result holds the proofs of one package, in source order of the operations.
type Result struct {
	Stuck    []*Stuck
	Stats    Stats
	Programs Stats // of programs of their own
}

// Stats counts what the checker did, and what it gave up in silence.
type Stats struct {
	Roots    int // functions explored
	States   int // states seen
	Left     int // runs given up: too many objects, goroutines or turns
	Over     int // roots given up: too many states
	Widest   int // most states of one root
	MaxTurns int // most instructions of one root
}

// Counts lists what can be summed over packages, for people.
func (r *Result) Counts() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		a, b := r.Stats, r.Programs
		_ = yield("functions explored", a.Roots+b.Roots) && yield("states seen", a.States+b.States) &&
			yield("functions given up at max-states", a.Over+b.Over) && yield("runs given up", a.Left+b.Left)
	}
}

// Analyzer checks each package once for all passes that ask.
var Analyzer = &analysis.Analyzer{
	Name:       "asynclintverify",
	Doc:        "prove for asynclint's passes that goroutines can be stuck for ever",
	Requires:   []*analysis.Analyzer{model.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
}

// run is the analyzer: the work is Package's. What only a test's own call shows
// is for level strict, and not looked for at others.
func run(pass *analysis.Pass) (any, error) {
	s := config.Active()
	tests := s.Level == rule.Strict || len(s.Enable) > 0
	return Package(pass.ResultOf[model.Analyzer].(*model.Package), Options{Tests: tests, States: s.MaxStates}), nil
}

// Options say how much is explored.
type Options struct {
	Tests  bool // functions of test files, too
	States int  // the most states of one function's runs
}

// Package checks every function of a package that starts goroutines or makes
// channels.
func Package(p *model.Package, o Options) *Result {
	r := &Result{}
	if len(p.Funcs) == 0 {
		return r
	}
	c := newChecker(p, o.States, false)
	for _, h := range c.harnesses() {
		c.runHarness(h, r)
	}
	roots := c.roots()
	for i, f := range roots {
		if testRank(f) > 0 && (!o.Tests || r.Stats.States > c.bounds.pkg) {
			r.Stats.Over += len(roots) - i
			break
		}
		if c.isHopeless(f) {
			r.Stats.Over++
		} else {
			c.check(f, r, &r.Stats)
		}
	}
	r.programs(c, o)
	r.sort()
	return r
}

// checker holds what all roots of a package share.
type checker struct {
	pkg   *model.Package
	prog  *ssa.Program
	codes map[*ssa.Function]*code
	*interests
	ids map[any]int
	// what functions do with the channels that they capture; see lend.go
	captured map[*ssa.Function][]access
	hopeless map[*model.Func]bool // exceeds the bounds, and nothing was found
	proved   map[*model.Func]bool // something was found
	reach    map[*model.Func]map[*model.Func]bool
	writing
	bounds  bounds
	isMain  bool          // the root is the program's main
	widen   *ssa.MakeChan // make this channel with another capacity
	widenTo int64
}

// newChecker returns a checker for one package, with so many states a root.
func newChecker(p *model.Package, states int, whole bool) *checker {
	return &checker{
		pkg: p, bounds: boundsFor(states), prog: p.Funcs[0].SSA.Prog,
		codes: make(map[*ssa.Function]*code),
		ids:   make(map[any]int), interests: newInterests(p, whole),
		captured: make(map[*ssa.Function][]access), hopeless: make(map[*model.Func]bool), proved: make(map[*model.Func]bool),
		reach: make(map[*model.Func]map[*model.Func]bool),
	}
}
