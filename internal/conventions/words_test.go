package conventions

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// vagueNames say nothing about what is inside; everything ends up there.
var vagueNames = []string{"util", "utils", "help" + "er", "help" + "ers", "common", "misc", "shared", "base"}

func TestNamesSayWhatIsInside(t *testing.T) {
	for _, name := range files(t) {
		if !isFixture(name) {
			report(t, vague(name))
		}
	}
}

// vague complains of directories and files with a vague name.
func vague(name string) []string {
	var complaints []string
	for part := range strings.SplitSeq(name, "/") {
		for word := range strings.SplitSeq(strings.TrimSuffix(part, path.Ext(part)), "_") {
			if slices.Contains(vagueNames, word) {
				complaints = append(complaints, fmt.Sprintf("%s: %q says nothing", name, word))
			}
		}
	}
	return complaints
}

// foreign are words that belong to the place where code was written, not to the
// code: paths of a machine, numbers of a tracker, people's tools. They are
// spelled in halves here so that this file does not offend itself.
var foreign = regexp.MustCompile(strings.Join([]string{
	`(^|[^\w.])/(wo` + `rk|tm` + `p|ro` + `ot|ho` + `me)/`,
	`\.\./sha` + `red`,
	`\bhelp` + `ers?\b`,
	`\bage` + `nts?\b`,
	`\bsess` + `ions?\b`,
	`\b[Ii]ss` + `ue #?\d`,
	`(?i)\b(cla` + `ude|anth` + `ropic|cop` + `ilot|chat` + `gpt|ll` + `m)\b`,
}, "|"))

// Text is what people read: code, comments, pages and settings. Tables name
// other people's functions, as they are.
var textFiles = []string{".go", ".md", ".yml", ".yaml", ".sh", ".mod"}

func TestTextIsOurOwn(t *testing.T) {
	for _, name := range files(t) {
		if !slices.Contains(textFiles, path.Ext(name)) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		report(t, foreignWords(name, string(content)))
	}
}

// foreignWords complains of lines of content that hold a foreign word.
func foreignWords(name, content string) []string {
	var complaints []string
	n := 0
	for line := range strings.Lines(content) {
		n++
		if word := foreign.FindString(line); word != "" {
			complaints = append(complaints, fmt.Sprintf("%s:%d: %q", name, n, strings.TrimSpace(word)))
		}
	}
	return complaints
}

func TestWordsRefuses(t *testing.T) {
	wantComplaints(t, vague("internal/ut"+"il/x.go"), 1)
	wantComplaints(t, vague("internal/x/test_help"+"er.go"), 1)
	wantComplaints(t, vague("internal/x/utility.go"), 0)
	wantComplaints(t, foreignWords("a", "see /tm"+"p/x\nfine\n// a help"+"er\nt.Helper()\niss"+"ue 12"), 3)
}
