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
