package knowledge

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

func TestContractsParse(t *testing.T) {
	count := 0
	for line := range contentLines(contractText) {
		count++
		c, err := parseContract(splitRow(line))
		switch {
		case err != nil:
			t.Error(err)
		case c.Victim == "" || c.Note == "" || len(c.Victim) > 40:
			t.Errorf("contract %s: victim %q, note %q", c.Name, c.Victim, c.Note)
		}
	}
	if count == 0 || count != len(Contracts()) {
		t.Errorf("%d rows, %d contracts", count, len(Contracts()))
	}
}

func TestContractErrors(t *testing.T) {
	tests := []struct{ row, want string }{
		{"a/b.F\tmethod", "2 columns"},
		{"F\tmethod\tv\tn\t-", "bad function name"},
		{"a/b.F\tparam x\tv\tn\t-", "invalid syntax"},
		{"a/b.F\tresult\tv\tn\t-", `unknown place "result"`},
		{"a/b.F\tmethod\tv\tn\tG", "bad function name"},
	}
	for _, tt := range tests {
		if _, err := parseContract(splitRow(tt.row)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %q", tt.row, err, tt.want)
		}
	}
}

// raftSource stands for github.com/hashicorp/raft.
const raftSource = `package raft
type Log struct{}
type FSM interface {
	Apply(*Log) any
	Snapshot() error
}
type Observation struct{}
func NewObserver(ch chan Observation, blocking bool, filter func(*Observation) bool) {}
`

// storeSource has a type under raft's contract and two that are not.
const storeSource = `package store
import (
	"net/http"
	"github.com/hashicorp/raft"
)
type FSM struct{}
func (f *FSM) Apply(*raft.Log) any { return nil }
func (f *FSM) Snapshot() error { return nil }
func (f *FSM) Other() {}
type value struct{}
func (value) Apply(*raft.Log) any { return nil }
func (*value) Snapshot() error { return nil }
type half struct{}
func (half) Apply(*raft.Log) any { return nil }
var _ http.Server
`

// importers gives packages by path, and the standard library's for the rest.
type importers struct {
	known map[string]*types.Package
	std   types.Importer
}

// Import implements types.Importer.
func (im importers) Import(path string) (*types.Package, error) {
	if pkg, ok := im.known[path]; ok {
		return pkg, nil
	}
	return im.std.Import(path)
}

// check type-checks a package of one file.
func check(t *testing.T, path, src string, im types.Importer) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: im}
	pkg, err := conf.Check(path, fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

func TestMethodContracts(t *testing.T) {
	raft := check(t, "github.com/hashicorp/raft", raftSource, nil)
	im := importers{map[string]*types.Package{raft.Path(): raft}, stdSource()}
	store := check(t, "example.com/store", storeSource, im)
	in := ImplementedIn(store)
	tests := []struct {
		typ, method string
		want        bool
	}{
		{"FSM", "Apply", true},
		{"FSM", "Snapshot", true},
		{"FSM", "Other", false},
		{"value", "Apply", true},
		{"half", "Apply", false},
	}
	for _, tt := range tests {
		c, ok := in.Method(methodOf(typeIn(store, tt.typ), tt.method))
		if ok != tt.want {
			t.Errorf("%s.%s: %v", tt.typ, tt.method, c)
		}
		if ok && c.Name.Func != tt.method {
			t.Errorf("%s.%s is under the contract of %s", tt.typ, tt.method, c.Name)
		}
	}
	if c, ok := in.Method(methodOf(typeIn(raft, "FSM"), "Apply")); ok {
		t.Errorf("the interface's own method is under %v", c)
	}
}

func TestParamAndFieldContracts(t *testing.T) {
	raft := check(t, "github.com/hashicorp/raft/v2", raftSource, nil)
	observer := raft.Scope().Lookup("NewObserver").(*types.Func)
	for i, want := range []bool{false, false, true} {
		if _, ok := ParamContract(observer, i); ok != want {
			t.Errorf("parameter %d of NewObserver: %v", i, ok)
		}
	}
	server := types.NewTypeName(token.NoPos, types.NewPackage("net/http", "http"), "Server", nil)
	if c, ok := FieldContract(server, "ConnState"); !ok || c.Victim == "" {
		t.Errorf("Server.ConnState: %v", c)
	}
	if c, ok := FieldContract(server, "Handler"); ok {
		t.Errorf("Server.Handler: %v", c)
	}
	if c, ok := FieldContract(nil, "Handler"); ok {
		t.Errorf("no type: %v", c)
	}
}

func TestOrderedHandlersAreLifted(t *testing.T) {
	lifted := 0
	for _, c := range Contracts() {
		if !c.LiftedBy.IsZero() {
			lifted++
		}
	}
	if lifted == 0 {
		t.Error("no contract says what lifts it")
	}
}
