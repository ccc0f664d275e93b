package printlog_test

import (
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/passes/printlog"
)

// TestRules holds every rule to a bad and an ok as close to it as we can write.
func TestRules(t *testing.T) {
	for _, path := range []string{
		"printlog/library", "printlog/frontend", "printlog/cmd/tool", "printlog/fuzzing/frames",
		"printlog/service", "printlog/batch",
		"printlog/mixed", "printlog/unrouted", "printlog/survived",
		"printlog/fatal", "printlog/exits", "printlog/serving",
		"printlog/fields", "printlog/examples/hello",
		"printlog/internal/pump", "printlog/inhouse/store",
	} {
		t.Run(path, func(t *testing.T) { checktest.Run(t, printlog.Analyzer, path) })
	}
}

// TestStrict checks what only level strict reports.
func TestStrict(t *testing.T) {
	for _, path := range []string{
		"printlog/quiet", "printlog/relay", "printlog/everywhere",
		"printlog/module", "printlog/routed", "printlog/routed/beyond", "printlog/redirects",
		"printlog/redirects/viazap", "printlog/redirects/viadefault", "printlog/recovery",
		"printlog/meant", "printlog/leftbehind", "printlog/shown", "printlog/internal/fetch", "printlog/migrations/three", "printlog/talks", "printlog/handson",
	} {
		t.Run(path, func(t *testing.T) {
			for _, act := range checktest.Analyze(t, printlog.Analyzer, path) {
				if n := len(act.Diagnostics); n > 0 {
					t.Errorf("level default reports %d findings: %s", n, act.Diagnostics[0].Message)
				}
			}
			checktest.Strict(t)
			checktest.Run(t, printlog.Analyzer, path)
		})
	}
}

// TestEach checks that level strict asks for each print of a function, in whatever
// form it comes.
func TestEach(t *testing.T) {
	checktest.Strict(t)
	checktest.Run(t, printlog.Analyzer, "printlog/forms")
}

// TestFixes applies the fixes and compares them with golden files.
func TestFixes(t *testing.T) {
	for _, path := range []string{
		"printlog/fixes/global", "printlog/fixes/zapsink", "printlog/fixes/sugar", "printlog/fixes/zerochain",
		"printlog/fixes/entry", "printlog/fixes/logrsink", "printlog/fixes/klogsink", "printlog/fixes/hclogsink",
		"printlog/shadow",
	} {
		t.Run(path, func(t *testing.T) { checktest.Run(t, printlog.Analyzer, path) })
	}
}

// TestManual holds the manual to the rules and runs its examples.
func TestManual(t *testing.T) {
	checktest.Manual(t, printlog.Analyzer, printlog.Rules)
}

// TestHostile survives odd but legal Go.
func TestHostile(t *testing.T) { checktest.Hostile(t, printlog.Analyzer) }
