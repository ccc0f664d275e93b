package checktest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
)

// line is a line of a file.
type line struct {
	file string
	n    int
}

// checkWants compares the reports of act with the wants in its files.
func checkWants(t *testing.T, act *checker.Action) {
	t.Helper()
	wants, err := wantsIn(act)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range act.Diagnostics {
		at := lineOf(act, d)
		i := slices.IndexFunc(wants[at], func(re *regexp.Regexp) bool { return re.MatchString(d.Message) })
		if i < 0 {
			t.Errorf("%s:%d: unexpected: %s", at.file, at.n, d.Message)
			continue
		}
		wants[at] = slices.Delete(wants[at], i, i+1)
	}
	var missing []string
	for at, left := range wants {
		for _, re := range left {
			missing = append(missing, fmt.Sprintf("%s:%d: nothing reported that matches %q", at.file, at.n, re))
		}
	}
	slices.SortFunc(missing, cmp.Compare)
	for _, m := range missing {
		t.Error(m)
	}
}

// lineOf returns the line of d as it stands in the file, whatever //line
// directives say.
func lineOf(act *checker.Action, d analysis.Diagnostic) line {
	p := act.Package.Fset.PositionFor(d.Pos, false)
	return line{p.Filename, p.Line}
}

// wantsIn collects the wants in the files of act's package.
func wantsIn(act *checker.Action) (map[line][]*regexp.Regexp, error) {
	wants := map[line][]*regexp.Regexp{}
	for _, file := range act.Package.Syntax {
		for _, group := range file.Comments {
			for _, comment := range group.List {
				p := act.Package.Fset.PositionFor(comment.Pos(), false)
				found, err := parseWants(comment.Text)
				if err != nil {
					return nil, fmt.Errorf("%s:%d: %w", p.Filename, p.Line, err)
				}
				at := line{p.Filename, p.Line}
				wants[at] = append(wants[at], found...)
			}
		}
	}
	return wants, nil
}

// parseWants reads the strings behind "// want" or "/* want" in a comment.
func parseWants(comment string) ([]*regexp.Regexp, error) {
	_, rest, found := strings.Cut(comment, "// want ")
	if !found {
		rest, found = strings.CutPrefix(comment, "/* want ")
		rest = strings.TrimSuffix(rest, "*/")
	}
	if !found {
		return nil, nil
	}
	var wants []*regexp.Regexp
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return nil, fmt.Errorf("want needs quoted strings, not %s", rest)
		}
		text, _ := strconv.Unquote(quoted)
		re, err := regexp.Compile(text)
		if err != nil {
			return nil, err
		}
		wants, rest = append(wants, re), rest[len(quoted):]
	}
	return wants, nil
}
