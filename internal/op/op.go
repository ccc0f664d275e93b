// Package op holds the shared words for waiting.
//
// Tables, facts, the model and the passes all describe an operation by what it
// waits for (Kind), by what ends the wait (Bound) and by how long it usually
// takes (Tier). Nothing here depends on how the operation was found.
package op

// Kind says what an operation waits for.
type Kind uint8

// The kinds, from the language's own operations to what libraries do.
const (
	None   Kind = iota
	Send        // channel send
	Recv        // channel receive
	Range       // range over a channel
	Select      // select without default
	Lock        // mutex, write
	RLock       // mutex, read
	Join        // WaitGroup, errgroup, pools: wait for goroutines
	Cond        // sync.Cond.Wait
	Sleep       // time passes
	Net         // network round trip
	DNS         // name resolution
	DB          // database
	MQ          // message broker
	Exec        // another process
	Pipe        // in-memory pipe or reflective channel operation
	Retry       // a loop of attempts with pauses
	Serve       // runs until told to stop
	Disk        // file system
	CPU         // long computation
	Stdio       // terminal input and output
	Log         // writing a log record
	Stated      // a directive says that it waits, not for what
)

// kindNames spells the kinds, in their order.
var kindNames = [...]string{"none", "send", "recv", "range", "select", "lock", "rlock", "join", "cond", "sleep",
	"net", "dns", "db", "mq", "exec", "pipe", "retry", "serve", "disk", "cpu", "stdio", "log", "stated"}

// String returns the kind's name as tables and settings spell it.
func (k Kind) String() string { return kindNames[k] }

// ParseKind reads a kind's name; ok is false for an unknown one.
func ParseKind(s string) (k Kind, ok bool) {
	for i, name := range kindNames {
		if name == s && i > 0 {
			return Kind(i), true
		}
	}
	return None, false
}

// IsOutside reports whether the wait depends on something outside this process.
func (k Kind) IsOutside() bool {
	switch k {
	case Net, DNS, DB, MQ, Exec:
		return true
	}
	return false
}

// IsChan reports whether the wait is for another goroutine at a channel.
func (k Kind) IsChan() bool { return k >= Send && k <= Select || k == Pipe }

// Bound says what ends a wait if its counterpart never comes.
type Bound uint8

const (
	Unbounded    Bound = iota // nothing ends it
	Timeout                   // time ends it
	Context                   // a context or stop channel ends it
	Unknown                   // depends on a value we cannot see: never a proof
	NeverReturns              // it ends only with the process
)

// boundNames spells the bounds, in their order.
var boundNames = [...]string{"unbounded", "timeout", "context", "unknown", "never returns"}

// String returns the bound in words.
func (b Bound) String() string { return boundNames[b] }

// Tier grades how long an operation takes when nothing goes wrong.
type Tier uint8

const (
	// TierNone marks an operation that does not wait.
	TierNone Tier = iota
	// TierUnbounded operations can wait without bound.
	TierUnbounded
	// TierSlow operations take milliseconds to seconds.
	TierSlow
	// TierQuick operations normally take microseconds.
	TierQuick
)

// Effect is what calling or executing something can do to its goroutine.
type Effect struct {
	Kind  Kind
	Bound Bound
	Tier  Tier
}

// Waits reports whether the effect is a wait at all.
func (e Effect) Waits() bool { return e.Kind != None }

// IsLong reports whether the wait is worth naming to somebody who must stay
// responsive: it can last without bound and nothing ends it.
func (e Effect) IsLong() bool {
	return e.Waits() && e.Tier == TierUnbounded && (e.Bound == Unbounded || e.Bound == NeverReturns)
}
