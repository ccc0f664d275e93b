package lockacrossblock

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
)

// The worked examples about locks, and silence about all others.
func TestExamples(t *testing.T) { checktest.Examples(t, Analyzer) }

// The manual describes every rule, and its examples behave as it says.
func TestManual(t *testing.T) { checktest.Manual(t, Analyzer, Rules) }

// Odd but legal Go.
func TestHostile(t *testing.T) { checktest.Hostile(t, Analyzer) }

// Each rule has what it reports beside what is close to it and right.
func TestFixtures(t *testing.T) {
	for _, topic := range []string{"chanop", "wait", "relock", "unlock", "misuse", "order", "calls", "flow", "fix", "serial", "across", "visitor", "answered", "local", "local/eager", "deadlock"} {
		t.Run(topic, func(t *testing.T) { checktest.Run(t, Analyzer, "lockacrossblock/"+topic) })
	}
}

// The rest of the principle, as written.
func TestStrict(t *testing.T) {
	checktest.Strict(t)
	checktest.Run(t, Analyzer, "lockacrossblock/strict")
}
