package knowledge

import (
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/asynclint/asynclint/internal/op"
)

func TestParseDefaults(t *testing.T) {
	e := mustParse(t, "(*example.com/m.Client).Call|net")
	want := op.Effect{Kind: op.Net, Bound: op.Unbounded, Tier: op.TierUnbounded}
	if e.Effect != want || e.Cond != Always || e.Advice != "" || e.Note != "" {
		t.Errorf("%+v", e)
	}
	if got := e.Name.String(); got != "(example.com/m.Client).Call" {
		t.Errorf("name %s", got)
	}
}

func TestParseDefaultsFollowTheKind(t *testing.T) {
	if e := mustParse(t, "example.com/m.Save|disk"); e.Effect.Tier != op.TierSlow || e.Effect.IsLong() {
		t.Errorf("disk: %+v", e.Effect)
	}
	if e := mustParse(t, "example.com/m.Run|serve"); e.Effect.Bound != op.NeverReturns {
		t.Errorf("serve: %+v", e.Effect)
	}
	if e := mustParse(t, "example.com/m.Run|serve|-|context"); e.Effect.Bound != op.Context {
		t.Errorf("serve with a context: %+v", e.Effect)
	}
}

func TestParseAllColumns(t *testing.T) {
	e := mustParse(t, "example.com/m.Do\tdb\t2\tnever returns\trequest-plain\tuse {example.com/m-go.DoContext as m.DoContext} and {os.Exit}\twhy")
	want := Entry{
		Name:   e.Name,
		Effect: op.Effect{Kind: op.DB, Bound: op.NeverReturns, Tier: op.TierSlow},
		Cond:   IfRequestPlain,
		Advice: "use m.DoContext and os.Exit",
		Note:   "why",
	}
	if e != want {
		t.Errorf("got %+v, want %+v", e, want)
	}
}

func TestParseErrorsSayWhatIsWrong(t *testing.T) {
	tests := []struct{ row, want string }{
		{"", `row "": missing column "kind"`},
		{"time.Sleep", `row "time.Sleep": missing column "kind"`},
		{"Sleep|sleep", `row "Sleep": bad function name`},
		{"(*T).M|net", `row "(*T).M": bad function name`},
		{"time.Sleep|nap", `row "time.Sleep": unknown kind "nap": want one of none, send`},
		{"time.Sleep|", `row "time.Sleep": unknown kind ""`},
		{"example.com/m.Save|disk|1", `tier 1 for kind disk: want 2 or 3`},
		{"time.Sleep|sleep|4", `row "time.Sleep": unknown tier "4"`},
		{"time.Sleep|sleep|1|forever", `row "time.Sleep": unknown bound "forever": want one of unbounded`},
		{"time.Sleep|sleep|1|timeout|maybe", `row "time.Sleep": unknown condition "maybe"`},
		{"time.Sleep|sleep|1|timeout|-|use {x", `the brace is not closed`},
		{"time.Sleep|sleep|1|timeout|-|use {x}", `advice: bad function name "x"`},
		{"time.Sleep|sleep|1|timeout|-|-|note|more", `8 columns, want at most 7`},
	}
	for _, tt := range tests {
		_, err := Parse(tt.row)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Parse(%q): %v, want %q", tt.row, err, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, line := range Lines()[:50] {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, row string) {
		e, err := Parse(row)
		if err == nil && e.Name.Func == "" {
			t.Errorf("Parse(%q) names nothing", row)
		}
	})
}

func TestResolveExplainsPromotedMethods(t *testing.T) {
	rows := []Entry{mustParse(t, "(*net.TCPConn).Read|net"), mustParse(t, "(*net.conn).Read|net")}
	errs := Resolve(rows, func(path string) *types.Package { return stdPackage(t, path) })
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "write (net.conn).Read") {
		t.Errorf("%v", errs)
	}
}

func TestResolveNamesMissingFunctions(t *testing.T) {
	pkg := types.NewPackage("example.com/m", "m")
	pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, "Save", types.NewSignatureType(nil, nil, nil, nil, nil, false)))
	rows := []Entry{
		mustParse(t, "example.com/m.Save|db"),
		mustParse(t, "example.com/m.Sve|db"),
		mustParse(t, "(*example.com/m.T).Save|db"),
		mustParse(t, "example.com/unloaded.Save|db"),
	}
	lookup := func(path string) *types.Package {
		if path == pkg.Path() {
			return pkg
		}
		return nil
	}
	errs := Resolve(rows, lookup)
	if len(errs) != 2 {
		t.Fatalf("%v", errs)
	}
	for i, want := range []string{`row "example.com/m.Sve"`, `row "(example.com/m.T).Save"`} {
		if !strings.Contains(errs[i].Error(), want) {
			t.Errorf("%v, want %s", errs[i], want)
		}
	}
}
