package directive

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/asynclint/asynclint/internal/rule"
)

const (
	// prefix starts every directive of our own; like go:build it follows the
	// slashes at once.
	prefix = "//asynclint:"
	// Everything is the name under which an Ignore silences all passes. It is
	// the linter's own name, so that //nolint:asynclint needs no special case.
	Everything = "asynclint"
)

// parse reads one comment; ok is false if it does not talk to asynclint.
// The position-dependent Problem Misplaced is found later.
func parse(c *ast.Comment) (d Directive, ok bool) {
	d.Pos, d.End = c.Pos(), c.End()
	if text, found := strings.CutPrefix(c.Text, prefix); found {
		d.parseOwn(text)
		d.VerbEnd = d.Pos + token.Pos(len(prefix)+len(d.Verb))
		return d, true
	}
	if verb, found := spacedVerb(c.Text); found {
		d.Kind, d.Verb, d.Problem = Unknown, verb, Spaced
		d.VerbEnd = d.Pos + token.Pos(strings.Index(c.Text, ":")+1+len(verb))
		return d, true
	}
	return d, d.parseNolint(c.Text)
}

// parseOwn reads what follows "//asynclint:".
func (d *Directive) parseOwn(text string) {
	verb, rest := cutWord(text)
	d.Verb, d.Kind = verb, verbKind(verb)
	if d.Kind == Unknown {
		d.Problem, d.Guess = UnknownVerb, rule.Nearest(verb, kindNames[:Unknown])
		return
	}
	if d.Kind == Ignore {
		d.Names, rest = cutNames(rest)
	}
	d.Reason = strings.TrimSpace(strings.TrimLeft(rest, "/ \t"))
	switch {
	case d.Kind == Ignore && len(d.Names) == 0:
		d.Problem = NoNames
	case d.Kind.NeedsReason() && d.Reason == "":
		d.Problem = NoReason
	}
}

// parseNolint reads "//nolint", "//nolint:a,b // reason" as golangci-lint does:
// blanks after the slashes are allowed, names are not case sensitive.
func (d *Directive) parseNolint(text string) bool {
	if !strings.HasPrefix(text, "//") {
		return false
	}
	text, found := strings.CutPrefix(strings.TrimLeft(text, "/ \t"), "nolint")
	if !found {
		return false
	}
	list, reason, _ := strings.Cut(text, "//")
	d.Kind, d.Verb, d.Nolint, d.Reason = Ignore, "nolint", true, strings.TrimSpace(reason)
	list, named := strings.CutPrefix(list, ":")
	switch {
	case named:
		d.Names = nolintNames(list)
	case list == "" || list[0] == ' ' || list[0] == '\t':
		d.Names = []string{Everything}
	}
	return len(d.Names) > 0
}

// nolintNames splits golangci-lint's list; "all" is its word for everything.
func nolintNames(list string) []string {
	var names []string
	for n := range strings.SplitSeq(list, ",") {
		n, _ = cutWord(strings.ToLower(strings.TrimSpace(n)))
		if n == "all" {
			n = Everything
		}
		if n != "" {
			names = append(names, n)
		}
	}
	return names
}

// cutNames takes a comma-separated list off the front of text; blanks may
// follow a comma.
func cutNames(text string) (names []string, rest string) {
	for more := true; more; {
		var word string
		if strings.HasPrefix(text, "//") {
			break
		}
		word, text = cutWord(text)
		more = strings.HasSuffix(word, ",")
		for n := range strings.SplitSeq(word, ",") {
			if n != "" {
				names = append(names, n)
			}
		}
	}
	return names, text
}

// cutWord splits text after its first word.
func cutWord(text string) (word, rest string) {
	if i := strings.IndexAny(text, " \t"); i >= 0 {
		return text[:i], strings.TrimLeft(text[i:], " \t")
	}
	return text, ""
}

// spacedVerb recognises "// asynclint:ignore …", which Go tools treat as prose.
// Only real verbs count: people may write about asynclint.
func spacedVerb(text string) (verb string, ok bool) {
	text, spaced := strings.CutPrefix(text, "// ")
	text, ok = strings.CutPrefix(strings.TrimLeft(text, " \t"), prefix[len("//"):])
	if !spaced || !ok {
		return "", false
	}
	verb, _ = cutWord(text)
	return verb, verbKind(verb) != Unknown
}

// verbKind is the inverse of String for what can be written.
func verbKind(verb string) Kind {
	for i, n := range kindNames[:Unknown] {
		if n == verb {
			return Kind(i)
		}
	}
	return Unknown
}
