package pattern

import (
	"sync"
	"testing"
)

func TestPattern(t *testing.T) {
	p := New(`^a+$`)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if !p.MatchString("aa") || p.MatchString("ab") {
				t.Error("^a+$ matches the wrong strings")
			}
		})
	}
	wg.Wait()
	if got := p.Regexp().ReplaceAllString("aaa", "b"); got != "b" {
		t.Errorf("replaced to %q", got)
	}
}

// A mistake in an expression shows when it is used, not when the program starts.
func TestPatternPanicsLate(t *testing.T) {
	p := New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("no panic for an expression that does not compile")
		}
	}()
	p.MatchString("")
}
