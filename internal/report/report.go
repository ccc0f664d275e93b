// Package report is the only door to pass.Report.
//
// A pass adds findings; the door applies what all passes share: settings,
// generated files, directives, one report per defect, the form of the message,
// and the order.
package report

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
)

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
