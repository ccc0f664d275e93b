package facts

import (
	"encoding/binary"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file puts a Summary into few bytes, always the same ones: build caches
// are keyed by them. Strings are written once and then meant by number.

// Fact is the object fact on functions and interface methods.
type Fact struct{ Summary }

// AFact marks Fact as a fact of go/analysis.
func (*Fact) AFact() {}

// String returns what tests and -debug output show of a fact.
func (f *Fact) String() string {
	var words []string
	for _, w := range f.Waits {
		words = append(words, w.Kind.String()+" ("+w.Bound.String()+")")
	}
	for _, flag := range []struct {
		on   bool
		name string
	}{
		{f.Spawns, "spawns"}, {f.NeverReturns, "never returns"}, {f.DeadCtx != 0, "dead context"},
		{len(f.Chans) > 0, "channels"}, {len(f.Locks) > 0, "locks"}, {f.Promise == PromiseNonBlocking, "nonblocking"},
		{f.Promise == PromiseBlocking, "blocking"},
	} {
		if flag.on {
			words = append(words, flag.name)
		}
	}
	return strings.Join(words, ", ")
}

// The flags of the first byte behind the strings.
const (
	flagKnown = 1 << iota
	flagSpawns
	flagNeverReturns
)

// The flags of a channel use.
const (
	flagSends = 1 << iota
	flagRecvs
	flagCloses
)

// GobEncode writes the strings first, then numbers.
func (f *Fact) GobEncode() ([]byte, error) {
	e := &encoder{index: map[string]int{}}
	e.bit(flagKnown, f.Known)
	e.bit(flagSpawns, f.Spawns)
	e.bit(flagNeverReturns, f.NeverReturns)
	e.num(e.flags, int(f.Promise), int(f.DeadCtx), len(f.Chans))
	for _, u := range f.Chans {
		e.flags = 0
		e.bit(flagSends, u.Sends)
		e.bit(flagRecvs, u.Recvs)
		e.bit(flagCloses, u.Closes)
		e.num(u.Param, e.flags)
	}
	e.locks(f)
	e.num(len(f.Waits))
	for _, w := range f.Waits {
		e.num(int(w.Kind), int(w.Bound), int(w.Tier), withBit(withBit(withBit(int(w.Dur), w.AtMost), w.Always), w.Bare), w.Ctx)
		e.step(Step{Name: w.Via, At: w.At})
		e.num(len(w.Then))
		for _, s := range w.Then {
			e.step(s)
		}
	}
	head := binary.AppendUvarint(nil, uint64(len(e.strings)))
	for _, s := range e.strings {
		head = append(binary.AppendUvarint(head, uint64(len(s))), s...)
	}
	return append(head, e.body...), nil
}

// encoder collects the numbers and the strings they mean.
type encoder struct {
	strings []string
	index   map[string]int
	body    []byte
	flags   int
}

// bit sets a flag.
func (e *encoder) bit(flag int, on bool) {
	if on {
		e.flags |= flag
	}
}

// withBit puts a flag below a number, where it costs no byte.
func withBit(n int, on bool) int {
	if on {
		return n<<1 | 1
	}
	return n << 1
}

// num writes numbers, none of which is negative.
func (e *encoder) num(ns ...int) {
	for _, n := range ns {
		e.body = binary.AppendUvarint(e.body, uint64(n))
	}
}

// str writes a string's number.
func (e *encoder) str(s string) {
	i, ok := e.index[s]
	if !ok {
		i = len(e.strings)
		e.index[s] = i
		e.strings = append(e.strings, s)
	}
	e.num(i)
}

// step writes a step; a file name is a string of its own, because steps often
// share it.
func (e *encoder) step(s Step) {
	file, line := splitAt(s.At)
	for _, part := range []string{s.Name.Pkg, s.Name.Recv, s.Name.Func, file} {
		e.str(part)
	}
	e.num(withBit(line, s.Sure))
}

// splitAt takes "file.go:12" apart.
func splitAt(at string) (file string, line int) {
	i := strings.LastIndexByte(at, ':')
	if i < 0 {
		return at, 0
	}
	line, err := strconv.Atoi(at[i+1:])
	if err != nil || line < 0 {
		return at, 0
	}
	return at[:i], line
}

// joinAt is the inverse of splitAt.
func joinAt(file string, line int) string {
	if file == "" {
		return ""
	}
	return file + ":" + strconv.Itoa(line)
}

// errWire says that bytes are no fact of this version.
var errWire = errors.New("facts: damaged encoding")

// GobDecode reads what GobEncode wrote.
func (f *Fact) GobDecode(data []byte) error {
	d := &decoder{rest: data}
	for range d.count() {
		d.strings = append(d.strings, d.bytes(d.num()))
	}
	flags := d.num()
	f.Known, f.Spawns, f.NeverReturns = flags&flagKnown != 0, flags&flagSpawns != 0, flags&flagNeverReturns != 0
	f.Promise, f.DeadCtx = Promise(d.num()), uint32(d.num())
	for range d.count() {
		param, use := d.num(), d.num()
		f.Chans = append(f.Chans, ChanUse{param, use&flagSends != 0, use&flagRecvs != 0, use&flagCloses != 0})
	}
	d.locks(f)
	for range d.count() {
		f.Waits = append(f.Waits, d.wait())
	}
	if d.bad || len(d.rest) > 0 || !f.isSane() {
		return errWire
	}
	return nil
}

// isSane reports whether every enumerated value is one this version knows.
func (f *Fact) isSane() bool {
	for _, w := range f.Waits {
		if w.Kind > op.Stated || w.Bound > op.NeverReturns || w.Tier > op.TierQuick {
			return false
		}
	}
	for _, u := range f.Locks {
		if u.Deed > LockLent {
			return false
		}
	}
	return f.Promise <= PromiseBlocking
}

// decoder reads numbers and strings until something is wrong.
type decoder struct {
	rest    []byte
	strings []string
	bad     bool
}

// num reads a number.
func (d *decoder) num() int {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.bad, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return int(v)
}

// count reads a number of things, each of which takes a byte at least.
func (d *decoder) count() int {
	n := d.num()
	if n < 0 || n > len(d.rest) {
		d.bad = true
		return 0
	}
	return n
}

// bytes reads n bytes as they are.
func (d *decoder) bytes(n int) string {
	if n < 0 || n > len(d.rest) {
		d.bad = true
		return ""
	}
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}

// str reads a string's number and returns the string.
func (d *decoder) str() string {
	i := d.num()
	if i < 0 || i >= len(d.strings) {
		d.bad = true
		return ""
	}
	return d.strings[i]
}

// step is the inverse of encoder.step.
func (d *decoder) step() Step {
	name := symbol.Name{Pkg: d.str(), Recv: d.str(), Func: d.str()}
	file := d.str()
	line := d.num()
	return Step{name, joinAt(file, line>>1), line&1 != 0}
}

// wait reads one wait.
func (d *decoder) wait() Wait {
	w := Wait{Effect: op.Effect{Kind: op.Kind(d.num()), Bound: op.Bound(d.num()), Tier: op.Tier(d.num())}}
	dur := d.num()
	w.Dur, w.AtMost, w.Always, w.Bare, w.Ctx = time.Duration(dur>>3), dur&4 != 0, dur&2 != 0, dur&1 != 0, d.num()
	s := d.step()
	w.Via, w.At = s.Name, s.At
	for range d.count() {
		w.Then = append(w.Then, d.step())
	}
	return w
}
