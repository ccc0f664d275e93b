package driver

import (
	"cmp"
	"go/token"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// findings turns the diagnostics of one analyzer into findings.
func (x *execution) findings(a *analysis.Analyzer) []Finding {
	var list []Finding
	for _, d := range x.diagnostics[a] {
		list = append(list, x.finding(a, d))
	}
	return list
}

// finding turns one diagnostic into a finding. Positions are told as //line
// directives have them, edits as the files have them.
func (x *execution) finding(a *analysis.Analyzer, d analysis.Diagnostic) Finding {
	fset := x.unit.Fset
	f := Finding{
		Analyzer: a.Name,
		Category: d.Category,
		Message:  d.Message,
		URL:      diagnosticURL(a, d),
		Pos:      fset.Position(d.Pos),
		End:      fset.Position(cmp.Or(d.End, d.Pos)),
		Package:  plainPath(x.unit.ID),
	}
	for _, r := range d.Related {
		f.Related = append(f.Related, Step{
			Pos:     fset.Position(r.Pos),
			End:     fset.Position(cmp.Or(r.End, r.Pos)),
			Message: r.Message,
		})
	}
	for _, fix := range d.SuggestedFixes {
		if edits, ok := editsOf(fset, fix.TextEdits); ok {
			f.Fixes = append(f.Fixes, Fix{Message: fix.Message, Edits: edits})
		}
	}
	return f
}

// editsOf resolves edits to file offsets. ok is false if an edit lies outside a
// file, in one that was made from another, or overlaps another edit: such a fix
// must not be offered.
func editsOf(fset *token.FileSet, texts []analysis.TextEdit) (edits []Edit, ok bool) {
	for _, t := range texts {
		file := fset.File(t.Pos)
		end := cmp.Or(t.End, t.Pos)
		if file == nil || end < t.Pos || int(end) > file.Base()+file.Size() || isDerived(fset, t.Pos) {
			return nil, false
		}
		edits = append(edits, Edit{
			File:  file.Name(),
			Start: file.Offset(t.Pos),
			End:   file.Offset(end),
			New:   string(t.NewText),
		})
	}
	slices.SortStableFunc(edits, compareEdits)
	for i := 1; i < len(edits); i++ {
		if edits[i].File == edits[i-1].File && edits[i].Start < edits[i-1].End {
			return nil, false
		}
	}
	return edits, len(edits) > 0
}

// isDerived reports whether a line directive says that the text at pos was
// made from another file, by cgo or a generator.
func isDerived(fset *token.FileSet, pos token.Pos) bool {
	return fset.Position(pos).Filename != fset.File(pos).Name()
}

// compareEdits orders edits by file and place; insertions come before
// replacements at the same place.
func compareEdits(a, b Edit) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Start, b.Start),
		cmp.Compare(a.End, b.End),
	)
}

// diagnosticURL resolves the diagnostic's URL against the analyzer's; a
// category is an anchor of the analyzer's page.
func diagnosticURL(a *analysis.Analyzer, d analysis.Diagnostic) string {
	raw := d.URL
	if raw == "" && d.Category != "" {
		raw = "#" + d.Category
	}
	ref, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	base, err := url.Parse(a.URL)
	if err != nil || d.URL == "" && a.URL == "" {
		return ""
	}
	return base.ResolveReference(ref).String()
}

// plainPath returns the package a test variant belongs to: "p [p.test]" and
// "p_test [p.test]" are "p".
func plainPath(id string) string {
	path, _, variant := strings.Cut(id, " [")
	if variant {
		path = strings.TrimSuffix(path, "_test")
	}
	return path
}
