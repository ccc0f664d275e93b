package model

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/facts"
)

// std is shared by all tests: reading the standard library's source is slow.
var (
	fset = token.NewFileSet()
	std  = importer.ForCompiler(fset, "source", nil)
)

// load models one file of source, package clause and imports added.
func load(t *testing.T, src string) *Package {
	t.Helper()
	head := "package p\n"
	for _, path := range []string{"context", "net/http", "os", "sync", "time"} {
		base := path[strings.LastIndexByte(path, '/')+1:]
		if strings.Contains(src, base+".") {
			head += fmt.Sprintf("import %q\n", path)
		}
	}
	file, err := parser.ParseFile(fset, t.Name()+".go", head+src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	pkg, err := (&types.Config{Importer: std}).Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{
		Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info, ResultOf: map[*analysis.Analyzer]any{},
		ImportObjectFact: func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact: func(types.Object, analysis.Fact) {},
		AllObjectFacts:   func() []analysis.ObjectFact { return nil },
	}
	for _, a := range []*analysis.Analyzer{directive.Analyzer, facts.Analyzer, Analyzer} {
		if pass.ResultOf[a], err = a.Run(pass); err != nil {
			t.Fatal(err)
		}
	}
	return pass.ResultOf[Analyzer].(*Package)
}

func (p *Package) named(t *testing.T, name string) *Func {
	t.Helper()
	for _, f := range p.Funcs {
		if f.Obj != nil && f.Obj.Name() == name {
			return f
		}
	}
	t.Fatalf("no function %s", name)
	return nil
}

func TestPackageWithoutConcurrencyIsSkipped(t *testing.T) {
	if p := load(t, `func f(a, b int) int { return a + b }`); len(p.Funcs) != 0 {
		t.Errorf("modelled %d functions of a package without concurrency", len(p.Funcs))
	}
}

func TestChanClasses(t *testing.T) {
	p := load(t, `
type s struct { in chan int; done chan struct{}; Out chan int; sem chan struct{} }
func newS(n int) *s { return &s{in: make(chan int), done: make(chan struct{}), Out: make(chan int, n), sem: make(chan struct{}, 4)} }
func (x *s) run() { for { select { case v := <-x.in: x.sem <- struct{}{}; _ = v; <-x.sem; case <-x.done: return } } }
func (x *s) put(v int) { x.in <- v }
func (x *s) stop() { close(x.done) }
func local() {
	c := make(chan int, 2)
	go func() { c <- 1 }()
	help(c)
}
func help(c <-chan int) { <-c }
func Exported(c chan int) { c <- 1 }
`)
	chanOf := func(name string) *Chan {
		for _, c := range p.Chans {
			for _, v := range c.Vars {
				if v.Name() == name {
					return c
				}
			}
		}
		t.Fatalf("no class of %s", name)
		return nil
	}
	in := chanOf("in")
	if !in.IsClosedWorld() || !in.IsUnbuffered() || len(in.Sends) != 1 || len(in.Cases) != 1 {
		t.Errorf("in: %+v", in)
	}
	if done := chanOf("done"); len(done.Closes) != 1 || !done.IsSignal() || done.Cases[0].Kind != Stop {
		t.Errorf("done: %+v", done)
	}
	if out := chanOf("Out"); !out.In || !out.Out || out.MaxCap() != -1 {
		t.Errorf("Out: %+v", out)
	}
	if sem := chanOf("sem"); !sem.IsSemaphore() {
		t.Errorf("sem: %+v", sem)
	}
	var local *Chan
	for _, c := range p.Chans {
		if c.MaxCap() == 2 {
			local = c
		}
	}
	if local == nil || !local.IsClosedWorld() || len(local.Sends) != 1 || len(local.Recvs) != 1 {
		t.Errorf("local: %+v", local)
	}
	for _, c := range p.Chans {
		for _, v := range c.Vars {
			if v.Name() == "c" && len(c.Makes) == 0 && !c.In {
				t.Errorf("the parameter of an exported function is closed: %+v", c)
			}
		}
	}
}

func TestCaseKinds(t *testing.T) {
	p := load(t, `
type T struct { stopc chan uint64; work chan int; tick *time.Ticker; timer *time.Timer; ctx context.Context }
func (t *T) Stopped() <-chan struct{} { return nil }
func f(ctx context.Context, t *T, sig chan os.Signal, after <-chan time.Time, ready <-chan struct{}) {
	sub := ctx.Done()
	select {
	case <-ctx.Done():
	case <-sub:
	case <-t.ctx.Done():
	case <-t.stopc:
	case <-t.Stopped():
	case <-sig:
	case <-ready:
	case <-t.work:
	case t.work <- 1:
	case <-t.tick.C:
	case <-t.timer.C:
	case <-time.After(1):
	case <-after:
	}
}`)
	want := []CaseKind{Stop, Stop, Stop, Stop, Stop, Stop, Stop, Work, Work, Ticker, Timer, Timer, Timer}
	var got []CaseKind
	for _, k := range p.named(t, "f").Selects[0].Cases {
		got = append(got, k.Kind)
	}
	if !slices.Equal(got, want) {
		t.Errorf("kinds %v, want %v", got, want)
	}
}

func TestLeaving(t *testing.T) {
	p := load(t, `
func stays(done chan struct{}, in chan int) { for { select { case <-done: break; case v := <-in: _ = v } } }
func leaves(done chan struct{}, in chan int) { for { select { case <-done: return; case v := <-in: _ = v } } }
func labelled(done chan struct{}, in chan int) {
loop:
	for { select { case <-done: break loop; case v := <-in: _ = v } }
	println()
}
func condition(done chan struct{}, in chan int, ok func() bool) { for ok() { select { case <-done: case <-in: } } }
func once(done chan struct{}, in chan int) { select { case <-done: case <-in: } }
`)
	for name, want := range map[string][2]bool{"stays": {true, false}, "leaves": {false, true}, "labelled": {false, true}, "condition": {true, true}, "once": {false, true}} {
		k := p.named(t, name).Selects[0].Cases[0]
		if got := [2]bool{k.MayStay(), k.MayLeave()}; got != want {
			t.Errorf("%s: may stay, may leave = %v, want %v", name, got, want)
		}
	}
}

func TestSpawns(t *testing.T) {
	p := load(t, `
type T struct{ wg sync.WaitGroup }
func (t *T) loop() {}
func plain() {}
func (t *T) start(f func()) { t.wg.Add(1); go func() { defer t.wg.Done(); f() }() }
func f(t *T, g func()) {
	go plain()
	go t.loop()
	go func() {}()
	run := func() {}
	go run()
	t.wg.Go(t.loop)
	time.AfterFunc(1, func() {})
	t.start(func() { plain() })
	go g()
	for range 3 { go plain() }
}`)
	type spawn struct {
		kind SpawnKind
		body string
		loop bool
	}
	want := []spawn{{GoStmt, "plain", false}, {GoStmt, "T.loop", false}, {GoStmt, "the function literal in f", false}, {GoStmt, "the function literal in f", false},
		{GoStmt, "", false}, {GoStmt, "plain", true}, {ByGroup, "T.loop", false}, {AfterFunc, "the function literal in f", false}, {ByWrapper, "the function literal in f", false}}
	var got []spawn
	for _, s := range p.named(t, "f").Spawns {
		body := ""
		if s.Body != nil {
			body = s.Body.Name()
		}
		got = append(got, spawn{s.Kind, body, s.Loop != nil})
	}
	if !slices.Equal(got, want) {
		t.Errorf("spawns\n%v, want\n%v", got, want)
	}
}

func TestPlacesAcrossClosures(t *testing.T) {
	p := load(t, `
type T struct { mu sync.Mutex; inner struct{ mu sync.RWMutex }; all []sync.Mutex }
func (t *T) f() {
	t.mu.Lock()
	func() { t.mu.Unlock() }()
	u := t
	defer func() { u.mu.Lock() }()
	t.inner.mu.RLock()
	t.all[0].Lock()
	unlock := t.mu.Unlock
	unlock()
}`)
	var got []string
	places := map[Place]int{}
	for _, f := range p.Funcs {
		for _, o := range f.Ops {
			got = append(got, o.Place.String())
			places[o.Place]++
		}
	}
	want := []string{"t.mu", "t.inner.mu", "it", "t.mu", "t.mu", "t.mu"}
	if !slices.Equal(got, want) {
		t.Errorf("places %v, want %v", got, want)
	}
	if n := places[p.named(t, "f").Ops[0].Place]; n != 4 {
		t.Errorf("%d operations on t.mu, want 4", n)
	}
}

func TestGroups(t *testing.T) {
	p := load(t, `
type T struct { wg sync.WaitGroup }
func (t *T) start() { t.wg.Add(1); go func() { defer t.wg.Done() }() }
func (t *T) close() { t.wg.Wait() }
func local() {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(&wg)
	wg.Wait()
}
func worker(wg *sync.WaitGroup) { defer wg.Done() }
`)
	if len(p.Groups) != 2 {
		t.Fatalf("%d groups, want 2", len(p.Groups))
	}
	for _, g := range p.Groups {
		if len(g.Adds) != 1 || len(g.Dones) != 1 || len(g.Waits) != 1 || g.In || g.Out {
			t.Errorf("group %+v", g)
		}
	}
}

func TestLoops(t *testing.T) {
	p := load(t, `
func f(xs []int, c chan int, seq func(func(int) bool), n int) {
	for { for range xs { _ = n } }
	for n > 0 { n-- }
	for i := 0; i < n; i++ { func() { for range 3 {} }() }
	for range c {}
	for x := range seq { go println(x) }
	for range n {}
}`)
	var got []LoopKind
	for _, l := range p.named(t, "f").Loops {
		got = append(got, l.Kind)
	}
	if want := []LoopKind{Endless, RangeSet, While, Counted, RangeChan, RangeFunc, Counted}; !slices.Equal(got, want) {
		t.Errorf("loops %v, want %v", got, want)
	}
}

func TestContexts(t *testing.T) {
	p := load(t, `
type T struct { ctx context.Context; quit chan struct{}; in chan int }
func (t *T) f(ctx context.Context, r *http.Request) { go func(inner context.Context, _ context.Context) { <-t.quit }(ctx, ctx) }
func (t *T) stop() { close(t.quit) }
`)
	lit := p.named(t, "f").Lits[0]
	var got []string
	for _, c := range lit.Contexts() {
		got = append(got, c.Expr())
	}
	for _, s := range lit.StopFields() {
		got = append(got, s.Done())
	}
	if want := []string{"inner", "ctx", "r.Context()", "t.ctx.Done()", "t.quit"}; !slices.Equal(got, want) {
		t.Errorf("contexts %v, want %v", got, want)
	}
}

// TestStopVars finds what a function could listen to besides contexts.
func TestStopVars(t *testing.T) {
	p := load(t, `
type base struct { quit chan struct{}; sent chan<- struct{} }
type T struct { *base; done chan int }
func (t *T) f(stop <-chan struct{}, in chan struct{}) { func(exit chan struct{}) { <-exit }(nil) }
`)
	lit := p.named(t, "f").Lits[0]
	var got []string
	for _, v := range append(lit.StopFields(), lit.StopParams()...) {
		got = append(got, v.Done())
	}
	if want := []string{"t.quit", "exit", "stop"}; !slices.Equal(got, want) {
		t.Errorf("stop variables %v, want %v", got, want)
	}
}

// TestIsTestCode tells test support by its directory below the repository.
func TestIsTestCode(t *testing.T) {
	for module, want := range map[string]string{"m": "", "example.com/owner/repo": "", "example.com/owner/repo/tests/v3": "/repo/tests/v3"} {
		if got := nested(module); got != want {
			t.Errorf("nested(%q) = %q, want %q", module, got, want)
		}
	}
	for name, want := range map[string]bool{
		"testutil": true, "interop": true, "test": true, "Mocks": true, "lntest": true, "network-test": true, "examples": true,
		"latest": false, "attest": false, "contest": false, "testdata": false, "tester": false, "request": false,
	} {
		if isSupportName(name) != want {
			t.Errorf("isSupportName(%q) = %v", name, !want)
		}
	}
	for name, want := range map[string]bool{
		"mockbroker.go": true, "faker.go": true, "internal_workflow_testsuite.go": true, "client_mock.go": true,
		"test_utils.go": true, "stubborn.go": false, "hammock.go": false, "latest.go": false,
	} {
		if standInFile.MatchString(name) != want {
			t.Errorf("standInFile matches %q: %v", name, !want)
		}
	}
	for name, want := range map[string]bool{
		"mockBroker": true, "FakeClock": true, "newStub": true, "testEnvironment": true, "DummyStore": true, "mock": true,
		"stubborn": false, "hammock": false, "mocking": false, "Broker": false,
	} {
		if standInName.MatchString(name) != want {
			t.Errorf("standInName matches %q: %v", name, !want)
		}
	}
}

// TestMethodValues knows that a method used as a value has callers out of view.
func TestMethodValues(t *testing.T) {
	p := load(t, `
type T struct{}
func (t *T) bound() {}
func (t *T) named() {}
func (t *T) called() {}
func f(t *T, keep func(...any)) { go keep(t.bound, (*T).named); t.called() }
`)
	for name, want := range map[string]bool{"bound": true, "named": true, "called": false} {
		if p.named(t, name).EscapesAsValue() != want {
			t.Errorf("%s escapes as a value: %v", name, !want)
		}
	}
}

// TestElements follows channels through local slices.
func TestElements(t *testing.T) {
	p := load(t, `
func keeps(n int) {
	var all []chan int
	for range n {
		c := make(chan int)
		all = append(all, c)
	}
	for _, c := range all[1:] { c <- 1 }
}
func hands(n int, to func([]chan int)) {
	all := []chan int{make(chan int)}
	to(all)
}
`)
	ch := p.ChanOf(p.named(t, "keeps").Ops[0].Value)
	if ch == nil || len(ch.Makes) != 1 || !ch.IsClosedWorld() {
		t.Errorf("the channel in the slice is %+v", ch)
	}
	for _, ch := range p.Chans {
		if ch.Makes[0].Func == p.named(t, "hands") && !ch.Out {
			t.Error("a channel in a slice that is handed out stays in view")
		}
	}
}
