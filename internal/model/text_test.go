package model

import (
	"go/parser"
	"testing"
)

// TestShortText holds names in messages to their length.
func TestShortText(t *testing.T) {
	for _, c := range []struct {
		expr  string
		limit int
		want  string
	}{
		{"s.in", 24, "s.in"},
		{`exec.Command("git", "-C", dir, "gc").Run`, 32, "exec.Command(…).Run"},
		{"b.blockEpochClients[msg.epochID].wg", 32, "b.blockEpochClients[…].wg"},
		{"r.initConnBackoffManager.Backoff().C()", 24, "…Backoff().C()"},
		{"aNameThatIsLongerThanAllowed", 12, "…ThanAllowed"},
	} {
		e, err := parser.ParseExpr(c.expr)
		if err != nil {
			t.Fatal(err)
		}
		if got := ShortText(e, c.limit); got != c.want {
			t.Errorf("%s: got %q, want %q", c.expr, got, c.want)
		} else if n := len([]rune(got)); n > c.limit {
			t.Errorf("%s: %q has %d characters", c.expr, got, n)
		}
	}
}
