package conventions

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the import path of the repository's top.
const module = "github.com/asynclint/asynclint/"

// layers lists the packages from the ground up: a package imports packages of
// lower layers only. A directory below a listed one has its layer; "passes/*"
// is any pass.
var layers = [][]string{
	{"internal/rule"},
	{"internal/symbol", "internal/op", "internal/flow", "internal/docs", "internal/pattern"},
	{"internal/knowledge", "internal/directive"},
	{"internal/config"},
	{"internal/facts"},
	{"internal/model", "internal/report"},
	{"internal/verify", "internal/lockset"},
	{"passes/*", "internal/audit"},
	{"passes"},
	{"internal/driver"},
	{"internal/render"},
	{"internal/cli", "plugin"},
	{"cmd"},
	{"internal/checktest", "internal/conventions", "internal/dev"},
}

// layerOf returns the layer of the package in dir, or -1.
func layerOf(dir string) int {
	if path.Dir(dir) == "passes" {
		dir = "passes/*"
	}
	for ; dir != "."; dir = path.Dir(dir) {
		for i, layer := range layers {
			if slices.Contains(layer, dir) {
				return i
			}
		}
	}
	return -1
}

// Data travels in one direction only, and what tests need never reaches users.
func TestImportsPointDownwards(t *testing.T) {
	for _, s := range sources(t) {
		report(t, upwardImports(s))
	}
}

// upwardImports complains of imports of the same or a higher layer. Tests may
// import what they like.
func upwardImports(s source) []string {
	layer := layerOf(s.dir())
	if layer < 0 {
		return []string{fmt.Sprintf("%s: %s has no layer", s.name, s.dir())}
	}
	if s.isTest() {
		return nil
	}
	var complaints []string
	for _, spec := range s.file.Imports {
		full, _ := strconv.Unquote(spec.Path.Value)
		dir, ours := strings.CutPrefix(full, module)
		isPart := strings.HasPrefix(dir, s.dir()+"/") || strings.HasPrefix(s.dir(), dir+"/") && dir != "passes"
		if ours && layerOf(dir) >= layer && !isPart {
			complaints = append(complaints, fmt.Sprintf("%s:%d: imports %s, which is not on a lower layer", s.name, s.line(spec.Pos()), dir))
		}
	}
	return complaints
}

func TestUpwardImportsRefuses(t *testing.T) {
	for name, n := range map[string]int{
		"internal/op/x.go": 1, "internal/model/x.go": 1, "passes/a/x.go": 0, "internal/new/x.go": 1, "internal/op/x_test.go": 0,
	} {
		s := parse(t, name, "package p\nimport \"github.com/asynclint/asynclint/internal/report\"")
		wantComplaints(t, upwardImports(s), n)
	}
	s := parse(t, "passes/a/x.go", "package p\nimport \"github.com/asynclint/asynclint/passes/b\"\nimport \"github.com/asynclint/asynclint/passes\"")
	wantComplaints(t, upwardImports(s), 2)
}
