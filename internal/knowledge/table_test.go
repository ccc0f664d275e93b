package knowledge

import (
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

func TestRowsAreComplete(t *testing.T) {
	for _, line := range Lines() {
		cells := strings.Split(line, "\t")
		if len(cells) != len(Columns) || slices.Contains(cells, "") {
			t.Errorf("row %q: want %d filled columns", line, len(Columns))
		}
		if _, err := Parse(line); err != nil {
			t.Error(err)
		}
	}
}

func TestRowsAreSortedAndUnique(t *testing.T) {
	seen := map[symbol.Name]bool{}
	for _, text := range tableTexts() {
		var last symbol.Name
		for line := range contentLines(text) {
			n := mustParse(t, line).Name
			if compareNames(last, n) >= 0 {
				t.Errorf("row %s stands behind %s", n, last)
			}
			if seen[n] {
				t.Errorf("row %s stands twice", n)
			}
			seen[n], last = true, n
		}
	}
}

func TestGroupsAreExplained(t *testing.T) {
	for _, text := range tableTexts() {
		pkg, explained := "", false
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\n")
			switch {
			case line == "":
				explained = false
			case line[0] == '#':
				explained = true
			default:
				n := mustParse(t, line).Name
				if n.Pkg != pkg && !explained {
					t.Errorf("the rows about %s start without a comment", n.Pkg)
				}
				pkg, explained = n.Pkg, false
			}
		}
	}
}

func TestKindsKeepTheirTiers(t *testing.T) {
	for _, e := range Std().Entries() {
		switch e.Effect.Kind {
		case op.Disk, op.CPU, op.Stdio, op.Log, op.Lock, op.RLock:
			if e.Effect.IsLong() {
				t.Errorf("%s: a wait for %s is never long", e.Name, e.Effect.Kind)
			}
		case op.Serve:
			if e.Effect.Bound != op.NeverReturns && e.Effect.Bound != op.Context {
				t.Errorf("%s: serving ends by %s", e.Name, e.Effect.Bound)
			}
		}
		if !e.Effect.Waits() || e.Effect.Tier == op.TierNone {
			t.Errorf("%s: a built-in row must wait", e.Name)
		}
	}
}

func TestAdviceFitsAMessage(t *testing.T) {
	for _, e := range Std().Entries() {
		switch {
		case len(e.Advice) > 64:
			t.Errorf("%s: advice of %d characters: %s", e.Name, len(e.Advice), e.Advice)
		case strings.ContainsAny(e.Advice, "{}") || strings.HasSuffix(e.Advice, "."):
			t.Errorf("%s: advice %q", e.Name, e.Advice)
		}
	}
}

// TestTextbookRows holds the judgement of the rows that most findings rest on.
func TestTextbookRows(t *testing.T) {
	tests := []struct {
		name  string
		kind  op.Kind
		bound op.Bound
		cond  Condition
	}{
		{"time.Sleep", op.Sleep, op.Unbounded, Always},
		{"net/http.Get", op.Net, op.Unbounded, Always},
		{"(*net/http.Client).Do", op.Net, op.Unbounded, IfRequestPlain},
		{"(*os/exec.Cmd).Run", op.Exec, op.Unbounded, IfCommandPlain},
		{"(*sync.WaitGroup).Wait", op.Join, op.Unbounded, Always},
		{"(*sync.Cond).Wait", op.Cond, op.Unbounded, Always},
		{"(*sync.Mutex).Lock", op.Lock, op.Unbounded, Always},
		{"(*sync.RWMutex).RLock", op.RLock, op.Unbounded, Always},
		{"io.ReadAll", op.Net, op.Unbounded, IfOutside},
		{"(*io.PipeReader).Read", op.Pipe, op.Unbounded, Always},
		{"(*net.conn).Read", op.Net, op.Unbounded, Always},
		{"(*database/sql.DB).QueryContext", op.DB, op.Context, Always},
		{"(*gorm.io/gorm.DB).Find", op.DB, op.Unbounded, IfChainPlain},
		{"(*net/http.Server).ListenAndServe", op.Serve, op.NeverReturns, Always},
		{"fmt.Println", op.Stdio, op.Unbounded, Always},
		{"(*golang.org/x/sync/errgroup.Group).Go", op.Join, op.Unbounded, IfLimited},
		{"(*golang.org/x/sync/errgroup.Group).Wait", op.Join, op.Unbounded, Always},
	}
	for _, tt := range tests {
		n, err := symbol.Parse(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		e, ok := Std().Find(n)
		if !ok {
			t.Errorf("%s has no row", tt.name)
			continue
		}
		if e.Effect.Kind != tt.kind || e.Effect.Bound != tt.bound || e.Cond != tt.cond {
			t.Errorf("%s is %s, %s, %s", tt.name, e.Effect.Kind, e.Effect.Bound, e.Cond)
		}
	}
}

func TestWithAddsAndReplaces(t *testing.T) {
	own := mustParse(t, "example.com/app/v2/store.Save | db | 1 | unbounded | - | use {example.com/app/v2/store.SaveContext}")
	quiet := mustParse(t, "time.Sleep|none")
	table := Std().With([]Entry{own, quiet})
	if e, ok := table.Find(own.Name); !ok || e.Advice != "use store.SaveContext" {
		t.Errorf("own row: %+v, %v", e, ok)
	}
	if e, ok := table.Find(quiet.Name); !ok || e.Effect.Waits() {
		t.Errorf("replaced row: %+v, %v", e, ok)
	}
	if e, _ := Std().Find(quiet.Name); !e.Effect.Waits() {
		t.Error("With changed the built-in table")
	}
	if Std().With(nil) != Std() {
		t.Error("With(nil) copied the table")
	}
}

func TestLookupFindsOriginsAndForeignPaths(t *testing.T) {
	pkg := types.NewPackage("github.com/go-redis/redis/v8", "redis")
	fn := method(pkg, "cmdable", "BLPop")
	if e, ok := Std().Lookup(fn); !ok || e.Effect.Kind != op.DB {
		t.Errorf("BLPop of go-redis v8: %+v, %v", e, ok)
	}
	if e, ok := Std().Lookup(method(pkg, "cmdable", "NoSuchCommand")); ok {
		t.Errorf("a method without row: %+v", e)
	}
	if _, ok := Std().Lookup(nil); ok {
		t.Error("nil has a row")
	}
}

func TestLookupDoesNotAllocate(t *testing.T) {
	fns := []*types.Func{
		method(types.NewPackage("example.com/some/long/path/to/a/module/v3/internal/deep/package", "p"), "T", "M"),
		method(types.NewPackage("strings", "strings"), "Builder", "WriteString"),
		method(types.NewPackage("sync", "sync"), "WaitGroup", "Wait"),
		method(types.NewPackage("github.com/go-redis/redis/v8", "redis"), "cmdable", "Get"),
	}
	table := Std()
	for _, fn := range fns {
		if n := testing.AllocsPerRun(100, func() { table.Lookup(fn) }); n != 0 {
			t.Errorf("looking up %s allocates %v times", fn.FullName(), n)
		}
	}
}

func BenchmarkLookupMiss(b *testing.B) {
	fn := method(types.NewPackage("example.com/some/module/v3/internal/package", "p"), "T", "M")
	for b.Loop() {
		Std().Lookup(fn)
	}
}

// method makes a method of a new type in pkg, without parameters.
func method(pkg *types.Package, typ, name string) *types.Func {
	named := types.NewNamed(types.NewTypeName(token.NoPos, pkg, typ, nil), types.NewStruct(nil, nil), nil)
	recv := types.NewVar(token.NoPos, pkg, "", types.NewPointer(named))
	fn := types.NewFunc(token.NoPos, pkg, name, types.NewSignatureType(recv, nil, nil, nil, nil, false))
	named.AddMethod(fn)
	return fn
}

// mustParse parses a row.
func mustParse(t *testing.T, row string) Entry {
	t.Helper()
	e, err := Parse(row)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
