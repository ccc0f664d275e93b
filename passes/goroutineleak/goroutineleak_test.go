package goroutineleak

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/config"
)

func TestManual(t *testing.T)   { checktest.Manual(t, Analyzer, Rules) }
func TestHostile(t *testing.T)  { checktest.Hostile(t, Analyzer) }
func TestTextbook(t *testing.T) { checktest.Examples(t, Analyzer) }

func TestFixtures(t *testing.T) {
	for _, topic := range []string{"command", "counters", "endless", "errgroupctx", "fixes", "forgotten", "generators", "groups", "nothing", "outlives", "request", "results", "rpc", "servers", "slots", "stopped", "stuck"} {
		t.Run(topic, func(t *testing.T) { checktest.Run(t, Analyzer, "goroutineleak/"+topic) })
	}
}

// Circles through a lock are reported once, where locks are judged.
func TestLocks(t *testing.T) {
	for _, act := range checktest.Analyze(t, Analyzer, "lockacrossblock/deadlock") {
		for _, d := range act.Diagnostics {
			t.Errorf("%s: %s", act.Package.Fset.Position(d.Pos), d.Message)
		}
	}
}

func TestStrict(t *testing.T) {
	checktest.Run(t, Analyzer, "goroutineleak/quiet")
	checktest.Strict(t)
	checktest.Run(t, Analyzer, "goroutineleak/strict")
}

// Fixes that change where control goes are offered only to who asks for them.
func TestUnsafeFixes(t *testing.T) {
	checktest.Set(t, func(s *config.Settings) { s.UnsafeFixes = true })
	checktest.Run(t, Analyzer, "goroutineleak/selects")
}
