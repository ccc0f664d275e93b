package rule

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"ignore", "daemon", "detached", "nonblocking", "blocking"}
	for name, want := range map[string]string{
		"ignore":       "ignore",
		"ingore":       "ignore",
		"demon":        "daemon",
		"non-blocking": "nonblocking",
		"block":        "",
		"blockin":      "blocking",
		"allow":        "",
		"":             "",
	} {
		if got := Nearest(name, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
	if got := Nearest("x", nil); got != "" {
		t.Errorf("Nearest without names = %q, want nothing", got)
	}
}
