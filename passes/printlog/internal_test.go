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

// TestSaysEnd tells decisions to end the process from regrets and from other
// ends.
func TestSaysEnd(t *testing.T) {
	for text, want := range map[string]struct{ doc, call bool }{
		"load reads the file and exits if that fails.":          {true, true},
		"load reads the file. It then\nterminates this process": {true, true},
		"load crashes on purpose":                               {true, true},
		"abort":                                                 {false, true},
		"load aborts the transfer":                              {false, true},
		"load waits until the child exits":                      {false, false},
		"load must not exit":                                    {false, false},
		"load exits: TODO, return an error":                     {false, false},
		"exits past what callers deferred":                      {false, false},
		"want `os.Exit: exit in the caller`":                    {false, false},
		"":                                                      {false, false},
	} {
		if doc, call := saysEnd(text, true), saysEnd(text, false); doc != want.doc || call != want.call {
			t.Errorf("saysEnd(%q) = %v in documentation, %v at a call", text, doc, call)
		}
	}
}
