// This file judges directives one by one. It must run after all passes: what a
// directive silenced is known only then. "Needless" is a must: nothing that is
// switched on asked for the directive. It knowingly misses lists of which only
// some names silence something, and everything written as //nolint, which
// golangci-lint's nolintlint looks after.

package audit

import (
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/rule"
)

// manual is the source that the documentation is made from.
//
//go:embed doc.go
var manual string

// New returns the analyzer that judges directives after passes have run. known
// are the rules of all passes, this one's included.
func New(passes []*analysis.Analyzer, known []rule.Rule) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     passName,
		Doc:      docs.MustDoc(manual, passName),
		URL:      docs.URL(passName),
		Requires: append([]*analysis.Analyzer{directive.Analyzer}, passes...),
		Run: func(pass *analysis.Pass) (any, error) {
			directives := pass.ResultOf[directive.Analyzer].(*directive.Set)
			a := auditor{known: known, settings: config.Active(), report: report.New(pass, Rules, directives)}
			for _, d := range directives.All() {
				a.judge(d)
			}
			return nil, a.report.Flush()
		},
	}
}

// auditor judges the directives of one package.
type auditor struct {
	known    rule.Table
	settings *config.Settings
	report   *report.Reporter
}

// judge says the one worst thing about a directive.
func (a *auditor) judge(d directive.Directive) {
	if d.Nolint {
		return
	}
	stranger, named := a.stranger(d)
	switch {
	case d.Problem == directive.NoReason && !named:
		a.add(d, withoutReason, sayNoReason(d), nil)
	case d.Problem != directive.NoProblem && d.Problem != directive.NoReason:
		a.add(d, malformed, sayMalformed(d), respell(d))
	case named:
		a.add(d, unknownName, sayUnknown(stranger, a.names()), nil)
	case !d.Used && a.mayJudgeUse(d):
		a.add(d, needless, sayNeedless(d), remove(d))
	}
}

// add reports a directive at its own line.
func (a *auditor) add(d directive.Directive, name, message string, fix *analysis.SuggestedFix) {
	a.report.Add(report.Finding{Rule: name, Pos: d.Pos, End: d.End, Message: message, Fix: fix})
}

// stranger returns the first name of d that is neither a rule nor a pass.
func (a *auditor) stranger(d directive.Directive) (name string, found bool) {
	names := a.names()
	for _, n := range d.Names {
		if !slices.Contains(names, n) && n != directive.Everything {
			return n, true
		}
	}
	return "", false
}

// names returns what an ignore may name: rules, then passes.
func (a *auditor) names() []string {
	var rules, passes []string
	for _, r := range a.known {
		rules = append(rules, r.Name)
		if !slices.Contains(passes, r.Pass) {
			passes = append(passes, r.Pass)
		}
	}
	return append(rules, passes...)
}

// mayJudgeUse reports whether everything that could have used d was on. A
// directive for what is off today is not needless.
func (a *auditor) mayJudgeUse(d directive.Directive) bool {
	switch d.Kind {
	case directive.Ignore:
		return !slices.ContainsFunc(d.Names, a.mayBeIdle)
	case directive.Daemon, directive.Detached:
		return !a.mayBeIdle(directive.Everything)
	}
	return false
}

// mayBeIdle reports whether a rule that goes by name, or by a pass of that
// name, is off, or is one of ours, which speak after the question was asked.
func (a *auditor) mayBeIdle(name string) bool {
	return slices.ContainsFunc(a.known, func(r rule.Rule) bool {
		switch {
		case r.Pass == passName:
			return name == r.Name || name == r.Pass
		case name == r.Name:
			return !a.settings.On(r, false)
		}
		return (name == r.Pass || name == directive.Everything) && !a.judges(r)
	})
}

// judges reports whether r adds its findings, be they shown or not: passes look
// for strict findings at every level, but not for what was switched off.
func (a *auditor) judges(r rule.Rule) bool {
	off := slices.Contains(a.settings.Disable, r.Pass) || slices.Contains(a.settings.Disable, r.Name)
	return a.settings.PassOn(r.Pass) && !off
}
