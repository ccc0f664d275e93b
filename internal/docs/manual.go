package docs

import (
	"errors"
	"fmt"
	"go/doc/comment"
	"slices"
	"strings"
)

// Manual is the description of one pass.
type Manual struct {
	Pass     string
	Summary  string          // "report locks held across waits"
	Prose    []comment.Block // the principle and what the pass misses
	Rules    []Rule          // in the order of the manual
	Settings []comment.Block // may be empty
}

// Rule is the description of one rule.
type Rule struct {
	Name        string
	Reports     []comment.Block
	Why         []comment.Block
	Example     string // Go declarations that the rule reports
	Instead     string // the corrected twin, about which the pass is silent
	NotReported []comment.Block
	KnownLimits []comment.Block
}

// The headings that structure a manual.
const (
	ruleHeading     = "Rule "
	settingsHeading = "Settings"
)

// labels are the words that open the parts of a rule's description, in order.
var labels = []string{"Why:", "Example:", "Instead:", "Not reported:", "Known limits:"}

// Parse reads a manual from the text of an Analyzer's Doc, as MustDoc returns
// it. The error names everything that is missing or out of place.
func Parse(doc string) (Manual, error) {
	pass, summary, rest, err := splitTitle(doc)
	if err != nil {
		return Manual{}, err
	}
	m := Manual{Pass: pass, Summary: summary}
	var errs []error
	for _, s := range split(new(comment.Parser).Parse(rest).Content) {
		name, isRule := strings.CutPrefix(s.title, ruleHeading)
		switch {
		case s.title == "":
			m.Prose = s.blocks
		case isRule:
			r, err := parseRule(name, s.blocks)
			m.Rules, errs = append(m.Rules, r), append(errs, err)
		case s.title == settingsHeading:
			m.Settings = s.blocks
		default:
			errs = append(errs, fmt.Errorf("unknown heading %q", s.title))
		}
	}
	if len(m.Prose) == 0 {
		errs = append(errs, errors.New("no prose under the title"))
	}
	if err := errors.Join(errs...); err != nil {
		return m, fmt.Errorf("manual of %s: %w", pass, err)
	}
	return m, nil
}

// Find returns the description of the rule called name.
func (m Manual) Find(name string) (Rule, bool) {
	i := slices.IndexFunc(m.Rules, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return Rule{}, false
	}
	return m.Rules[i], true
}

// RuleNames lists the rules that doc, an Analyzer's Doc, describes, without
// asking whether the descriptions are complete.
func RuleNames(doc string) []string {
	var names []string
	for line := range strings.Lines(doc) {
		if name, ok := strings.CutPrefix(line, "# "+ruleHeading); ok {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

// splitTitle takes "<pass>: <summary>" off the head of doc.
func splitTitle(doc string) (pass, summary, rest string, err error) {
	title, rest, _ := strings.Cut(strings.TrimSpace(doc), "\n")
	pass, summary, found := strings.Cut(title, ": ")
	if !found || strings.ContainsAny(pass, " \t") {
		return "", "", "", fmt.Errorf("manual starts with %q: want \"<pass>: <summary>\"", title)
	}
	return pass, summary, rest, nil
}

// section is a run of blocks under one heading.
type section struct {
	title  string
	blocks []comment.Block
}

// split groups blocks by the heading above them; the first group has none.
func split(blocks []comment.Block) []section {
	sections := []section{{}}
	for _, b := range blocks {
		if h, ok := b.(*comment.Heading); ok {
			sections = append(sections, section{title: plain(h.Text)})
			continue
		}
		last := &sections[len(sections)-1]
		last.blocks = append(last.blocks, b)
	}
	return sections
}

// parseRule reads the description of one rule.
func parseRule(name string, blocks []comment.Block) (Rule, error) {
	parts, err := splitLabels(blocks)
	r := Rule{
		Name:        name,
		Reports:     parts[""],
		Why:         parts["Why:"],
		NotReported: parts["Not reported:"],
		KnownLimits: parts["Known limits:"],
	}
	var noExample, noInstead error
	r.Example, noExample = onlyCode("Example:", parts["Example:"])
	r.Instead, noInstead = onlyCode("Instead:", parts["Instead:"])
	if err := errors.Join(err, noExample, noInstead); err != nil {
		return r, fmt.Errorf("rule %s: %w", name, err)
	}
	return r, nil
}

// splitLabels groups blocks by the label that opens them; the key "" holds what
// stands before the first label.
func splitLabels(blocks []comment.Block) (map[string][]comment.Block, error) {
	parts := map[string][]comment.Block{}
	order := []string{""}
	for _, b := range blocks {
		label, rest := cutLabel(b)
		if label != "" {
			order = append(order, label)
		}
		if rest != nil {
			current := order[len(order)-1]
			parts[current] = append(parts[current], rest)
		}
	}
	var errs []error
	if want := append([]string{""}, labels...); !slices.Equal(order, want) {
		errs = append(errs, fmt.Errorf("parts are %q: want %q", order[1:], labels))
	}
	for _, label := range []string{"", "Why:", "Not reported:", "Known limits:"} {
		if len(parts[label]) == 0 {
			errs = append(errs, fmt.Errorf("no text under %q", label))
		}
	}
	return parts, errors.Join(errs...)
}

// cutLabel takes a label off the head of a paragraph. rest is nil if nothing
// follows the label in its paragraph.
func cutLabel(b comment.Block) (label string, rest comment.Block) {
	p, ok := b.(*comment.Paragraph)
	if !ok || len(p.Text) == 0 {
		return "", b
	}
	first, ok := p.Text[0].(comment.Plain)
	if !ok {
		return "", b
	}
	for _, l := range labels {
		after, found := strings.CutPrefix(string(first), l)
		if !found {
			continue
		}
		text := slices.Clone(p.Text)
		text[0] = comment.Plain(strings.TrimLeft(after, " \n"))
		if len(text) == 1 && text[0] == comment.Plain("") {
			return l, nil
		}
		return l, &comment.Paragraph{Text: text}
	}
	return "", b
}

// onlyCode returns the single code block under label.
func onlyCode(label string, blocks []comment.Block) (string, error) {
	if len(blocks) == 1 {
		if code, ok := blocks[0].(*comment.Code); ok {
			return code.Text, nil
		}
	}
	return "", fmt.Errorf("want one indented code block under %q, and nothing else", label)
}

// plain returns the words of text.
func plain(text []comment.Text) string {
	var b strings.Builder
	for _, t := range text {
		switch t := t.(type) {
		case comment.Plain:
			b.WriteString(string(t))
		case comment.Italic:
			b.WriteString(string(t))
		case *comment.Link:
			b.WriteString(plain(t.Text))
		case *comment.DocLink:
			b.WriteString(plain(t.Text))
		}
	}
	return b.String()
}
