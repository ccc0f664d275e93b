package audit

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/rule"
)

// verbs lists what a directive can say, for messages.
const verbs = "ignore, daemon, detached, nonblocking or blocking"

// sayMalformed explains a comment that is no directive.
func sayMalformed(d directive.Directive) string {
	verb := short(d.Verb, wordLimit)
	switch d.Problem {
	case directive.Spaced:
		return fmt.Sprintf(`"// asynclint:%s" is only a comment to asynclint; remove the blank after the slashes`, verb)
	case directive.NoNames:
		return "//asynclint:ignore names no rule, so it silences nothing; name a rule or a pass, then the reason"
	case directive.Misplaced:
		return fmt.Sprintf("//asynclint:%s stands at no function or interface method; move it above one", verb)
	}
	if d.Guess != "" {
		return fmt.Sprintf("//asynclint:%s is no directive; write //asynclint:%s", verb, d.Guess)
	}
	return fmt.Sprintf("//asynclint:%s is no directive; write %s", verb, verbs)
}

// sayUnknown explains a name that nothing has.
func sayUnknown(name string, known []string) string {
	advice := "`asynclint help` lists them"
	if near := rule.Nearest(name, known); near != "" {
		advice = "write " + near
	}
	return fmt.Sprintf("%s is neither a rule nor a pass; %s", short(name, nameLimit), advice)
}

// sayNoReason asks for the reason.
func sayNoReason(d directive.Directive) string {
	return fmt.Sprintf("//asynclint:%s gives no reason; say behind it why this is right", d.Kind)
}

// sayNeedless explains a directive without effect.
func sayNeedless(d directive.Directive) string {
	if d.Kind == directive.Ignore {
		return fmt.Sprintf("nothing is reported here for %s to be ignored; remove the directive", short(strings.Join(d.Names, ","), nameLimit))
	}
	return fmt.Sprintf("no report here depends on //asynclint:%s; remove the directive", d.Kind)
}

// How much of what users wrote fits a message beside the rest, in characters.
const (
	wordLimit = 24
	nameLimit = 50
)

// short cuts what users wrote down to limit characters.
func short(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}

// respell returns the fix that makes a directive of a misspelt one.
func respell(d directive.Directive) *analysis.SuggestedFix {
	right := d.Guess
	if d.Problem == directive.Spaced {
		right = d.Verb
	}
	if right == "" {
		return nil
	}
	return &analysis.SuggestedFix{
		Message:   "Write //asynclint:" + right,
		TextEdits: []analysis.TextEdit{{Pos: d.Pos, End: d.VerbEnd, NewText: []byte("//asynclint:" + right)}},
	}
}

// remove returns the fix that takes a directive away.
func remove(d directive.Directive) *analysis.SuggestedFix {
	return &analysis.SuggestedFix{
		Message:   "Remove the directive",
		TextEdits: []analysis.TextEdit{{Pos: d.Pos, End: d.End}},
	}
}
