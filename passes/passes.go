// Package passes lists what asynclint runs.
package passes

import (
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/audit"
	"github.com/asynclint/asynclint/internal/rule"
	"github.com/asynclint/asynclint/passes/blockingcall"
	"github.com/asynclint/asynclint/passes/goroutineleak"
	"github.com/asynclint/asynclint/passes/lockacrossblock"
	"github.com/asynclint/asynclint/passes/printlog"
	"github.com/asynclint/asynclint/passes/selectcancel"
	"github.com/asynclint/asynclint/passes/unboundedchan"
)

// judges are the passes that judge code, each with its rules; adding a pass
// means adding a line.
var judges = []struct {
	analyzer *analysis.Analyzer
	rules    rule.Table
}{
	{blockingcall.Analyzer, blockingcall.Rules},
	{goroutineleak.Analyzer, goroutineleak.Rules},
	{lockacrossblock.Analyzer, lockacrossblock.Rules},
	{printlog.Analyzer, printlog.Rules},
	{selectcancel.Analyzer, selectcancel.Rules},
	{unboundedchan.Analyzer, unboundedchan.Rules},
}

// auditor judges directives; it requires all judges, so it is built once.
var auditor = audit.New(analyzers(), Rules())

// All returns every pass, the audit of directives last.
func All() []*analysis.Analyzer { return append(analyzers(), auditor) }

// Rules returns the rules of all passes, in the passes' order.
func Rules() []rule.Rule {
	var all []rule.Rule
	for _, j := range judges {
		all = append(all, j.rules...)
	}
	return slices.Concat(all, []rule.Rule(audit.Rules))
}

// analyzers returns the passes that judge code.
func analyzers() []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, j := range judges {
		list = append(list, j.analyzer)
	}
	return list
}
