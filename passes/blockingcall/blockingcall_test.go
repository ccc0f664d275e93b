package blockingcall

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
)

func TestManual(t *testing.T)   { checktest.Manual(t, Analyzer, Rules) }
func TestHostile(t *testing.T)  { checktest.Hostile(t, Analyzer) }
func TestTextbook(t *testing.T) { checktest.Examples(t, Analyzer) }

// TestRules holds every rule to a bad and an ok as close to it as we can write.
func TestRules(t *testing.T) {
	for _, topic := range []string{"loops", "barred", "pool", "beats", "accept", "reply", "selfsend", "busy", "nonblocking", "callbacks"} {
		t.Run(topic, func(t *testing.T) { checktest.Run(t, Analyzer, "blockingcall/"+topic) })
	}
}

// TestStrict checks what only level strict reports.
func TestStrict(t *testing.T) {
	for _, act := range checktest.Analyze(t, Analyzer, "blockingcall/strict") {
		if n := len(act.Diagnostics); n > 0 {
			t.Errorf("level default reports %d findings: %s", n, act.Diagnostics[0].Message)
		}
	}
	checktest.Strict(t)
	checktest.Run(t, Analyzer, "blockingcall/strict")
}
