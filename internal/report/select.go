package report

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/rule"
)

// item is a finding with what choosing among findings needs.
type item struct {
	Finding
	rule     rule.Rule
	rank     int         // the rule's place in its table
	file     *token.File // of Pos
	line     int         // of Pos, physical
	silenced bool
}

// filesOf says of each file of the package whether people wrote it.
func filesOf(pass *analysis.Pass) map[*token.File]bool {
	files := make(map[*token.File]bool, len(pass.Files))
	for _, f := range pass.Files {
		files[pass.Fset.File(f.FileStart)] = !ast.IsGenerated(f)
	}
	return files
}

// locate finds the place of f; nil if it is not for the users of this package
// to act on: in a generated file or in another package.
func (r *Reporter) locate(f Finding, rl rule.Rule, rank int) *item {
	file := r.pass.Fset.File(f.Pos)
	if file == nil || !r.files[file] {
		return nil
	}
	line := file.PositionFor(f.Pos, false).Line
	return &item{Finding: f, rule: rl, rank: rank, file: file, line: line}
}

// switchedOn keeps what the settings let speak.
func (r *Reporter) switchedOn(items []*item) []*item {
	return slices.DeleteFunc(items, func(it *item) bool { return !r.settings.On(it.rule, it.Strict) })
}

// isSilenced asks the directives about a finding, but for those that the driver
// applies itself.
func (r *Reporter) isSilenced(it *item) bool {
	if r.settings.HostNolint {
		return r.directives.SilencesOwn(it.Pos, it.rule.Name, it.rule.Pass)
	}
	return r.directives.Silences(it.Pos, it.rule.Name, it.rule.Pass)
}

// notSilenced keeps what no directive suppresses. It comes after onePerDefect:
// a defect silenced under its best rule's name does not return under another.
func notSilenced(items []*item) []*item {
	return slices.DeleteFunc(items, func(it *item) bool { return it.silenced })
}

// onePerDefect keeps, of the findings about one defect, that of the earliest
// rule, and of those the first in the source.
func onePerDefect(items []*item) []*item {
	slices.SortStableFunc(items, func(a, b *item) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.Pos, b.Pos))
	})
	seen := map[any]bool{}
	return slices.DeleteFunc(items, func(it *item) bool {
		if it.Defect == nil {
			return false
		}
		repeated := seen[it.Defect]
		seen[it.Defect] = true
		return repeated
	})
}

// onePerLine puts findings into source order and keeps one per rule and line.
func onePerLine(items []*item) []*item {
	slices.SortStableFunc(items, func(a, b *item) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Message, b.Message))
	})
	type place struct {
		rank int
		file *token.File
		line int
	}
	seen := map[place]bool{}
	return slices.DeleteFunc(items, func(it *item) bool {
		p := place{it.rank, it.file, it.line}
		repeated := seen[p]
		seen[p] = true
		return repeated
	})
}
