package lockset

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/model"
)

// probes says which locks are held at each call of probe.
var probes = &analysis.Analyzer{
	Name:       "probes",
	Doc:        "say which locks are held at each call of probe",
	Requires:   []*analysis.Analyzer{model.Analyzer},
	ResultType: reflect.TypeFor[map[int]string](),
	Run: func(pass *analysis.Pass) (any, error) {
		p := pass.ResultOf[model.Analyzer].(*model.Package)
		ix := Of(p)
		at := map[int]string{}
		for _, f := range p.Funcs {
			for _, c := range f.Calls {
				if c.To.Name() == "probe" {
					at[pass.Fset.Position(c.Pos).Line] = spell(ix.HeldAt(f, c.Instr))
				}
			}
		}
		return at, nil
	},
}

// spell writes locks as the fixture does.
func spell(held []Held) string {
	var names []string
	for _, h := range held {
		if h.Mode == Read {
			h.Name += "(read)"
		}
		names = append(names, h.Name)
	}
	return strings.Join(names, ", ")
}

// What is held is what the fixture says at each probe.
func TestHeldAt(t *testing.T) {
	act := checktest.Analyze(t, probes, "lockset/held")[0]
	got := act.Result.(map[int]string)
	name := act.Package.GoFiles[0]
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	probed := 0
	for i, line := range strings.Split(string(source), "\n") {
		_, want, ok := strings.Cut(line, "probe() // held:")
		if !ok {
			continue
		}
		probed++
		held, reached := got[i+1]
		if want = strings.TrimSpace(want); !reached || held != want {
			t.Errorf("held.go:%d: held %q (reached: %t), want %q", i+1, held, reached, want)
		}
	}
	if probed == 0 || probed != len(got) {
		t.Errorf("%d probes in the source, %d in the result", probed, len(got))
	}
}

// allAtoms lists every single atom.
func allAtoms() []Atoms {
	var out []Atoms
	for s := range states {
		for p := range pendings {
			out = append(out, atom(s, p))
		}
	}
	return out
}

// Whatever happens to a lock, sets are treated member by member: an action is
// monotone, which the solver needs to come to an end.
func TestActionsAreMonotone(t *testing.T) {
	for _, act := range []action{doLock, doRLock, doUnlock, doDeferUnlock, doDeferLock, doExit} {
		for _, a := range allAtoms() {
			for _, b := range allAtoms() {
				if got, want := (a | b).do(act), a.do(act)|b.do(act); got != want {
					t.Errorf("action %d of %b|%b = %b, want %b", act, a, b, got, want)
				}
			}
		}
	}
}

// A callee that does nothing changes nothing, and one that unlocks and locks
// again leaves a held lock held.
func TestCompose(t *testing.T) {
	for _, a := range allAtoms() {
		if got := a.compose(entryOnly); got != a {
			t.Errorf("%b after a call without effect is %b", a, got)
		}
	}
	held := entryOnly.do(doLock)
	relock := entryOnly.do(doUnlock).do(doLock)
	if !held.compose(relock).IsHeld() {
		t.Error("a lock is lost by a callee that releases it for a while")
	}
	if held.compose(entryOnly.do(doUnlock)).IsHeld() {
		t.Error("a lock is held after a callee has released it")
	}
	if entryOnly.compose(anything).IsHeld() {
		t.Error("a lock is held after a callee that may have taken it")
	}
}

// A deferred Unlock keeps the lock to the end and releases it there.
func TestDefer(t *testing.T) {
	held := entryOnly.do(doLock).do(doDeferUnlock)
	if !held.IsHeld() || !held.WillUnlock() {
		t.Error("a lock with a deferred Unlock is not held")
	}
	if out := held.do(doExit); out.IsHeld() || !out.MayBeFree() {
		t.Errorf("at the end the lock is %b", out)
	}
}

// Joining facts is commutative and idempotent.
func TestJoinLaws(t *testing.T) {
	facts := []Fact{
		untouched(),
		{Atoms: entryOnly.do(doLock), Pos: 7, First: true, FirstPos: 7},
		{Atoms: entryOnly.do(doRLock), Pos: 3, First: true, FirstRead: true, FirstPos: 3},
		{Atoms: anything},
		{Atoms: entryOnly.do(doUnlock), Assumed: true, Pos: 9},
	}
	for _, a := range facts {
		if join(a, a) != a {
			t.Errorf("join of %v with itself is %v", a, join(a, a))
		}
		for _, b := range facts {
			if join(a, b) != join(b, a) {
				t.Errorf("join(%v, %v) depends on the order", a, b)
			}
			for _, c := range facts {
				if l, r := join(join(a, b), c), join(a, join(b, c)); l != r {
					t.Errorf("join of %v, %v, %v depends on the grouping", a, b, c)
				}
			}
		}
	}
}
