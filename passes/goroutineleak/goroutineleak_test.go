package goroutineleak

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
)

func TestManual(t *testing.T)   { checktest.Manual(t, Analyzer, Rules) }
func TestHostile(t *testing.T)  { checktest.Hostile(t, Analyzer) }
func TestTextbook(t *testing.T) { checktest.Examples(t, Analyzer) }
