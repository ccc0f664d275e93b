package goroutineleak

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
)

func TestManual(t *testing.T)   { checktest.Manual(t, Analyzer, Rules) }
func TestHostile(t *testing.T)  { checktest.Hostile(t, Analyzer) }
func TestTextbook(t *testing.T) { checktest.Examples(t, Analyzer) }

func TestFixtures(t *testing.T) {
	for _, topic := range []string{"command", "counters", "endless", "errgroupctx", "fixes", "forgotten", "generators", "groups", "nothing", "outlives", "request", "results", "rpc", "servers", "slots", "stopped", "stuck"} {
		t.Run(topic, func(t *testing.T) { checktest.Run(t, Analyzer, "goroutineleak/"+topic) })
	}
}

func TestStrict(t *testing.T) {
	checktest.Run(t, Analyzer, "goroutineleak/quiet")
	checktest.Strict(t)
	checktest.Run(t, Analyzer, "goroutineleak/strict")
}
