package printlog_test

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/passes/printlog"
)

// TestManual holds the manual to the rules and runs its examples.
func TestManual(t *testing.T) {
	checktest.Manual(t, printlog.Analyzer, printlog.Rules)
}
