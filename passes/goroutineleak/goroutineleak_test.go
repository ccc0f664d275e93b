package goroutineleak

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
)

func TestManual(t *testing.T)  { checktest.Manual(t, Analyzer, Rules) }
func TestHostile(t *testing.T) { checktest.Hostile(t, Analyzer) }
func TestTextbook(t *testing.T) {
	checktest.Examples(t, Analyzer, "g04", "g06", "g07", "g08", "g09", "g1", "e01", "e03", "e11", "e13", "e18", "e19", "s", "u", "l", "b", "p")
}
