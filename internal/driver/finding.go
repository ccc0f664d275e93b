package driver

import (
	"cmp"
	"go/token"
	"slices"
)

// Finding is one diagnostic of one analyzer, freed from syntax trees: what
// drivers print, keep in the cache and turn into fixes.
type Finding struct {
	Analyzer string         `json:"analyzer"`
	Category string         `json:"category"` // the rule's name
	Message  string         `json:"message"`
	URL      string         `json:"url,omitempty"`
	Pos      token.Position `json:"pos"` // as //line directives tell it
	End      token.Position `json:"end"` // equal to Pos if the analyzer named no end
	Related  []Step         `json:"related,omitempty"`
	Fixes    []Fix          `json:"fixes,omitempty"`
	Package  string         `json:"package"` // import path without test variant
}

// Step is one step of a finding's explanation, the cause first.
type Step struct {
	Pos     token.Position `json:"pos"`
	End     token.Position `json:"end"`
	Message string         `json:"message"`
}

// Fix is a change of source that removes the finding, to be applied as a whole
// or not at all.
type Fix struct {
	Message string `json:"message"`
	Edits   []Edit `json:"edits"`
}

// Edit replaces the bytes [Start, End) of a file. Offsets count bytes of the
// file itself, whatever //line directives say.
type Edit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

// Problem is something that kept the driver from analysing all it was asked to:
// a package that does not type-check, an analyzer that panicked.
type Problem struct {
	Pos     string // "file:line:col", or empty
	Package string // import path, or empty
	Message string
}

// String returns the problem as one line for people.
func (p Problem) String() string {
	switch {
	case p.Pos != "":
		return p.Pos + ": " + p.Message
	case p.Package != "":
		return p.Package + ": " + p.Message
	}
	return p.Message
}

// comparePositions orders positions by file, line and column.
func comparePositions(a, b token.Position) int {
	return cmp.Or(
		cmp.Compare(a.Filename, b.Filename),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
	)
}

// SortFindings orders findings by place and message and drops doubles, which
// arise where a file belongs to a package and to its test variants.
func SortFindings(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			comparePositions(a.Pos, b.Pos),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Analyzer, b.Analyzer),
		)
	})
	return slices.CompactFunc(list, func(a, b Finding) bool {
		return a.Pos.Filename == b.Pos.Filename && a.Pos.Line == b.Pos.Line &&
			a.Pos.Column == b.Pos.Column && a.Message == b.Message
	})
}

// sortProblems orders problems and drops doubles.
func sortProblems(list []Problem) []Problem {
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Pos, b.Pos),
			cmp.Compare(a.Package, b.Package),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(list, func(a, b Problem) bool {
		return a.String() == b.String()
	})
}
