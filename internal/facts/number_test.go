package facts

import (
	"go/ast"
	"strings"
	"testing"
	"time"
)

// TestLimit asks for the most that the argument of the only sleep in F can be.
func TestLimit(t *testing.T) {
	const none = time.Duration(-1)
	for _, c := range []struct {
		name, src string
		want      time.Duration
	}{
		{"constant", `func F() { time.Sleep(3) }`, 3},
		{"fraction of a constant", `func F() { time.Sleep(time.Duration(rand.Float64() * float64(time.Second))) }`, time.Second},
		{"half", `func F() { time.Sleep(time.Duration(0.5 * rand.Float64() * float64(time.Second))) }`, time.Second},
		{"number below", `func F() { time.Sleep(time.Duration(rand.Int63n(int64(time.Minute)))) }`, time.Minute},
		{"kin of Intn elsewhere", `func Intn(n int) int { return 0 }; func F() { time.Sleep(time.Duration(Intn(10))) }`, 10},
		{"at least", `func F(d time.Duration) { time.Sleep(max(time.Duration(rand.Int63n(5)), time.Second)) }`, time.Second},
		{"at least what is unknown", `func F(d time.Duration) { time.Sleep(max(d, time.Second)) }`, none},
		{"loop counts", `func F() { for i := 0; i < 3; i++ { time.Sleep(time.Duration(i) * time.Second) } }`, 3 * time.Second},
		{"loop counts to an unknown", `func F(n int) { for i := 0; i < n; i++ { time.Sleep(time.Duration(i)) } }`, none},
		{"loop counts down", `func F() { for i := 7; i > 0; i-- { time.Sleep(time.Duration(i)) } }`, 7},
		{"range over a number", `func F() { for i := range 4 { time.Sleep(time.Duration(i)) } }`, 4},
		{"shift", `func F() { for i := range 4 { time.Sleep(time.Second << i) } }`, 16 * time.Second},
		{"shift by an unknown", `func F(i int) { time.Sleep(time.Second << i) }`, none},
		{"field", `type C struct { d time.Duration }; var c = C{d: 5}; func g() { c.d = 7 }; func F() { time.Sleep(c.d) }`, 7},
		{"field in order", `type C struct { n int; d time.Duration }; var c = &C{1, 5}; func F() { time.Sleep(c.d) }`, 5},
		{"field of unknown value", `type C struct { d time.Duration }; var c = C{d: 5}; func g(d time.Duration) { c.d = d }; func F() { time.Sleep(c.d) }`, none},
		{"field that grows", `type C struct { d time.Duration }; var c = C{d: 5}; func g() { c.d *= 2 }; func F() { time.Sleep(c.d) }`, none},
		{"field whose address is taken", `type C struct { d time.Duration }; var c = C{d: 5}; func g() *time.Duration { return &c.d }; func F() { time.Sleep(c.d) }`, none},
		{"field that nobody sets", `type C struct { d time.Duration }; func F(c C) { time.Sleep(c.d) }`, none},
		{"exported field", `type C struct { D time.Duration }; var c = C{D: 5}; func F() { time.Sleep(c.D) }`, none},
		{"variable", `var d time.Duration; func init() { d = 9 }; func F() { time.Sleep(d) }`, 9},
		{"variable from a call", `var d, e = g(); func g() (time.Duration, error) { return 0, nil }; func h() { d = 1 }; func F() { _ = e; time.Sleep(d) }`, none},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProgram(t)
			ix := p.add("p", strings.Replace(prelude, "import (", "import (\n\t\"math/rand\"", 1)+"var _ = rand.Int\n"+c.src)
			got, ok := ix.Limit(sleepIn(ix.byFunc[p.fn("p", "F")].decl).Args[0])
			if !ok {
				got = none
			}
			if got != c.want {
				t.Errorf("%s\n got %v\nwant %v", c.src, got, c.want)
			}
		})
	}
}

// sleepIn returns the call of time.Sleep in a declaration.
func sleepIn(decl *ast.FuncDecl) (call *ast.CallExpr) {
	ast.Inspect(decl, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			if sel, ok := c.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Sleep" {
				call = c
			}
		}
		return true
	})
	return call
}

// TestTurns asks how often the first loop of F turns.
func TestTurns(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      int64 // -1: unknown
	}{
		{"up", `func F() { for i := 0; i < 3; i++ {} }`, 3},
		{"up to and with", `func F() { for i := 1; i <= 3; i++ {} }`, 3},
		{"down", `func F() { for i := 4; i >= 0; i-- {} }`, 5},
		{"constant bound", `const most = 8; func F() { for i := 0; i < most; i++ {} }`, 8},
		{"variable bound", `func F() { n := 5; for i := 0; i < n; i++ {} }`, 5},
		{"unknown bound", `func F(n int) { for i := 0; i < n; i++ {} }`, -1},
		{"other step", `func F() { for i := 0; i < 8; i += 2 {} }`, -1},
		{"condition", `func F(f func() bool) { for f() {} }`, -1},
		{"endless", `func F() { for {} }`, -1},
		{"integer", `func F() { for range 6 {} }`, 6},
		{"array", `func F(a [7]int) { for range a {} }`, 7},
		{"literal", `func F() { for range []int{1, 2} {} }`, 2},
		{"slice", `func F(s []int) { for range s {} }`, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProgram(t)
			ix := p.add("p", prelude+c.src)
			var loop ast.Stmt
			ast.Inspect(ix.byFunc[p.fn("p", "F")].decl, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ForStmt:
					loop = n
				case *ast.RangeStmt:
					loop = n
				}
				return loop == nil
			})
			got, ok := ix.Turns(loop)
			if !ok {
				got = -1
			}
			if got != c.want {
				t.Errorf("%s\n got %d\nwant %d", c.src, got, c.want)
			}
		})
	}
}

func TestDrains(t *testing.T) {
	check(t, []one{
		{"drain", `func F(t *time.Timer) { if !t.Stop() { <-t.C } }`, ""},
		{"drain of a field", `type S struct { t *time.Timer }; func F(s *S) { if !s.t.Stop() { <-s.t.C } }`, ""},
		{"answer in a variable", `func F(t *time.Timer) { ok := t.Stop(); if !ok { <-t.C } }`, ""},
		{"answer in the if", `func F(t *time.Timer) { if ok := t.Reset(1); !ok { <-t.C } }`, ""},
		{"another timer", `func F(t, u *time.Timer) { if !t.Stop() { <-u.C } }`, "sleep timeout"},
		{"stopped in time", `func F(t *time.Timer) { if t.Stop() { <-t.C } }`, "sleep timeout"},
	})
}

func TestPolledContext(t *testing.T) {
	check(t, []one{
		{"asked once", `func F(ctx context.Context, c chan int) { if ctx.Err() != nil { return }; c <- 1 }`, "send unbounded*, dead0, chan1:s"},
		{"asked at each turn", `func F(ctx context.Context, c chan int) { for range 9 { if ctx.Err() != nil { return }; c <- 1 } }`, "send unbounded*, chan1:s"},
	})
}

func TestFreshField(t *testing.T) {
	check(t, []one{
		{"field of a literal with room", `func F(n int) { t := &T{ch: make(chan int, n)}; for i := range n { t.ch <- i } }`, "send unknown"},
		{"field of a literal without room", `func F(n int) { t := &T{ch: make(chan int)}; for i := range n { t.ch <- i } }`, "send unbounded*"},
	})
}
