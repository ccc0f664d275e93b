package render

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asynclint/asynclint/internal/driver"
)

// at returns a position.
func at(file string, line, column int) token.Position {
	return token.Position{Filename: file, Line: line, Column: column}
}

// textSource is the file the text tests point into.
const textSource = "package p\n\n\tx := \"é\"; wait()\n\tlong(\n\t\t1)  \nend"

// textTest is a finding and how it is shown.
type textTest struct {
	name    string
	finding driver.Finding
	context int
	color   bool
	want    string
}

// textTests returns the tests for a copy of textSource, a.go in dir.
func textTests(dir, file string) []textTest {
	return []textTest{
		{
			"a call behind a tab and a wide letter",
			driver.Finding{Message: "m", Pos: at(file, 3, 13), End: at(file, 3, 19)},
			0, false,
			"a.go:3:13: m\n  3 | \tx := \"é\"; wait()\n    | \t          ^^^^^^\n",
		},
		{
			"a call over two lines, with context",
			driver.Finding{Message: "m", Pos: at(file, 4, 2), End: at(file, 5, 5)},
			1, false,
			"a.go:4:2: m\n  3 | \tx := \"é\"; wait()\n  4 | \tlong(\n    | \t^^^^^\n  5 | \t\t1)  \n",
		},
		{
			"a point",
			driver.Finding{Message: "m", Pos: at(file, 3, 2), End: at(file, 3, 2)},
			0, false,
			"a.go:3:2: m\n  3 | \tx := \"é\"; wait()\n    | \t^\n",
		},
		{
			"steps",
			driver.Finding{Message: "m", Pos: at(file, 99, 1), End: at(file, 99, 1),
				Related: []driver.Step{{Pos: at(file, 1, 1), Message: "one"}, {Pos: at("/far/b.go", 2, 2), Message: "two"}}},
			0, false,
			"a.go:99:1: m\n  1. a.go:1:1: one\n  2. /far/b.go:2:2: two\n",
		},
		{
			"no source at all",
			driver.Finding{Message: "m", Pos: at(filepath.Join(dir, "gone.y"), 1, 1), End: at(file, 1, 1)},
			2, false,
			"gone.y:1:1: m\n",
		},
		{
			"a column beyond the line",
			driver.Finding{Message: "m", Pos: at(file, 6, 90), End: at(file, 6, 95)},
			0, false,
			"a.go:6:90: m\n  6 | end\n    |    ^\n",
		},
		{
			"colours",
			driver.Finding{Message: "m", Pos: at(file, 6, 1), End: at(file, 6, 4)},
			0, true,
			bold + "a.go:6:1" + reset + ": m\n" + faint + "  6 | " + reset + "end\n" + faint + "    | " + reset + red + "^^^" + reset + "\n",
		},
	}
}

func TestText(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.go")
	if err := os.WriteFile(file, []byte(textSource), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range textTests(dir, file) {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			v := &View{Base: dir, Context: test.context, Color: test.color}
			if err := Text(&b, &driver.Report{Findings: []driver.Finding{test.finding}}, v); err != nil {
				t.Fatal(err)
			}
			if b.String() != test.want {
				t.Errorf("got\n%s\nwant\n%s", b.String(), test.want)
			}
		})
	}
}

func TestSummaryCountsPackages(t *testing.T) {
	tests := []struct {
		packages string
		want     string
	}{
		{"", ""},
		{"a", "1 finding in 1 package"},
		{"a a b", "3 findings in 2 packages"},
	}
	for _, test := range tests {
		var list []driver.Finding
		for _, p := range strings.Fields(test.packages) {
			list = append(list, driver.Finding{Package: p})
		}
		if got := Summary(list); got != test.want {
			t.Errorf("%q: %q", test.packages, got)
		}
	}
}

func TestGitHubEscapes(t *testing.T) {
	var b strings.Builder
	f := driver.Finding{Message: "50%\nmore", Category: "a,b", Pos: at("/m/x:y.go", 1, 2), End: at("/m/x:y.go", 1, 3)}
	if err := GitHub(&b, &driver.Report{Findings: []driver.Finding{f}}, &View{Base: "/m"}); err != nil {
		t.Fatal(err)
	}
	const want = "::error file=x%3Ay.go,line=1,col=2,endLine=1,endColumn=3,title=a%2Cb::50%25%0Amore\n"
	if b.String() != want {
		t.Errorf("got %q", b.String())
	}
}

func TestColumnsInCharacters(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(file, []byte("é = 1\r\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var s sources
	if got := s.characters(file, 1, 4); got != 3 {
		t.Errorf("column %d", got)
	}
	if got := s.characters(file, 7, 4); got != 4 {
		t.Errorf("outside: column %d", got)
	}
	if line := s.lines(file)[0]; line != "é = 1" {
		t.Errorf("line %q", line)
	}
}
