package checktest

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/asynclint/asynclint/internal/docs"
)

// maxMessage is the length of a message in characters, the rule's name
// included: it must fit a terminal line behind a position.
const maxMessage = 140

// checkMessages holds every report of act to the form all messages have.
func checkMessages(t *testing.T, act *checker.Action) {
	t.Helper()
	known := docs.RuleNames(act.Analyzer.Doc)
	for _, d := range act.Diagnostics {
		at := lineOf(act, d)
		for _, fault := range faults(d, known, act.Package.Syntax) {
			t.Errorf("%s:%d: %s: %s", at.file, at.n, fault, d.Message)
		}
	}
}

// faults says what is wrong with the form of d.
func faults(d analysis.Diagnostic, known []string, files []*ast.File) []string {
	var out []string
	body, hasRule := strings.CutSuffix(d.Message, " ("+d.Category+")")
	if n := utf8.RuneCountInString(d.Message); n > maxMessage {
		out = append(out, fmt.Sprintf("message has %d characters, more than %d", n, maxMessage))
	}
	if !hasRule {
		out = append(out, fmt.Sprintf("message does not end with its category (%s)", d.Category))
	}
	if !slices.Contains(known, d.Category) {
		out = append(out, fmt.Sprintf("rule %q is not in the manual", d.Category))
	}
	if strings.ContainsRune(d.Message, '\n') {
		out = append(out, "message has more than one line")
	}
	if strings.HasSuffix(body, ".") || strings.HasSuffix(body, "!") {
		out = append(out, "message ends with a stop")
	}
	if first, _ := utf8.DecodeRuneInString(body); unicode.IsUpper(first) && !isName(firstWord(body), files) {
		out = append(out, "message starts in upper case")
	}
	if len(d.SuggestedFixes) > 1 {
		out = append(out, "more than one fix")
	}
	return out
}

// firstWord returns the letters and digits at the head of s.
func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	if end < 0 {
		return s
	}
	return s[:end]
}

// isName reports whether word is an identifier of files: a message may start
// with one as it is written.
func isName(word string, files []*ast.File) bool {
	found := false
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && id.Name == word
			return !found
		})
	}
	return found
}
