// Package report is the only door to pass.Report.
//
// A pass adds findings; the door applies what all passes share: settings,
// generated files, directives, one report per defect, the form of the message,
// and the order.
package report

import (
	"errors"
	"fmt"
	"go/token"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/rule"
)

// MaxMessage is the length in bytes that a message may have with its rule's
// name. Longer ones wrap in terminals and reviews; tests complain about them.
const MaxMessage = 140

// Finding is one defect as a pass sees it.
type Finding struct {
	Rule    string    // name of a rule of the pass
	Pos     token.Pos // the line the user would edit or annotate
	End     token.Pos // may be NoPos
	Message string    // "<what>, <where the other half is>; <what to do>", without the rule's name
	Related []analysis.RelatedInformation
	Strict  bool                   // this finding belongs to level strict although its rule is default
	Fix     *analysis.SuggestedFix // keeps behaviour on the paths that worked
	Unsafe  *analysis.SuggestedFix // changes control flow: offered only with UnsafeFixes
	Defect  any                    // comparable; findings of a pass with equal non-nil Defects are one defect
}

// Reporter collects the findings of one pass on one package.
type Reporter struct {
	pass       *analysis.Pass
	rules      rule.Table
	directives *directive.Set
	settings   *config.Settings
	files      map[*token.File]bool // the package's files; true if written by people
	found      []*item
	errs       []error
}

// New returns a Reporter for one run of a pass. directives may be nil.
func New(pass *analysis.Pass, rules rule.Table, directives *directive.Set) *Reporter {
	return &Reporter{
		pass:       pass,
		rules:      rules,
		directives: directives,
		settings:   config.Active(),
		files:      filesOf(pass),
	}
}

// Add hands in a finding. Everything a pass finds belongs here, whatever its
// level: which directives are needless is judged from what would be reported.
func (r *Reporter) Add(f Finding) {
	rl, rank, ok := r.rules.Find(f.Rule)
	switch {
	case !ok:
		r.errs = append(r.errs, fmt.Errorf("report: no rule %q in the table of the pass", f.Rule))
	case !f.Pos.IsValid():
		r.errs = append(r.errs, fmt.Errorf("report: a finding of rule %s has no position: %s", f.Rule, f.Message))
	case f.Defect != nil && !reflect.ValueOf(f.Defect).Comparable():
		r.errs = append(r.errs, fmt.Errorf("report: the defect of rule %s is not comparable: %T", f.Rule, f.Defect))
	default:
		if it := r.locate(f, rl, rank); it != nil {
			r.found = append(r.found, it)
		}
	}
}

// Flush reports what survives and forgets it. Its error is a mistake of the
// pass, which should be returned from run: an unknown rule or a finding without
// a position.
func (r *Reporter) Flush() error {
	found := r.found
	r.found = nil
	for _, it := range found {
		it.silenced = r.isSilenced(it)
	}
	found = r.switchedOn(found)
	found = onePerDefect(found)
	found = notSilenced(found)
	for _, it := range onePerLine(found) {
		r.pass.Report(r.diagnostic(it))
	}
	err := errors.Join(r.errs...)
	r.errs = nil
	return err
}
