package facts

import (
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestConditions(t *testing.T) {
	check(t, []one{
		{"request of unknown origin", `func F(r *http.Request) { http.DefaultClient.Do(r) }`, "net unknown"},
		{"request with a context", `func F(ctx context.Context) { r, _ := http.NewRequestWithContext(ctx, "", "", nil); http.DefaultClient.Do(r) }`, "net context#0"},
		{"request given a context", `func F(ctx context.Context, r *http.Request) { http.DefaultClient.Do(r.WithContext(ctx)) }`, "net context#0"},
		{"request with background, client with a timeout", `func F() { c := &http.Client{Timeout: 1}; r, _ := http.NewRequestWithContext(context.Background(), "", "", nil); c.Do(r) }`, "net timeout"},
		{"request with background", `func F() { r, _ := http.NewRequestWithContext(context.Background(), "", "", nil); http.DefaultClient.Do(r) }`, "net unbounded*"},
		{"plain request", `func F() { r, _ := http.NewRequest("", "", nil); http.DefaultClient.Do(r) }`, "net unbounded*"},
		{"plain request, client with timeout", `func F() { c := &http.Client{Timeout: 1}; r, _ := http.NewRequest("", "", nil); c.Do(r) }`, "net timeout"},
		{"plain request, plain client", `func F() { var c = http.Client{}; r, _ := http.NewRequest("", "", nil); c.Do(r) }`, "net unbounded*"},
		{"plain request, timeout assigned", `func F() { c := &http.Client{}; c.Timeout = 1; r, _ := http.NewRequest("", "", nil); c.Do(r) }`, "net timeout"},
		{"plain request, client of unknown origin", `func F(t *T) { r, _ := http.NewRequest("", "", nil); t.client.Do(r) }`, "net unknown"},
		{"plain request, package makes only plain clients", `func N() *T { return &T{client: &http.Client{}} }; func F(t *T) { r, _ := http.NewRequest("", "", nil); t.client.Do(r) }`, "net unbounded*"},
		{"get", `func F() { http.Get("") }`, "net unbounded*"},
		{"get by a client with timeout", `var c = http.Client{Timeout: 1}; func F() { c.Get("") }`, "net timeout"},
		{"command", `func F() { exec.Command("x").Run() }`, "exec unbounded*"},
		{"command with a context", `func F(ctx context.Context) { c := exec.CommandContext(ctx, "x"); c.Run() }`, "exec context#0"},
		{"command of unknown origin", `func F(c *exec.Cmd) { c.Wait() }`, "exec unknown"},
		{"copy from a connection", `func F(c net.Conn) { io.Copy(io.Discard, c) }`, "net unbounded*"},
		{"copy in memory", `func F(b []byte) { io.Copy(io.Discard, bytes.NewReader(b)) }`, ""},
		{"copy of something", `func F(r io.Reader) { io.Copy(io.Discard, r) }`, ""},
		{"copy over a connection with a deadline", `func F(c net.Conn) { c.SetReadDeadline(time.Now()); io.Copy(io.Discard, c) }`, "net timeout"},
		{"read with a deadline", `func F(c net.Conn) { c.SetDeadline(time.Now()); c.Read(nil) }`, "net timeout"},
		{"deadline set elsewhere", `type C struct{ c net.Conn }; func (c *C) g() { c.c.SetDeadline(time.Now()) }; func F(c *C) { c.c.Read(nil) }`, "net unknown"},
		{"body", `func F(r *http.Response) { io.ReadAll(r.Body) }`, "net unknown"},
		{"body of a request in view", `func F() { r, _ := http.Get(""); io.ReadAll(r.Body) }`, "net unbounded*"},
		{"body of a request with a context", `func F(ctx context.Context) {
			q, _ := http.NewRequestWithContext(ctx, "", "", nil); r, _ := http.DefaultClient.Do(q); io.ReadAll(r.Body) }`, "net context#0"},
		{"wrapped body", `func F() { r, _ := http.Get(""); lim := io.LimitReader(r.Body, 10); io.ReadAll(lim) }`, "net unbounded*"},
		{"wrapped standard input", `func F() { io.ReadAll(bufio.NewReader(os.Stdin)) }`, "net unbounded*"},
		{"file", `func F(f *os.File) { io.ReadAll(f) }`, ""},
	})
}

// TestConditionsOfModules looks at rows of modules, whose packages are stubs.
func TestConditionsOfModules(t *testing.T) {
	const stubs = `package p
import ("context"; "golang.org/x/sync/errgroup"; "gorm.io/gorm"; "github.com/avast/retry-go/v4")
var (_ context.Context; _ errgroup.Group; _ gorm.DB; _ = retry.Do)
type T struct { db *gorm.DB }
`
	for _, c := range []one{
		{"chain with a context", `func F(ctx context.Context, t *T) { t.db.WithContext(ctx).Find(1) }`, "db context#0"},
		{"longer chain", `func F(ctx context.Context, t *T) { db := t.db.WithContext(ctx); q := db.Where(1); q.Where(2).Find(1) }`, "db context#0"},
		{"chain with background", `func F(t *T) { t.db.WithContext(context.Background()).Find(1) }`, "db unbounded*"},
		{"plain chain", `func F(t *T) { t.db.Where(1).Find(1) }`, "db unbounded*"},
		{"chain from a parameter", `func F(db *gorm.DB) { db.Where(1).Find(1) }`, "db unknown"},
		{"option with a context", `func F(ctx context.Context) { retry.Do(nil, retry.Context(ctx)) }`, "retry context#0"},
		{"no option", `func F() { retry.Do(nil, retry.Attempts(3)) }`, "retry unbounded*"},
		{"option of unknown origin", `func F(o retry.Option) { retry.Do(nil, o) }`, "retry unknown"},
		{"options of unknown origin", `func F(o []retry.Option) { retry.Do(nil, o...) }`, "retry unknown"},
		{"group with a limit", `func F() { var g errgroup.Group; g.SetLimit(2); g.Go(nil) }`, "join unbounded*, spawns"},
		{"group without", `func F() { var g errgroup.Group; g.Go(nil) }`, "spawns"},
		{"group joined", `func F() { var g errgroup.Group; g.Go(nil); g.Wait() }`, "join unbounded*"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProgram(t)
			p.module = &analysis.Module{Path: "stub", Version: "v1.0.0"}
			p.add("golang.org/x/sync/errgroup", "package errgroup\ntype Group struct{}\nfunc (g *Group) Go(f func() error) {}\n"+
				"func (g *Group) SetLimit(n int) {}\nfunc (g *Group) Wait() error { return nil }")
			p.add("gorm.io/gorm", "package gorm\nimport \"context\"\ntype DB struct{ a int }\nfunc (d *DB) WithContext(c context.Context) *DB { return &DB{} }\n"+
				"func (d *DB) Where(a any) *DB { return &DB{} }\nfunc (d *DB) Find(a any) *DB { return &DB{} }")
			p.add("github.com/avast/retry-go/v4", "package retry\nimport \"context\"\ntype Option func()\nfunc Do(f func() error, o ...Option) error { return nil }\n"+
				"func Context(c context.Context) Option { return nil }\nfunc Attempts(n uint) Option { return nil }")
			p.module = nil
			if got := show(p.add("p", stubs+c.src).Of(p.fn("p", "F"))); got != c.want {
				t.Errorf("%s\n got %q\nwant %q", c.src, got, c.want)
			}
		})
	}
}
