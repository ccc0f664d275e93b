package facts

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// sample is a fact as a real program has them: long paths, a chain.
func sample() *Fact {
	const server = "github.com/nats-io/nats-server/v2/server"
	return &Fact{Summary{
		Known: true, Spawns: true, NeverReturns: true, DeadCtx: 1<<31 | 2, Promise: PromiseBlocking,
		Chans:  []ChanUse{{Param: 3, Sends: true, Closes: true}},
		Locks:  []LockUse{{LockRef{Path: "state.mu", Read: true}, LockKept, 0}, {LockRef{Of: 2}, LockTaken, onFlag(1, false)}, {LockRef{Path: "mu", Pkg: server}, LockGiven, 0}},
		Orders: []LockPair{{LockRef{Path: "mu"}, LockRef{Of: 1, Path: "Mutex", Read: true}}},
		Runs:   []FuncUse{{Param: 1, Under: []LockRef{{Path: "mu"}}}, {Param: 2}},
		Waits: []Wait{{
			Effect: op.Effect{Kind: op.Sleep, Bound: op.Context, Tier: op.TierSlow},
			Via:    symbol.Name{Pkg: server, Recv: "stream", Func: "processCatchupMsg"},
			At:     "stream.go:1234", Dur: 3 * time.Second, Bare: true, Ctx: 2,
			Then: []Step{
				{symbol.Name{Pkg: server, Recv: "stream", Func: "processCatchupMsg"}, "stream.go:2345", true},
				{symbol.Name{Pkg: "time", Func: "Sleep"}, "", false},
			},
		}},
	}}
}

func TestFactSurvivesEncoding(t *testing.T) {
	for _, f := range []*Fact{sample(), {}} {
		if got := decode(t, encode(t, f)); !reflect.DeepEqual(got, f) {
			t.Errorf("got  %+v\nwant %+v", got, f)
		}
	}
}

func TestFactIsEncodedTheSameTwice(t *testing.T) {
	if a, b := encode(t, sample()), encode(t, sample()); !bytes.Equal(a, b) {
		t.Errorf("%q\n%q", a, b)
	}
}

// TestFactIsSmall holds the byte budget of a function with a wait. The sample
// has more than most: two paths, a chain, and every flag.
func TestFactIsSmall(t *testing.T) {
	data, err := sample().GobEncode()
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 200 {
		t.Errorf("%d bytes, want at most 200", len(data))
	}
}

// TestDamagedFact cuts and flips a fact in every place: an error or a fact, but
// no panic and no value that this version does not know.
func TestDamagedFact(t *testing.T) {
	data, _ := sample().GobEncode()
	for i := range data {
		var f Fact
		if f.GobDecode(data[:i]) == nil {
			t.Errorf("cut at %d: no error", i)
		}
		flipped := bytes.Clone(data)
		flipped[i] ^= 0xff
		f = Fact{}
		if f.GobDecode(flipped) == nil {
			_ = f.String()
		}
	}
}

func FuzzDecode(f *testing.F) {
	data, _ := sample().GobEncode()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var fact Fact
		if fact.GobDecode(data) == nil {
			_ = fact.String()
		}
	})
}

// TestFactsOfAPackageAreTheSameTwice analyses one package twice.
func TestFactsOfAPackageAreTheSameTwice(t *testing.T) {
	src := prelude + `
type I interface {
	//asynclint:nonblocking
	A()
	//asynclint:nonblocking
	B()
}
func f(t *T) { g(t); <-t.ch; time.Sleep(time.Second) }
func g(t *T) { h(t); f(t); t.ch <- 1 }
func h(t *T) { g(t); f(t); for range t.ch {} }
func F(ctx context.Context, t *T) { h(t); t.wg.Wait(); http.Get("") }`
	var runs [2]map[string][]byte
	for i := range runs {
		p := newProgram(t)
		p.add("p", src)
		runs[i] = map[string][]byte{}
		for obj, data := range p.facts {
			runs[i][obj.Name()] = data
		}
	}
	if len(runs[0]) != 6 || !reflect.DeepEqual(runs[0], runs[1]) {
		t.Errorf("%d facts:\n%q\n%q", len(runs[0]), runs[0], runs[1])
	}
}

func TestNoFactForNothing(t *testing.T) {
	p := newProgram(t)
	p.add("p", "package p\nfunc F() int { return 1 }\nfunc G(s []int) { F() }\nfunc init() { select {} }\nfunc _() { select {} }\n")
	if len(p.facts) != 0 {
		t.Errorf("facts: %v", p.facts)
	}
}

// TestOnlyTheMainModuleIsRead: other modules are known by the tables, unless
// the settings ask for more.
func TestOnlyTheMainModuleIsRead(t *testing.T) {
	const src = "package p\nimport \"time\"\nfunc F(c chan int) { <-c }\nfunc G() { time.Sleep(1) }\n"
	for _, c := range []struct {
		module *analysis.Module
		facts  string
		want   int
	}{
		{nil, "module", 2},
		{&analysis.Module{Path: "m"}, "module", 2},
		{&analysis.Module{Path: "m", Version: "v1.2.3"}, "module", 0},
		{&analysis.Module{Path: "m", Version: "v1.2.3"}, "all", 2},
	} {
		s := config.Default()
		s.Facts = c.facts
		config.Use(s)
		p := newProgram(t)
		p.module = c.module
		ix := p.add("p", src)
		if len(p.facts) != c.want {
			t.Errorf("%+v, facts=%s: %d facts, want %d", c.module, c.facts, len(p.facts), c.want)
		}
		sleep := p.pkgs["p"].Imports()[0].Scope().Lookup("Sleep")
		if !ix.Of(asFunc(sleep)).Known {
			t.Errorf("%+v: the tables are silent on time.Sleep", c.module)
		}
	}
	config.Use(nil)
}

// TestStandardLibraryKeepsItsFacts: the tables know it, whatever drivers show.
func TestStandardLibraryKeepsItsFacts(t *testing.T) {
	const src = "func F(c chan int) { <-c }\n"
	for _, module := range []*analysis.Module{nil, {}} {
		for path, want := range map[string]int{"net/http": 0, "sync": 0, "command-line-arguments": 1, "m/sync": 1} {
			p := newProgram(t)
			p.module = module
			ix := p.add(path, "package p\n"+src)
			if len(p.facts) != want {
				t.Errorf("%s, module %v: %d facts, want %d", path, module, len(p.facts), want)
			}
			if got := show(ix.Of(p.fn(path, "F"))); got != "recv unbounded*, chan0:r" {
				t.Errorf("%s: its own passes see %q", path, got)
			}
		}
	}
}

func TestSettingsRows(t *testing.T) {
	s := config.Default()
	s.Blocking = []string{"(p.I).M | db", "p.G | none"}
	config.Use(s)
	defer config.Use(nil)
	check(t, []one{
		{"interface method", "type I interface{ M() }; func F(i I) { i.M() }", "db unbounded*"},
		{"a row beats the body", "func G(t *T) { <-t.ch }; func F(t *T) { G(t) }", ""},
	})
}
