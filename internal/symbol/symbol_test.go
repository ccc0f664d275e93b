package symbol

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

func TestParseAndPrint(t *testing.T) {
	for _, c := range []struct {
		in    string
		want  Name
		out   string
		short string
	}{
		{"time.Sleep", Name{"time", "", "Sleep"}, "time.Sleep", "time.Sleep"},
		{"(*net/http.Client).Do", Name{"net/http", "Client", "Do"}, "(net/http.Client).Do", "http.Client.Do"},
		{"(net.Conn).Read", Name{"net", "Conn", "Read"}, "(net.Conn).Read", "net.Conn.Read"},
		{"github.com/redis/go-redis/v9.NewClient", Name{"github.com/redis/go-redis/v9", "", "NewClient"}, "github.com/redis/go-redis/v9.NewClient", "go-redis.NewClient"},
		{"(*gopkg.in/tomb.v2.Tomb).Wait", Name{"gopkg.in/tomb.v2", "Tomb", "Wait"}, "(gopkg.in/tomb.v2.Tomb).Wait", "tomb.Tomb.Wait"},
		{"(*example.com/pool.Pool[T]).Wait", Name{"example.com/pool", "Pool", "Wait"}, "(example.com/pool.Pool).Wait", "pool.Pool.Wait"},
	} {
		got, err := Parse(c.in)
		if err != nil || got != c.want || got.String() != c.out || got.Short() != c.short {
			t.Errorf("Parse(%q) = %+v (%s, %s), %v", c.in, got, got, got.Short(), err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, in := range []string{"", "Sleep", "time.", ".Sleep", "time.Sleep()", "(*http.Client)Do", "(*http.Client).", "*http.Client).Do", "a b.C", "(x).y"} {
		if n, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", in, n)
		}
	}
}

func TestOf(t *testing.T) {
	const src = `package p
import "bytes"
type G[T any] struct{ bytes.Buffer }
func (g *G[T]) M() {}
type I interface{ N() }
func f(g *G[int], i I, e error, a interface{ Q() }) { g.M(); i.N(); _ = e.Error(); a.Q(); g.Len(); f(nil, nil, nil, nil) }`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	if _, err := (&types.Config{Importer: importer.ForCompiler(fset, "source", nil)}).Check("example.com/p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	want := map[string]Name{
		"M": {"example.com/p", "G", "M"}, "N": {"example.com/p", "I", "N"}, "Error": {"", "error", "Error"},
		"Q": {"example.com/p", "interface", "Q"}, "Len": {"bytes", "Buffer", "Len"}, "f": {"example.com/p", "", "f"},
	}
	seen := 0
	for id, obj := range info.Uses {
		if fn, ok := obj.(*types.Func); ok {
			seen++
			if got := Of(fn); got != want[id.Name] {
				t.Errorf("Of(%s) = %+v, want %+v", id.Name, got, want[id.Name])
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d functions seen, want %d", seen, len(want))
	}
	if !Of(nil).IsZero() {
		t.Error("Of(nil) is not zero")
	}
}
