package printlog

import (
	"go/types"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestBelowSlog holds the list of what log/slog is made of against the toolchain.
func TestBelowSlog(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "log/slog").Output()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, path := range strings.Fields(string(out)) {
		if !strings.Contains(path, "internal") && !strings.HasPrefix(path, "vendor/") {
			want = append(want, path)
		}
	}
	slices.Sort(want)
	if got := strings.Fields(belowSlog); !slices.Equal(got, want) {
		t.Errorf("the list is %q: want %q", got, want)
	}
}

// TestIsBelowSlog tells the packages that cannot log from those that can.
func TestIsBelowSlog(t *testing.T) {
	for path, want := range map[string]bool{
		"os": true, "internal/cpu": true, "crypto/internal/sysrand": true, "vendor/golang.org/x/sys/cpu": true,
		"net/http/cgi": false, "internal": true, "example.org/internal/cpu": false, "shop/internal/cart": false,
	} {
		pass := &analysis.Pass{Pkg: types.NewPackage(path, "p")}
		if isBelowSlog(pass) != want {
			t.Errorf("isBelowSlog(%q) = %v", path, !want)
		}
	}
	inModule := &analysis.Pass{Pkg: types.NewPackage("internal/cpu", "cpu"), Module: &analysis.Module{Path: "internal"}}
	if isBelowSlog(inModule) {
		t.Error("a package of a module named internal counts as the standard library's")
	}
}
