package facts

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/asynclint/asynclint/internal/op"
)

// one is a function f and what its summary says.
type one struct{ name, src, want string }

// prelude is put before the text of every case. F's summary is what is tested.
const prelude = `package p
import (
	"bufio"; "bytes"; "context"; "io"; "log"; "net"; "net/http"; "os"; "os/exec"; "os/signal"; "slices"; "sync"; "time"
)
var (
	_ = bufio.NewReader; _ = bytes.NewReader; _ context.Context; _ io.Reader; _ = log.Fatal; _ net.Conn; _ http.Client
	_ = os.Exit; _ exec.Cmd; _ = signal.Notify; _ = slices.Sort[[]int]; _ sync.Mutex; _ time.Time
)
type T struct { ch chan int; done chan struct{}; data chan struct{}; wg sync.WaitGroup; client *http.Client; once sync.Once }
func (t *T) close() { close(t.data) }
`

func check(t *testing.T, cases []one) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newProgram(t)
			ix := p.add("p", prelude+c.src)
			if got := show(ix.Of(p.fn("p", "F"))); got != c.want {
				t.Errorf("%s\n got %q\nwant %q", c.src, got, c.want)
			}
		})
	}
}

func TestChannelOperations(t *testing.T) {
	check(t, []one{
		{"send", `func F(c chan int) { c <- 1 }`, "send unbounded*, chan0:s"},
		{"receive", `func F(c chan int) { <-c }`, "recv unbounded*, chan0:r"},
		{"range", `func F(c chan int) { for range c {} }`, "range unbounded*, chan0:r"},
		{"close", `func F(c chan int) { close(c) }`, "chan0:c"},
		{"select", `func F(a, b chan int) { select { case <-a: case b <- 1: } }`, "select unbounded*, chan0:r, chan1:s"},
		{"select with default", `func F(a chan int) { select { case <-a: default: } }`, "chan0:r"},
		{"empty select", `func F() { select {} }`, "select never returns*, noreturn"},
		{"operand of a case waits first", `func F(a, b chan int) { select { case a <- <-b: default: } }`, "recv unbounded*, chan0:s, chan1:r"},
		{"context ends select", `func F(ctx context.Context, a chan int) { select { case <-a: case <-ctx.Done(): } }`, "select context#0, chan1:r"},
		{"context in a variable", `func F(ctx context.Context, a chan int) { d := ctx.Done(); select { case <-a: case <-d: } }`, "select context#0, chan1:r"},
		{"background ends nothing", `func F(a chan int) { ctx := context.Background(); select { case <-a: case <-ctx.Done(): } }`, "select unbounded*, chan0:r"},
		{"request's context", `func F(r *http.Request, a chan int) { select { case <-a: case <-r.Context().Done(): } }`, "select context, chan1:r"},
		{"timer ends select", `func F(a chan int) { select { case <-a: case <-time.After(time.Second): } }`, "select timeout, chan0:r"},
		{"timer in endless loop", `func F(a chan int) { for { select { case <-a: return; case <-time.After(time.Second): } } }`, "select unknown, chan0:r"},
		{"timer leaves endless loop", `func F(a chan int) { for { select { case <-a: case <-time.After(time.Second): return } } }`, "select timeout, chan0:r"},
		{"stop by name", `func F(t *T) { select { case <-t.ch: case <-t.done: } }`, "select context"},
		{"stop by close", `func F(t *T) { select { case <-t.ch: case <-t.data: } }`, "select context"},
		{"signal", `func F(t *T) { c := make(chan os.Signal, 1); signal.Notify(c); select { case <-t.ch: case <-c: } }`, "select context"},
		{"wait for context", `func F(ctx context.Context) { <-ctx.Done() }`, "recv context#0"},
		{"wait for nil done", `func F() { <-context.Background().Done() }`, "recv unbounded*"},
		{"receive from timer", `func F() { <-time.After(3 * time.Second) }`, "sleep timeout 3s"},
		{"receive from ticker", `func F(t *time.Ticker) { <-t.C }`, "sleep timeout"},
		{"room for all", `func F() chan int { c := make(chan int, 2); c <- 1; c <- 2; return c }`, ""},
		{"too little room", `func F() { c := make(chan int, 1); c <- 1; c <- 2 }`, "send unbounded*"},
		{"no room in a loop", `func F() { c := make(chan int, 1); for range 3 { c <- 1 } }`, "send unbounded*"},
		{"room of unknown size", `func F(n int) { c := make(chan int, n); for range n { c <- 1 } }`, "send unknown"},
		{"others may fill it", `func g(chan int); func F() { c := make(chan int, 1); g(c); c <- 1 }`, "send unbounded*"},
		{"semaphore in a field", `type S struct{ sem chan struct{} }; func N() *S { return &S{sem: make(chan struct{}, 3)} }
			func (s *S) release() { <-s.sem }; func F(s *S) { s.sem <- struct{}{} }`, "send unknown"},
		{"semaphore in a variable", `var sem = make(chan struct{}, 3); func g() { sem <- struct{}{} }; func F() { g(); <-sem }`, "send unknown, recv unknown"},
		{"semaphore made and used in package-level code", `type S struct{ sem chan struct{} }; var s = S{sem: make(chan struct{}, 3)}
			var g = func() { s.sem <- struct{}{} }; func F() { <-s.sem }`, "recv unknown"},
		{"no semaphore: unbuffered", `var sem = make(chan struct{}); func g() { sem <- struct{}{} }; func F() { g(); <-sem }`, "send unbounded*, recv unbounded*"},
		{"no semaphore: closed", `var sem = make(chan struct{}, 1); func g() { sem <- struct{}{}; close(sem) }; func F() { <-sem }`, "recv unbounded*"},
		{"unbuffered", `func F() { c := make(chan int); c <- 1 }`, "send unbounded*"},
	})
}

func TestWhoseGoroutine(t *testing.T) {
	check(t, []one{
		{"literal not called", `func F(c chan int) func() { return func() { <-c } }`, "chan0:r"},
		{"literal called", `func F(t *T) { func() { <-t.ch }() }`, "recv unbounded*"},
		{"literal deferred", `func F(t *T) { defer func() { <-t.ch }() }`, "recv unbounded*"},
		{"deferred call", `func F(t *T) { defer t.wg.Wait() }`, "join unbounded*"},
		{"go literal", `func F(c chan int) { go func() { <-c }() }`, "chan0:r, spawns"},
		{"go function", `func g(c chan int) { <-c }; func F(c chan int) { go g(c) }`, "chan0:r, spawns"},
		{"operands of go are evaluated here", `func g(int) {}; func F(c chan int) { go g(<-c) }`, "recv unbounded*, chan0:r, spawns"},
		{"once", `func F(t *T) { t.once.Do(func() { <-t.ch }) }`, "recv unbounded*, join unbounded"},
		{"once with a method", `func (t *T) m() { <-t.ch }; func F(t *T) { t.once.Do(t.m) }`, "recv unbounded*, join unbounded"},
		{"slices", `func F(t *T, s []int) { slices.SortFunc(s, func(a, b int) int { return <-t.ch }) }`, "recv unbounded*"},
		{"function value", `func F(f func()) { f() }`, ""},
		{"literal called by name", `func F(t *T) { f := func() { <-t.ch }; f() }`, "recv unbounded*"},
		{"literal called by a literal called by name", `func F(t *T) { f := func() { <-t.ch }; g := func() { f() }; g() }`, "recv unbounded*"},
		{"literal that calls itself", `func F(t *T) { var f func(); f = func() { <-t.ch; f() }; f() }`, "recv unbounded*"},
		{"literal started by name", `func F(t *T) { f := func() { <-t.ch }; go f() }`, "spawns"},
		{"literal called in a goroutine", `func F(t *T) { f := func() { <-t.ch }; go func() { f() }() }`, "spawns"},
		{"literal that is replaced", `func F(t *T) { f := func() { <-t.ch }; f = func() {}; f() }`, ""},
		{"method value called by name", `func (t *T) m() { <-t.ch }; func F(t *T) { f := t.m; f() }`, "recv unbounded*"},
		{"method value that is replaced", `func (t *T) m() { <-t.ch }; func F(t *T, g func()) { f := t.m; f = g; f = t.m; g = f }`, ""},
		{"function called by name", `func F() { nap := time.Sleep; nap(time.Second) }`, "sleep unbounded 1s*"},
		{"function in a package-level variable", `var nap = time.Sleep; func F() { nap(time.Second) }`, ""},
	})
}

func TestCalls(t *testing.T) {
	check(t, []one{
		{"callee", `func g(t *T) { <-t.ch }; func F(t *T) { g(t) }`, "recv unbounded*"},
		{"method", `func (t *T) g() { <-t.ch }; func F(t *T) { t.g() }`, "recv unbounded*"},
		{"generic", `func g[E any](c chan E) { <-c }; func F(c chan int) { g(c) }`, "recv unbounded*, chan0:r"},
		{"recursion", `func g(t *T, n int) { F(t); <-t.ch }; func F(t *T) { g(t, 1); time.Sleep(time.Hour) }`, "recv unbounded*, sleep unbounded 1h0m0s*"},
		{"interface", `type I interface{ M() }; func F(i I) { i.M() }`, ""},
		{"interface with a row", `func F(c net.Conn) { c.Read(nil) }`, "net unbounded*"},
		{"context passed on", `func g(n int, ctx context.Context) { <-ctx.Done() }; func F(ctx context.Context) { g(1, ctx) }`, "recv context#0"},
		{"background passed", `func g(ctx context.Context) { <-ctx.Done() }; func F() { g(context.TODO()) }`, "recv unbounded*"},
		{"timeout passed", `func g(ctx context.Context) { <-ctx.Done() }
			func F() { ctx, cancel := context.WithTimeout(context.Background(), 1); defer cancel(); g(ctx) }`, "recv timeout"},
		{"timeout assigned", `func g(ctx context.Context) { <-ctx.Done() }
			func F(ctx context.Context) { ctx, cancel := context.WithTimeout(ctx, 1); defer cancel(); g(ctx) }`, "recv timeout"},
		{"timeout by default", `func g(ctx context.Context) { <-ctx.Done() }
			func F(ctx context.Context, b bool) { if b { ctx, _ = context.WithTimeout(ctx, 1) }; g(ctx) }`, "recv timeout"},
		{"value assigned", `func g(ctx context.Context) { <-ctx.Done() }
			func F(ctx context.Context) { ctx = context.WithValue(ctx, 1, 2); ctx = context.WithValue(ctx, 1, 2); g(ctx) }`, "recv context#0"},
		{"package-level background", `var bg = context.Background(); func g(ctx context.Context) { <-ctx.Done() }
			func F() { g(bg) }`, "recv unbounded*"},
		{"one of two", `func g(ctx context.Context) { <-ctx.Done() }
			func F(ctx context.Context) { if ctx == nil { ctx = context.Background() }; g(ctx) }`, "recv context"},
		{"cancel passed", `func g(ctx context.Context) { <-ctx.Done() }
			func F() { ctx, cancel := context.WithCancel(context.Background()); defer cancel(); g(ctx) }`, "recv context"},
		{"value passed", `func g(ctx context.Context) { <-ctx.Done() }; func F(ctx context.Context) { g(context.WithValue(ctx, 1, 2)) }`, "recv context#0"},
		{"background does not unbind a stop channel", `func g(ctx context.Context, t *T) { select { case <-t.ch: case <-t.done: } }; func F(t *T) { g(context.Background(), t) }`, "select context"},
		{"method expression", `func (t *T) g(ctx context.Context) { <-ctx.Done() }; func F(t *T) { (*T).g(t, context.Background()) }`, "recv unbounded*"},
		{"long sleep", `func F() { time.Sleep(time.Second) }`, "sleep unbounded 1s*"},
		{"short sleep", `func F() { time.Sleep(time.Millisecond) }`, "sleep timeout 1ms"},
		{"no sleep", `func F() { time.Sleep(0) }`, ""},
		{"sleep of unknown length", `func F(d time.Duration) { time.Sleep(d) }`, "sleep unbounded*"},
		{"sleep of limited length", `func F(d time.Duration) { if d > time.Second { d = time.Second }; time.Sleep(d) }`, "sleep unbounded 1s*"},
		{"sleep of short length", `const most = 20 * time.Millisecond; func F(d time.Duration) { time.Sleep(min(d, most)) }`, "sleep timeout 20ms"},
		{"sleep that grows", `func F() { d := time.Millisecond; for { d *= 2; time.Sleep(d) } }`, "sleep unbounded*, noreturn"},
		{"sleep counted up", `func F() { n := 1; for { n++; time.Sleep(time.Duration(n)) } }`, "sleep unbounded*, noreturn"},
		{"the longest of a kind", `func F() { time.Sleep(time.Millisecond); time.Sleep(time.Second); time.Sleep(2*time.Millisecond) }`, "sleep unbounded 1s*"},
	})
}

func TestSpawnsAndEnds(t *testing.T) {
	check(t, []one{
		{"joined", `func F() { var wg sync.WaitGroup; wg.Go(func() {}); wg.Wait() }`, "join unbounded*"},
		{"not joined", `func F(t *T) { t.wg.Go(func() {}) }`, "spawns"},
		{"joined by a channel", `func F() { d := make(chan int); go func() { d <- 1 }(); <-d }`, "recv unbounded*"},
		{"once joins nothing", `func F(t *T) { t.once.Do(func() {}); go func() {}() }`, "join unbounded, spawns"},
		{"callee spawns", `func g() { go func() {}() }; func F() { g() }`, "spawns"},
		{"callee joined", `func g() { var wg sync.WaitGroup; wg.Go(func() {}); wg.Wait() }; func F() { g(); go g() }`, "join unbounded*, spawns"},
		{"timer", `func F() { time.AfterFunc(1, func() {}) }`, "spawns"},
		{"spawned in a literal nobody calls", `func F() func() { return func() { go func() {}() } }`, ""},
		{"exit", `func F() { os.Exit(1) }`, "noreturn"},
		{"fatal in callee", `func g() { log.Fatal() }; func F() { g() }`, "log unbounded, noreturn"},
		{"panic", `func F() { panic(1) }`, "noreturn"},
		{"panic with recover", `func F() { defer func() { recover() }(); panic(1) }`, ""},
		{"exit or return", `func F(b bool) { if b { return }; os.Exit(1) }`, ""},
		{"exit on both paths", `func F(b bool) { if b { panic(1) } else { os.Exit(1) } }`, "noreturn"},
		{"endless loop", `func F() { for { func() { return }() } }`, "noreturn"},
		{"loop with break", `func F() { for { break } }`, ""},
		{"loop with inner break", `func F(n int) { for { switch n { case 1: break } } }`, "noreturn"},
		{"loop with labelled break", `func F(n int) { loop: for { switch n { case 1: break loop } } }`, ""},
	})
}

func TestDeadContexts(t *testing.T) {
	check(t, []one{
		{"unnamed", `func F(context.Context) {}`, "dead0"},
		{"blank", `func F(_ int, _ context.Context) {}`, "dead1"},
		{"never mentioned", `func F(ctx context.Context) {}`, "dead0"},
		{"only looked at", `func F(ctx context.Context) any { _ = ctx; if ctx.Err() != nil { return nil }; return ctx.Value(1) }`, "dead0"},
		{"passed to where it is dead", `func g(ctx context.Context) {}; func F(ctx context.Context) { g(ctx) }`, "dead0"},
		{"detached", `func F(ctx context.Context) { context.Cause(ctx) }`, "dead0"},
		{"waited for", `func F(ctx context.Context) { <-ctx.Done() }`, "recv context#0"},
		{"stored", `var x any; func F(ctx context.Context) { x = ctx }`, ""},
		{"passed to somebody", `func F(ctx context.Context, f func(context.Context)) { f(ctx) }`, ""},
		{"used in a literal", `func F(ctx context.Context) func() { return func() { <-ctx.Done() } }`, ""},
		{"shadowed", `func F(ctx context.Context) { { ctx := context.Background(); _ = ctx.Done() } }`, "dead0"},
	})
}

func TestChannelParameters(t *testing.T) {
	check(t, []one{
		{"by callee", `func g(n int, c chan int) { c <- n }; func F(c chan int) { g(1, c) }`, "send unbounded*, chan0:s"},
		{"by spawned callee", `func g(c chan int) { close(c) }; func F(a, c chan int) { go g(c) }`, "chan1:c, spawns"},
		{"all", `func F(c chan int) { c <- 1; <-c; close(c) }`, "send unbounded*, recv unbounded*, chan0:crs"},
		{"recursive", `func g(c chan int) { F(c) }; func F(c chan int) { g(c); close(c) }`, "chan0:c"},
	})
}

func TestDirectives(t *testing.T) {
	check(t, []one{
		{"nonblocking is trusted", "//asynclint:nonblocking\nfunc g(t *T) { <-t.ch }\nfunc F(t *T) { g(t) }", ""},
		{"blocking", "//asynclint:blocking\nfunc g() {}\nfunc F() { g() }", "stated unbounded*"},
		{"blocking adds nothing to a wait", "//asynclint:blocking\nfunc F(t *T) { <-t.ch }", "recv unbounded*"},
		{"interface method", "type I interface {\n\t//asynclint:blocking\n\tM()\n}\nfunc F(i I) { i.M() }", "stated unbounded*"},
	})
}

func TestPromiseIsInherited(t *testing.T) {
	p := newProgram(t)
	p.add("a", "package a\ntype I interface {\n\t//asynclint:nonblocking\n\tM()\n\tN()\n}")
	ix := p.add("b", "package b\nimport _ \"a\"\ntype J interface {\n\tO() //asynclint:nonblocking\n}\n"+
		"type T struct{ ch chan int }\nfunc (t *T) M() { <-t.ch }\nfunc (t *T) N() {}\nfunc (t T) O() {}\ntype U struct{}\nfunc (U) M() {}\n")
	for name, want := range map[string]Promise{"T.M": PromiseNonBlocking, "T.N": NoPromise, "T.O": PromiseNonBlocking, "U.M": NoPromise} {
		if got := ix.Promise(p.fn("b", name)); got != want {
			t.Errorf("%s: promise %d, want %d", name, got, want)
		}
	}
	if got := show(ix.Of(p.fn("b", "T.M"))); got != "recv unbounded*" {
		t.Errorf("an inherited promise hides what the body does: %q", got)
	}
}

// TestChain follows a chain over three packages and an unexported function.
func TestChain(t *testing.T) {
	p := newProgram(t)
	p.add("m/a", "package a\nimport \"time\"\n\nfunc Wait() {\n\twait()\n}\n\nfunc wait() { time.Sleep(time.Hour) }")
	p.add("m/b", "package b\nimport \"m/a\"\n\nfunc Load() { a.Wait() }")
	p.facts[p.fn("m/a", "wait")] = encode(t, &Fact{}) // drivers keep these two to themselves
	p.facts[p.fn("m/a", "Wait")] = encode(t, &Fact{})
	ix := p.add("m/c", "package c\nimport \"m/b\"\n\ntype T struct{}\n\nfunc (T) run() { step() }\n\nfunc step() { b.Load() }")
	var got []string
	run := ix.Of(p.fn("m/c", "T.run"))
	if len(run.Waits) != 1 {
		t.Fatalf("T.run: %s", show(run))
	}
	for _, s := range ix.Chain(p.fn("m/c", "T.run"), run.Waits[0].Kind) {
		got = append(got, s.Name.Short()+" "+s.At)
	}
	want := "c.T.run c.go:6, c.step c.go:8, b.Load b.go:4, a.Wait a.go:5, a.wait a.go:8, time.Sleep "
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %q\nwant %q", strings.Join(got, ", "), want)
	}
}

func TestChainOfRecursionEnds(t *testing.T) {
	p := newProgram(t)
	ix := p.add("p", "package p\nfunc F(c chan int) { G(c) }\nfunc G(c chan int) { H(c); F(c) }\nfunc H(c chan int) { G(c); <-c }")
	s := ix.Of(p.fn("p", "F"))
	steps := ix.Chain(p.fn("p", "F"), s.Waits[0].Kind)
	if last := steps[len(steps)-1]; last.Name.Func != "H" || last.At != "p.go:4" || len(steps) != 3 {
		t.Errorf("%v", steps)
	}
}

// TestCall asks about single call sites, by source line.
func TestCall(t *testing.T) {
	p := newProgram(t)
	ix := p.add("p", prelude+`
func g(ctx context.Context) { <-ctx.Done(); time.Sleep(time.Millisecond) }
func F(ctx context.Context, t *T) {
	g(ctx)
	g(context.Background())
	time.Sleep(time.Second)
	go func() { r, _ := http.NewRequestWithContext(ctx, "", "", nil); t.client.Do(r) }()
}`)
	var got []string
	ast.Inspect(p.files["p"][0].Decls[len(p.files["p"][0].Decls)-1], func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if w, ok := ix.Call(call); ok {
				got = append(got, w.Via.Short()+": "+showWait(w))
			}
		}
		return true
	})
	want := "p.g: recv context#0|p.g: recv unbounded*|time.Sleep: sleep unbounded 1s*|http.Client.Do: net context#0"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %q\nwant %q", strings.Join(got, "|"), want)
	}
}

// TestIndexIsShared asks from many goroutines at once, as drivers do.
func TestIndexIsShared(t *testing.T) {
	p := newProgram(t)
	p.add("a", "package a\nfunc G(c chan int) { <-c }\ntype I interface {\n\t//asynclint:nonblocking\n\tM()\n}")
	ix := p.add("p", "package p\nimport \"a\"\ntype T struct{}\nfunc (T) M() {}\nfunc F(c chan int) { a.G(c); F(c) }")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			ast.Inspect(p.files["p"][0], func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					ix.Call(call)
				}
				return true
			})
			ix.Promise(p.fn("p", "T.M"))
			ix.Of(p.fn("a", "G"))
			ix.Chain(p.fn("p", "F"), op.Recv)
		})
	}
	wg.Wait()
	if got := show(ix.Of(p.fn("p", "F"))); got != "recv unbounded*, chan0:r" {
		t.Errorf("F: %q", got)
	}
}

// What a method always does to the locks of its receiver.
func TestLocks(t *testing.T) {
	const head = "package p\nimport \"sync\"\ntype S struct { mu sync.Mutex; rw sync.RWMutex; in struct{ mu sync.Mutex }; ptr *S; n int }\n" +
		"func (s *S) Enter() { s.mu.Lock() }\nfunc (s *S) Leave() { s.mu.Unlock() }\n" +
		"func (s *S) deep() func() { s.deeper(); return nil }\nfunc (s *S) deeper() { s.rw.RLock(); defer s.rw.RUnlock(); s.n++ }\n" +
		"func (s *S) ask(first bool) { if first { s.mu.Lock(); defer s.mu.Unlock() }; s.other(first) }\n" +
		"func (s *S) other(no bool) { if !no { s.in.mu.Lock(); s.in.mu.Unlock() } }\n" +
		"var gate sync.Mutex\nvar all S\nvar one = &S{}\n"
	for _, c := range []struct {
		name, body string
		want       []LockUse
	}{
		{"deferred", `s.mu.Lock(); defer s.mu.Unlock()`, []LockUse{{LockRef{0, "mu", false, ""}, LockTaken, 0}}},
		{"read", `s.rw.RLock(); s.n++; s.rw.RUnlock()`, []LockUse{{LockRef{0, "rw", true, ""}, LockTaken, 0}}},
		{"two", `s.mu.Lock(); s.in.mu.Lock(); s.in.mu.Unlock(); s.mu.Unlock()`, []LockUse{{LockRef{0, "mu", false, ""}, LockTaken, 0}, {LockRef{0, "in.mu", false, ""}, LockTaken, 0}}},
		{"kept", `s.mu.Lock(); s.n++`, []LockUse{{LockRef{0, "mu", false, ""}, LockKept, 0}}},
		{"given", `s.n++; s.mu.Unlock()`, []LockUse{{LockRef{0, "mu", false, ""}, LockGiven, 0}}},
		{"swapped", `s.mu.Unlock(); s.n++; s.mu.Lock()`, []LockUse{{LockRef{0, "mu", false, ""}, LockGiven, 0}}},
		{"through methods", `s.Enter(); defer s.Leave()`, []LockUse{{LockRef{0, "mu", false, ""}, LockTaken, 0}}},
		{"in a literal", `s.mu.Lock(); func() { s.mu.Unlock() }()`, []LockUse{{LockRef{0, "mu", false, ""}, LockTaken, 0}}},
		{"lent", `s.rw.RLock(); s.n++; return s.rw.RUnlock`, []LockUse{{LockRef{0, "rw", true, ""}, LockLent, 0}}},
		{"lent in a literal", `s.mu.Lock(); return func() { s.mu.Unlock() }`, []LockUse{{LockRef{0, "mu", false, ""}, LockLent, 0}}},
		{"not always lent", `s.mu.Lock(); if s.n > 0 { s.mu.Unlock(); return nil }; return s.mu.Unlock`, []LockUse{{LockRef{0, "mu", false, ""}, LockTaken, 0}}},
		{"deep", `return s.deep()`, []LockUse{{LockRef{0, "rw", true, ""}, LockTaken, 0}}},
		{"deep on one path", `if s.n > 0 && s.deep() == nil { s.n++ }`, nil},
		{"deep in a condition", `if s.deep() != nil && s.n > 0 { s.n++ }`, []LockUse{{LockRef{0, "rw", true, ""}, LockTaken, 0}}},
		{"asked for", `s.ask(true)`, []LockUse{{LockRef{0, "mu", false, ""}, LockTaken, 0}}},
		{"not asked for", `s.ask(false)`, []LockUse{{LockRef{0, "in.mu", false, ""}, LockTaken, 0}}},
		{"asked for or not", `s.ask(s.n > 0)`, nil},
		{"variable", `gate.Lock(); defer gate.Unlock()`, []LockUse{{LockRef{0, "gate", false, "p"}, LockTaken, 0}}},
		{"field of a variable", `all.rw.RLock()`, []LockUse{{LockRef{0, "all.rw", true, "p"}, LockKept, 0}}},
		{"behind a variable", `one.mu.Lock()`, nil},
		{"after a way out", `if s.n > 0 { return }; s.mu.Lock(); s.mu.Unlock()`, nil},
		{"on one path", `if s.n > 0 { s.mu.Lock(); defer s.mu.Unlock() }`, nil},
		{"after an unlock", `if s.n > 0 { s.mu.Unlock() }; s.mu.Lock()`, nil},
		{"of another object", `s.ptr.mu.Lock(); s.ptr.mu.Unlock()`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProgram(t)
			ix := p.add("p", head+"func (s *S) F() "+resultOf(c.body)+" { "+c.body+" }\nfunc F() {}\n")
			obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(p.fn("p", "F").Pkg().Scope().Lookup("S").Type()), true, p.fn("p", "F").Pkg(), "F")
			if got := ix.Of(obj.(*types.Func)).Locks; !slices.Equal(got, c.want) {
				t.Errorf("%s: got %v, want %v", c.body, got, c.want)
			}
		})
	}
}

// resultOf returns the result that a body needs.
func resultOf(body string) string {
	if strings.Contains(body, "return s.") || strings.Contains(body, "return func") {
		return "func()"
	}
	return ""
}

// What a function does under its locks: take others, and call what it is handed.
func TestSections(t *testing.T) {
	const head = "package p\nimport \"sync\"\ntype S struct { mu, too sync.Mutex }\nfunc (s *S) Enter() { s.mu.Lock() }\nfunc (s *S) Leave() { s.mu.Unlock() }\n"
	mu, too := LockRef{1, "mu", false, ""}, LockRef{1, "too", false, ""}
	for _, c := range []struct {
		name, body string
		orders     []LockPair
		runs       []FuncUse
	}{
		{"under a lock", `s.mu.Lock(); defer s.mu.Unlock(); f()`, nil, []FuncUse{{1, []LockRef{mu}}}},
		{"behind a way out", `if f == nil { return }; s.Enter(); for range 3 { f() }; s.Leave()`, nil, []FuncUse{{1, []LockRef{mu}}}},
		{"without it too", `f(); s.mu.Lock(); f(); s.mu.Unlock()`, nil, []FuncUse{{1, nil}}},
		{"unlocked on a path", `s.mu.Lock(); if f != nil { s.mu.Unlock(); f(); return }; s.mu.Unlock()`, nil, []FuncUse{{1, nil}}},
		{"in a goroutine", `s.mu.Lock(); go f(); s.mu.Unlock()`, nil, nil},
		{"kept", `g := f; s.mu.Lock(); f(); g(); s.mu.Unlock()`, nil, nil},
		{"of another", `s = &S{}; s.mu.Lock(); f(); s.mu.Unlock()`, nil, []FuncUse{{1, nil}}},
		{"nested", `s.mu.Lock(); if f != nil { s.too.Lock(); s.too.Unlock() }; s.mu.Unlock()`, []LockPair{{mu, too}}, nil},
		{"one after the other", `s.mu.Lock(); s.mu.Unlock(); s.too.Lock(); s.too.Unlock()`, nil, nil},
		{"the parameter itself", `l.Lock(); s.Enter(); s.Leave(); l.Unlock()`, []LockPair{{LockRef{3, "", false, ""}, mu}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProgram(t)
			ix := p.add("p", head+"func F(s *S, f func(), l sync.Locker) { "+c.body+" }\n")
			sum := ix.Of(p.fn("p", "F"))
			same := func(a, b FuncUse) bool { return a.Param == b.Param && slices.Equal(a.Under, b.Under) }
			if !slices.Equal(sum.Orders, c.orders) || !slices.EqualFunc(sum.Runs, c.runs, same) {
				t.Errorf("%s: got %v and %v", c.body, sum.Orders, sum.Runs)
			}
		})
	}
}

// What stands for a method of an interface that the package fills with one type.
func TestSoleMethod(t *testing.T) {
	const head = "package p\ntype i interface{ m() }\ntype a struct{}\nfunc (*a) m() {}\ntype b struct{}\nfunc (b) m() {}\ntype s struct{ f i }\ntype any2 interface{ m(); n() }\n"
	for _, c := range []struct {
		name, src string
		want      bool
	}{
		{"assigned", `func f(x *s) { x.f = &a{} }`, true},
		{"declared", `var x i = &a{}`, true},
		{"literal", `var x = s{f: &a{}}`, true},
		{"unkeyed literal", `var x = s{&a{}}`, true},
		{"element", `var x = []i{&a{}}`, true},
		{"value of a map", `var x = map[int]i{1: &a{}}`, true},
		{"argument", `func g(i) {}; func f() { g(&a{}) }`, true},
		{"variadic argument", `func g(...i) {}; func f() { g(&a{}, &a{}) }`, true},
		{"returned", `func f() i { return &a{} }`, true},
		{"returned by a literal", `var f = func() (int, i) { return 1, &a{} }`, true},
		{"one of two results", `func g() (*a, error) { return nil, nil }; func f() { var x i; var err error; x, err = g(); _, _ = x, err }`, true},
		{"sent", `func f(c chan i) { c <- &a{} }`, true},
		{"converted", `var x = i(&a{})`, true},
		{"nil too", `func f(x *s) { x.f = nil; x.f = &a{} }`, true},
		{"two types", `func f(x *s) { x.f = &a{}; x.f = b{} }`, false},
		{"another interface", `func f(x *s, y any2) { x.f = &a{}; x.f = y }`, false},
		{"an exported function", `func New(x i) *s { return &s{x} }; var y = New(&a{})`, false},
		{"an exported field", `type T struct{ F i }; var y = T{&a{}}`, false},
		{"nothing", ``, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProgram(t)
			ix := p.add("p", head+c.src+"\nfunc F() {}\n")
			iface := p.fn("p", "F").Pkg().Scope().Lookup("i").Type().Underlying().(*types.Interface)
			got := ix.SoleMethod(iface.ExplicitMethod(0))
			if (got != nil) != c.want {
				t.Errorf("%s: got %v", c.src, got)
			}
		})
	}
}
