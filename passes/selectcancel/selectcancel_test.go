package selectcancel

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
)

// TestRules holds every rule to a bad and an ok as close to it as we can write.
func TestRules(t *testing.T) {
	for _, path := range []string{
		"selectcancel/operand", "selectcancel/nildone", "selectcancel/cond",
		"selectcancel/timerfire", "selectcancel/donestays", "selectcancel/spins",
		"selectcancel/derived", "selectcancel/reuse", "selectcancel/sleep",
	} {
		t.Run(path, func(t *testing.T) { checktest.Run(t, Analyzer, path) })
	}
}

// TestManual runs the examples of the manual.
func TestManual(t *testing.T) { checktest.Manual(t, Analyzer, Rules) }

// TestHostile runs the pass over odd but legal Go.
func TestHostile(t *testing.T) { checktest.Hostile(t, Analyzer) }

// TestTextbook runs the pass over the principle's plain examples.
func TestTextbook(t *testing.T) { checktest.Examples(t, Analyzer) }
