package verify_test

import (
	"strings"
	"testing"
)

// explanations are the runs that lead to what is stuck in each function of the
// fixture: twins have numbers, partners are told, and so is the return on whose way
// something deferred still runs.
var explanations = map[string]string{
	"Twins": `Twins starts a goroutine (1st)
Twins starts a goroutine (2nd)
the goroutine started on line 9 (1st) goes on: send on c, received by Twins
Twins returns
the goroutine started on line 9 (1st) returns
the goroutine started on line 9 (2nd) waits for ever: send on c`,
	"Circle": `Circle goes on: Add to wg
Circle starts a goroutine
the goroutine started on line 18 waits for ever: send on c
Circle waits for ever: Wait of wg`,
	"Deferred": `Deferred starts a goroutine
the goroutine started on line 30 goes on: send on out, received by Deferred
Deferred returns
the goroutine started on line 30 waits for ever: send on out`,
}

// TestExplanations compares the steps of proofs with what a reader is to be told.
func TestExplanations(t *testing.T) {
	found := make(map[string]bool)
	for _, st := range prove(t, load(t, "./testdata/explain")[0]).Stuck {
		name := st.Root.Name()
		var lines []string
		for _, step := range st.Explain(12) {
			lines = append(lines, step.Text)
		}
		if got := strings.Join(lines, "\n"); got != explanations[name] {
			t.Errorf("%s:\n%s", name, got)
		}
		found[name] = true
		if few := st.Explain(2); len(few) != 2 || few[1] != st.Steps[len(st.Steps)-1] {
			t.Errorf("%s: the last step is missing from %v", name, few)
		}
	}
	for name := range explanations {
		if !found[name] {
			t.Errorf("%s: nothing proved", name)
		}
	}
}
