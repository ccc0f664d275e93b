package unboundedchan

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
)

// The worked examples about bounds, and silence about all others.
func TestExamples(t *testing.T) { checktest.Examples(t, Analyzer) }

// The manual describes every rule, and its examples behave as it says.
func TestManual(t *testing.T) { checktest.Manual(t, Analyzer, Rules) }

// Odd but legal Go.
func TestHostile(t *testing.T) { checktest.Hostile(t, Analyzer) }

// What level default says, rule by rule.
func TestRules(t *testing.T) {
	for _, topic := range []string{"spawn", "limit", "queue", "buffer", "channel", "timer"} {
		t.Run(topic, func(t *testing.T) { checktest.Run(t, Analyzer, "unboundedchan/"+topic) })
	}
}

// What only level strict says.
func TestStrict(t *testing.T) {
	checktest.Strict(t)
	checktest.Run(t, Analyzer, "unboundedchan/strict")
}

// What somebody wanted so, or what only tests run, is for level strict.
func TestOnlyStrict(t *testing.T) {
	for _, topic := range []string{"intended", "fixturesmock"} {
		t.Run(topic, func(t *testing.T) {
			for _, act := range checktest.Analyze(t, Analyzer, "unboundedchan/"+topic) {
				for _, d := range act.Diagnostics {
					t.Errorf("level default reports %s", d.Message)
				}
			}
			checktest.Strict(t)
			checktest.Run(t, Analyzer, "unboundedchan/"+topic)
		})
	}
}
