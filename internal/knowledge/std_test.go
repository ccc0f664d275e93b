package knowledge

import (
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"strings"
	"sync"
	"testing"

	"github.com/asynclint/asynclint/internal/symbol"
)

// stdSource type-checks the standard library's declarations from source, for
// one platform on every machine, because some rows are about system calls.
var stdSource = sync.OnceValue(func() types.Importer {
	build.Default.GOOS, build.Default.GOARCH, build.Default.CgoEnabled = "linux", "amd64", false
	return importer.ForCompiler(token.NewFileSet(), "source", nil)
})

// stdPackage loads a package of the standard library.
func stdPackage(t *testing.T, path string) *types.Package {
	t.Helper()
	pkg, err := stdSource().Import(path)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// isStd reports whether n is in the standard library.
func isStd(n symbol.Name) bool {
	first, _, _ := strings.Cut(n.Pkg, "/")
	return !strings.Contains(first, ".")
}

func TestStdRowsNameRealFunctions(t *testing.T) {
	var rows []Entry
	for _, e := range Std().Entries() {
		if isStd(e.Name) {
			rows = append(rows, e)
		}
	}
	if len(rows) < 400 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, err := range Resolve(rows, func(path string) *types.Package { return stdPackage(t, path) }) {
		t.Error(err)
	}
	for _, e := range rows {
		if err := CheckBound(stdPackage(t, e.Name.Pkg), e); err != nil {
			t.Error(err)
		}
	}
}

func TestStdAdviceNamesRealFunctions(t *testing.T) {
	for _, line := range Lines() {
		names, err := AdviceSymbols(strings.Split(line, "\t")[5])
		if err != nil {
			t.Error(err)
		}
		for _, n := range names {
			if isStd(n) && !Exists(stdPackage(t, n.Pkg), n) {
				t.Errorf("%s does not exist (row %q)", n, line)
			}
		}
	}
}

func TestStdContractsNameRealCallbacks(t *testing.T) {
	for _, c := range Contracts() {
		if !isStd(c.Name) {
			continue
		}
		if err := CheckContract(stdPackage(t, c.Name.Pkg), c); err != nil {
			t.Error(err)
		}
	}
}

func TestStdNoReturnNamesRealFunctions(t *testing.T) {
	for _, n := range NoReturnNames() {
		if isStd(n) && FuncIn(stdPackage(t, n.Pkg), n) == nil {
			t.Errorf("%s does not exist", n)
		}
	}
}

func TestNoReturn(t *testing.T) {
	tests := []struct {
		name          string
		ends, process bool
	}{
		{"os.Exit", true, true},
		{"log.Fatalf", true, true},
		{"log.Panic", true, false},
		{"runtime.Goexit", true, false},
		{"(*testing.common).FailNow", true, false},
		{"(*go.uber.org/zap.Logger).Fatal", true, true},
		{"k8s.io/klog.Fatal", true, true},
		{"k8s.io/klog/v2.Infof", false, false},
		{"fmt.Println", false, false},
		{"github.com/spf13/cobra.CheckErr", false, false},
	}
	for _, tt := range tests {
		n, err := symbol.Parse(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		if NoReturn(n) != tt.ends || ExitsProcess(n) != tt.process {
			t.Errorf("%s: NoReturn %v, ExitsProcess %v", tt.name, NoReturn(n), ExitsProcess(n))
		}
	}
}

func TestEndingsParse(t *testing.T) {
	for _, row := range tableRows(endsText) {
		if len(row) != 2 || endingNames[row[1]] == endsNothing {
			t.Errorf("row %q: want a name and what it ends", row)
		}
		if _, err := symbol.Parse(row[0]); err != nil {
			t.Error(err)
		}
	}
}

func TestSibling(t *testing.T) {
	tests := []struct{ name, want string }{
		{"os/exec.Command", "CommandContext"},
		{"net/http.NewRequest", "NewRequestWithContext"},
		{"(*database/sql.DB).Query", "QueryContext"},
		{"(*database/sql.DB).QueryContext", ""},
		{"(*net.Dialer).Dial", "DialContext"},
		{"(*crypto/tls.Conn).Handshake", "HandshakeContext"},
		{"log/slog.Info", "InfoContext"},
		{"(*log/slog.Logger).Warn", "WarnContext"},
		{"(*database/sql.DB).Begin", ""}, // BeginTx takes options as well
		{"net/http.Get", ""},
		{"time.Sleep", ""},
		{"(io.Reader).Read", ""},
	}
	for _, tt := range tests {
		n, err := symbol.Parse(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if s := Sibling(FuncIn(stdPackage(t, n.Pkg), n)); s != nil {
			got = s.Name()
		}
		if got != tt.want {
			t.Errorf("Sibling(%s) = %q, want %q", tt.name, got, tt.want)
		}
	}
	if Sibling(nil) != nil {
		t.Error("nil has a sibling")
	}
}

// genericSource has pairs of methods and functions with type parameters.
const genericSource = `package box
import "context"
type Box[T any] struct{}
func (*Box[T]) Put(T) error { return nil }
func (*Box[U]) PutContext(context.Context, U) error { return nil }
func (*Box[T]) Take() T { panic(0) }
func (*Box[T]) TakeContext(context.Context) int { panic(0) }
type Doer interface { Do(string); DoWithContext(context.Context, string) }
func Many(...int) {}
func ManyContext(context.Context, []int) {}
`

func TestSiblingsOfGenericsAndInterfaces(t *testing.T) {
	pkg := check(t, "example.com/box", genericSource, stdSource())
	tests := []struct{ recv, name, want string }{
		{"Box", "Put", "PutContext"},
		{"Box", "Take", ""},
		{"Doer", "Do", "DoWithContext"},
		{"", "Many", ""},
	}
	for _, tt := range tests {
		fn := FuncIn(pkg, symbol.Name{Pkg: pkg.Path(), Recv: tt.recv, Func: tt.name})
		got := ""
		if s := Sibling(fn); s != nil {
			got = s.Name()
		}
		if got != tt.want {
			t.Errorf("Sibling(%s) = %q, want %q", fn, got, tt.want)
		}
	}
}
