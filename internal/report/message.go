package report

import (
	"fmt"
	"go/token"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/docs"
)

// Step is one entry of an explanation.
func Step(pos token.Pos, format string, args ...any) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: pos, Message: fmt.Sprintf(format, args...)}
}

// Line returns "line 41": how a message names a place in the file it is
// reported in. Like the position drivers print, it honours //line comments.
func (r *Reporter) Line(pos token.Pos) string {
	return fmt.Sprintf("line %d", r.pass.Fset.Position(pos).Line)
}

// Where returns "on line 41" if pos is in the same file as from, else
// "in queue.go": line numbers of other files go stale unnoticed. It returns
// "elsewhere" if there is no position.
func (r *Reporter) Where(from, pos token.Pos) string {
	at := r.pass.Fset.Position(pos)
	switch {
	case !at.IsValid():
		return "elsewhere"
	case at.Filename == r.pass.Fset.Position(from).Filename:
		return fmt.Sprintf("on line %d", at.Line)
	}
	return "in " + filepath.Base(at.Filename)
}

// diagnostic gives a finding the form all of asynclint's reports have.
func (r *Reporter) diagnostic(it *item) analysis.Diagnostic {
	d := analysis.Diagnostic{
		Pos:      it.Pos,
		Category: it.rule.Name,
		Message:  it.Message + " (" + it.rule.Name + ")",
		URL:      docs.URL(it.rule.Pass) + "#" + it.rule.Name,
	}
	if it.End > it.Pos && r.pass.Fset.File(it.End) == it.file {
		d.End = it.End
	}
	for _, step := range it.Related {
		if step.Pos.IsValid() {
			d.Related = append(d.Related, step)
		}
	}
	if fix := r.fix(it); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	return d
}

// fix chooses the one fix of a finding: go vet -fix applies the first it sees.
func (r *Reporter) fix(it *item) *analysis.SuggestedFix {
	chosen := it.Fix
	if chosen == nil && r.settings.UnsafeFixes {
		chosen = it.Unsafe
	}
	if chosen == nil || len(chosen.TextEdits) == 0 {
		return nil
	}
	for _, e := range chosen.TextEdits {
		if !r.files[r.pass.Fset.File(e.Pos)] {
			return nil
		}
	}
	return chosen
}
