package selectcancel

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/config"
)

// TestRules holds every rule to a bad and an ok as close to it as we can write.
func TestRules(t *testing.T) {
	for _, path := range []string{
		"selectcancel/operand", "selectcancel/nildone", "selectcancel/cond",
		"selectcancel/timerfire", "selectcancel/donestays", "selectcancel/spins",
		"selectcancel/derived", "selectcancel/reuse",
		"selectcancel/sibling", "selectcancel/unused", "selectcancel/selects",
		"selectcancel/waits",
	} {
		t.Run(path, func(t *testing.T) { checktest.Run(t, Analyzer, path) })
	}
}

// TestStrict checks what only level strict reports, and that it reports tests
// and their support as it does other code.
func TestStrict(t *testing.T) {
	checktest.Strict(t)
	for _, path := range []string{"selectcancel/strictly", "selectcancel/support/testutil", "selectcancel/support/harness"} {
		t.Run(path, func(t *testing.T) { checktest.Run(t, Analyzer, path) })
	}
}

// TestSupportIsQuiet checks that level default leaves tests and their support
// alone.
func TestSupportIsQuiet(t *testing.T) {
	for _, act := range checktest.Analyze(t, Analyzer, "selectcancel/support/testutil", "selectcancel/support/harness") {
		for _, d := range act.Diagnostics {
			t.Errorf("%s: %s", act.Package.PkgPath, d.Message)
		}
	}
}

// TestUnsafeFixes checks the one rule whose fixes change control flow, with them.
func TestUnsafeFixes(t *testing.T) {
	checktest.Set(t, func(s *config.Settings) { s.UnsafeFixes = true })
	checktest.Run(t, Analyzer, "selectcancel/sleep")
}

// TestManual runs the examples of the manual.
func TestManual(t *testing.T) { checktest.Manual(t, Analyzer, Rules) }

// TestHostile runs the pass over odd but legal Go.
func TestHostile(t *testing.T) { checktest.Hostile(t, Analyzer) }

// TestTextbook runs the pass over the principle's plain examples.
func TestTextbook(t *testing.T) { checktest.Examples(t, Analyzer) }
