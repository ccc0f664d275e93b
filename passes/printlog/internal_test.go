package printlog

import (
	"slices"
	"testing"
)

// TestKnowsSlog holds the fix back from modules that are older than slog.
func TestKnowsSlog(t *testing.T) {
	for v, want := range map[string]bool{"": true, "go1.20": false, "go1.21": true, "go1.26.8": true} {
		if knowsSlog(v) != want {
			t.Errorf("knowsSlog(%q) = %v", v, !want)
		}
	}
}

// TestWords splits names as people read them.
func TestWords(t *testing.T) {
	for name, want := range map[string][]string{
		"printUsage": {"print", "usage"}, "HTTPDump": {"http", "dump"}, "dump_2_all": {"dump", "all"}, "": nil, "ÜberLog": {"über", "log"},
	} {
		if got := words(name); !slices.Equal(got, want) {
			t.Errorf("words(%q) = %q: want %q", name, got, want)
		}
	}
}

// TestIsLogName tells loggers from other words that end alike.
func TestIsLogName(t *testing.T) {
	for name, want := range map[string]bool{"zaplog": true, "log": true, "catalog": false, "blog": false, "login": false} {
		if isLogName(name) != want {
			t.Errorf("isLogName(%q) = %v", name, !want)
		}
	}
}
