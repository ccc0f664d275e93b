package verify

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/asynclint/asynclint/internal/config"
)

// This file compares the checker with an interpreter that shares nothing with
// it: random programs in a tiny language are run through every interleaving by
// brute force, and rendered as Go for the checker. Both must name the same
// lines at which goroutines hang in the end.

// verb is what a statement of the tiny language does.
type verb int

const (
	vSend verb = iota
	vRecv
	vClose
	vSelect
	vIf
	vLoop
	vReturn
	vLock
	vUnlock
	vDone
	vWait
	vTry
	vCondWait
	vSignal
	vBroadcast
	vRLock
	vRUnlock
	vWLock
	vWUnlock
)

// stmt is one statement; its line is known once it is rendered.
type stmt struct {
	verb   verb
	on     int // channel, or condition of an if
	send   bool
	other  int // second channel of a select
	other2 bool
	defolt bool
	body   []*stmt
	line   int
	skip   int // of a TryLock: how many operations it guards
}

// program has goroutine 0 as root; the others start at its beginning.
type program struct {
	caps  [3]int // of the channels; the last is only closed and received from
	add   int
	procs [][]*stmt
}

// generate makes a program. The last channel is closed at most once, nobody
// sends on it, and unlocks follow their lock, so that no program panics.
func generate(r *rand.Rand) *program {
	p := &program{caps: [3]int{r.IntN(2), r.IntN(3), 0}}
	closes := 1
	if r.IntN(5) == 0 {
		return readersAndWriters(r)
	}
	if r.IntN(3) > 0 {
		root := block(r, p, 2+r.IntN(3), 2, &closes)
		p.procs = [][]*stmt{root, mirror(r, root)}
		p.add = dones(root) + dones(p.procs[1]) // never below zero
		return p
	}
	for range 2 + r.IntN(2) {
		p.procs = append(p.procs, block(r, p, 2+r.IntN(3), 2, &closes))
	}
	p.add += r.IntN(2)
	return p
}

// readersAndWriters makes a program of three goroutines that each take a lock once,
// around or in front of one more operation.
func readersAndWriters(r *rand.Rand) *program {
	p := &program{}
	for range 3 {
		lock := vRLock + 2*verb(r.IntN(2))
		body := []*stmt{{verb: lock}, {verb: lock + 1}}
		inner := []*stmt{{verb: vSend + verb(r.IntN(2))}}
		if r.IntN(3) == 0 {
			inner = []*stmt{{verb: vRLock}, {verb: vRUnlock}}
		}
		at := 1 + r.IntN(2)
		p.procs = append(p.procs, slices.Insert(body, at, inner...))
	}
	return p
}

func block(r *rand.Rand, p *program, n, depth int, closes *int) (out []*stmt) {
	for range n {
		s := &stmt{on: r.IntN(2)}
		switch k := r.IntN(20); {
		case k < 4:
			s.verb = vSend
		case k < 8:
			s.verb, s.on = vRecv, r.IntN(3)
		case k < 9 && *closes > 0 && depth == 2:
			s.verb, s.on, *closes = vClose, 2, 0
		case k < 11:
			s.verb, s.send, s.other, s.other2, s.defolt = vSelect, r.IntN(2) == 0, r.IntN(3), r.IntN(2) == 0, r.IntN(2) == 0
			s.other2 = s.other2 && s.other < 2
		case k < 12 && depth > 0:
			s.verb, s.body = vIf, block(r, p, 1+r.IntN(2), depth-1, closes)
		case k < 13 && depth > 0:
			s.verb, s.body = vLoop, block(r, p, 1, 0, closes)
		case k < 14:
			if depth < 2 && r.IntN(2) == 0 {
				s.verb = vReturn
				return append(out, s)
			}
			lock := [...]verb{vLock, vRLock, vRLock, vWLock}[r.IntN(4)]
			if depth < 2 {
				lock = vRLock + 2*verb(r.IntN(2))
			}
			out = append(out, &stmt{verb: lock})
			out = append(out, block(r, p, 1, depth-1, closes)...)
			s.verb = lock + 1
		case k < 15 && depth == 2:
			s.verb = vDone
			p.add++
		case k == 16 && depth > 0:
			s.verb, s.body = vTry, []*stmt{{verb: verb(r.IntN(2)), on: r.IntN(2)}}
		case k == 17:
			out = append(out, &stmt{verb: vLock}, &stmt{verb: vCondWait})
			s.verb = vUnlock
		case k >= 18:
			s.verb = vSignal + verb(r.IntN(2))
		default:
			s.verb = vWait
		}
		out = append(out, s)
		if (s.verb == vUnlock || s.verb == vRUnlock || s.verb == vWUnlock) && out[len(out)-2].verb == vReturn {
			return out[:len(out)-1]
		}
	}
	return out
}

// dones counts how often a block calls Done if all its conditions hold.
func dones(b []*stmt) (n int) {
	for _, s := range b {
		switch s.verb {
		case vDone:
			n++
		case vIf:
			n += dones(s.body)
		case vLoop:
			n += 2 * dones(s.body)
		}
	}
	return n
}

// mirror returns what would serve a block: receives for its sends and so on,
// now and then with a statement missing.
func mirror(r *rand.Rand, b []*stmt) (out []*stmt) {
	for _, s := range b {
		if r.IntN(8) == 0 {
			continue
		}
		m := *s
		switch {
		case s.verb == vClose || s.verb == vRecv && s.on == 2:
			continue
		case s.verb == vSend:
			m.verb = vRecv
		case s.verb == vRecv:
			m.verb = vSend
		case s.verb == vWait:
			m.verb = vDone
		case s.verb == vDone:
			m.verb = vWait
		case s.verb == vCondWait:
			m.verb = vSignal + verb(r.IntN(2))
		case s.verb == vSelect:
			m.send, m.other2 = !s.send, !s.other2 && s.other < 2
		}
		m.body = mirror(r, s.body)
		out = append(out, &m)
	}
	return out
}

// printer renders programs as Go.
type printer struct {
	strings.Builder
	line int
}

func (w *printer) put(format string, args ...any) int {
	fmt.Fprintf(w, format+"\n", args...)
	w.line++
	return w.line
}

func (w *printer) program(name string, p *program) {
	w.put("func %s(b0, b1 bool) {", name)
	for i, c := range p.caps {
		w.put("c%d := make(chan int, %d); _ = c%d", i, c, i)
	}
	w.put("var mu sync.Mutex; _ = &mu")
	w.put("var rw sync.RWMutex; _ = &rw")
	w.put("cond := sync.NewCond(&mu); _ = cond")
	w.put("var wg sync.WaitGroup; _ = &wg")
	w.put("wg.Add(%d)", p.add)
	for _, proc := range p.procs[1:] {
		w.put("go func() {")
		w.block(proc)
		w.put("}()")
	}
	w.block(p.procs[0])
	w.put("}")
}

func (w *printer) block(b []*stmt) {
	for _, s := range b {
		switch s.verb {
		case vSend:
			s.line = w.put("c%d <- 1", s.on)
		case vRecv:
			s.line = w.put("<-c%d", s.on)
		case vClose:
			s.line = w.put("close(c%d)", s.on)
		case vSelect:
			s.line = w.put("select {")
			w.put("case %s:", comm(s.on, s.send))
			w.put("case %s:", comm(s.other, s.other2))
			if s.defolt {
				w.put("default:")
			}
			w.put("}")
		case vIf:
			w.put("if b%d {", s.on)
			w.block(s.body)
			w.put("}")
		case vLoop:
			w.put("for range 2 {")
			w.block(s.body)
			w.put("}")
		case vReturn:
			w.put("return")
		case vTry:
			s.line = w.put("if mu.TryLock() {")
			w.block(s.body)
			w.put("mu.Unlock()")
			w.put("}")
		default:
			s.line = w.put("%s", map[verb]string{vLock: "mu.Lock()", vUnlock: "mu.Unlock()", vDone: "wg.Done()", vWait: "wg.Wait()",
				vRLock: "rw.RLock()", vRUnlock: "rw.RUnlock()", vWLock: "rw.Lock()", vWUnlock: "rw.Unlock()",
				vCondWait: "cond.Wait()", vSignal: "cond.Signal()", vBroadcast: "cond.Broadcast()"}[s.verb])
		}
	}
}

func comm(c int, send bool) string {
	if send {
		return fmt.Sprintf("c%d <- 1", c)
	}
	return fmt.Sprintf("<-c%d", c)
}

// TestRandom compares both on many programs.
func TestRandom(t *testing.T) {
	const programs = 400
	r := rand.New(rand.NewPCG(1, 2))
	w := &printer{}
	w.put("package gen")
	w.put("import \"sync\"")
	var all []*program
	for i := range programs {
		p := generate(r)
		w.program(fmt.Sprintf("p%d", i), p)
		all = append(all, p)
	}
	got := engineHangs(t, w.String())
	stuck := 0
	for i, p := range all {
		want := slices.Sorted(maps.Keys(hangs(p)))
		have := slices.Sorted(maps.Keys(got[fmt.Sprintf("p%d", i)]))
		if !slices.Equal(want, have) {
			x := &printer{}
			x.program("f", p)
			t.Errorf("p%d: brute force hangs at %v, the checker says %v\n%s", i, want, have, lines(w.String(), fmt.Sprintf("func p%d(", i)))
		}
		if len(want) > 0 {
			stuck++
		}
	}
	if stuck < programs/10 || stuck > programs*19/20 {
		t.Errorf("%d of %d programs hang: not much of a test", stuck, programs)
	}
}

// lines returns the source of one function with line numbers.
func lines(src, start string) string {
	var b strings.Builder
	in := false
	for n, l := range strings.Split(src, "\n") {
		in = in || strings.HasPrefix(l, start)
		if in {
			fmt.Fprintf(&b, "%d\t%s\n", n+1, l)
		}
		if in && l == "}" {
			break
		}
	}
	return b.String()
}

// engineHangs runs the checker on a source file and returns, by function, the
// lines of all goroutines that it finds stuck, causes and consequences alike.
func engineHangs(t *testing.T, src string) map[string]map[int]bool {
	t.Helper()
	p := load(t, src)
	c := newChecker(p, config.Default().MaxStates, false)
	out := make(map[string]map[int]bool)
	for _, f := range p.Funcs {
		if f.Obj == nil {
			continue
		}
		s := c.explore(f, c.codeOf(f.SSA))
		if s.over {
			t.Errorf("%s: given up after %d states", f.Obj.Name(), len(s.seen))
		}
		at := make(map[int]bool)
		for _, proof := range s.found {
			for _, i := range proof.stuck {
				at[s.line(proof.st.gs[i].op().Pos)] = true
			}
		}
		out[f.Obj.Name()] = at
	}
	return out
}
