// Package rule names what asynclint can report.
//
// A rule is the unit users switch on and off, silence and look up in the
// documentation. Its name is stable, kebab-case, and reads after "allow".
package rule

import "fmt"

// Level says how sure a report of a rule must be before a user sees it.
type Level uint8

const (
	// Default holds the rules whose reports a senior reviewer would act on.
	Default Level = iota
	// Strict adds the rest of each principle as written.
	Strict
)

// String returns the level as settings spell it.
func (l Level) String() string {
	if l == Strict {
		return "strict"
	}
	return "default"
}

// ParseLevel reads a level as settings spell it.
func ParseLevel(s string) (Level, error) {
	switch s {
	case "default":
		return Default, nil
	case "strict":
		return Strict, nil
	}
	return Default, fmt.Errorf("unknown level %q: want default or strict", s)
}

// Rule describes one rule of one pass.
type Rule struct {
	Name    string // "chan-op-under-lock": stable, also the anchor in docs/<pass>.md
	Pass    string // "lockacrossblock"
	Level   Level  // the level at which the rule is on
	Summary string // one sentence without final stop: what it reports
}

// Table lists the rules of one pass, the most certain first: where two rules
// of a pass see the same defect, the earlier one speaks.
type Table []Rule

// Find returns the rule called name and its rank in the table.
func (t Table) Find(name string) (r Rule, rank int, ok bool) {
	for i, r := range t {
		if r.Name == name {
			return r, i, true
		}
	}
	return Rule{}, 0, false
}
