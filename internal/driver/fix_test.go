package driver

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixing returns a finding whose fix replaces old by new in src.
func fixing(file, src, old, new string) Finding {
	start := strings.Index(src, old)
	f := Finding{Message: "replace " + old, Fixes: []Fix{{Edits: []Edit{{file, start, start + len(old), new}}}}}
	f.Pos.Filename, f.Pos.Line, f.Pos.Column = file, 1, start+1
	return f
}

func TestPlanFixes(t *testing.T) {
	const src = "package p\n\nvar a, b, c = 1, 2, 3\n// */\n"
	file := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	plain := Finding{Message: "nothing to fix"}
	tests := []struct {
		name     string
		findings []Finding
		after    string // "" if nothing changes
		rest     int
		notes    int
	}{
		{"no fix", []Finding{plain}, "", 1, 0},
		{"two", []Finding{fixing(file, src, "1", "10"), fixing(file, src, "3", "30")}, "10, 2, 30", 0, 0},
		{"overlap", []Finding{fixing(file, src, "1, 2", "4, 5"), fixing(file, src, "2, 3", "6, 7")}, "4, 5, 3", 1, 1},
		{"equal", []Finding{fixing(file, src, "2", "5"), fixing(file, src, "2", "5")}, "1, 5, 3", 0, 0},
		{"same place", []Finding{fixing(file, src, "2", "5"), fixing(file, src, "2", "6")}, "1, 5, 3", 1, 1},
		{"formatted", []Finding{fixing(file, src, "2", "  5")}, "1, 5, 3", 0, 0},
		{"broken", []Finding{fixing(file, src, "2", "(")}, "", 1, 1},
		{"one broken", []Finding{fixing(file, src, "2", "("), fixing(file, src, "3", "30")}, "1, 2, 30", 1, 1},
		{"broken together", []Finding{fixing(file, src, "3", "3 /*"), fixing(file, src, "*/", "")}, "", 2, 1},
		{"gone", []Finding{fixing(file+"x", src, "2", "5")}, "", 1, 1},
		{"beyond", []Finding{{Fixes: []Fix{{Edits: []Edit{{file, 900, 901, ""}}}}}}, "", 1, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plan := PlanFixes(test.findings)
			if len(plan.Rest) != test.rest || len(plan.Notes) != test.notes {
				t.Errorf("rest %v, notes %v", plan.Rest, plan.Notes)
			}
			if plan.Applied != len(test.findings)-test.rest {
				t.Errorf("%d applied", plan.Applied)
			}
			switch {
			case test.after == "" && len(plan.Changes) > 0:
				t.Errorf("changed to %s", plan.Changes[0].After)
			case test.after != "" && (len(plan.Changes) != 1 || !strings.Contains(string(plan.Changes[0].After), test.after)):
				t.Errorf("changes %v, want %q", plan.Changes, test.after)
			}
		})
	}
}
