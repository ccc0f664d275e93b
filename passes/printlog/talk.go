package printlog

// Whether a function of a library prints for the user of a program. A
// may-judgement by the layout of the texts, the number of prints and the words
// of names and documentation. Only prints without an error are judged so, but
// for installers. Knowingly missed: user interfaces that print one plain line.

import (
	"go/ast"
	"slices"
	"strings"
	"unicode"
)

// reportingWords in the name of a function say that its outcome is for reading.
var reportingWords = setOf(`check inspect report list summary summarize validate verify describe diff compare stats stat table
	explain configure config status`)

// installingWords name functions that a user runs by hand, whatever calls them.
var installingWords = setOf(`install uninstall setup wizard onboard`)

// migrationElements are elements of a path that name code which moves data for
// somebody who watches.
var migrationElements = setOf(`migration migrations migrate migrator installer install setup wizard`)

// tellingWords in a function's documentation, in front of all else, say that it
// prints.
var tellingWords = setOf(`print prints display displays show shows`)

// The numbers of prints without an error from which on a function talks: by
// itself, with a name that says so, and with a layout.
const (
	manyPrints  = 8
	somePrints  = 3
	fewestLines = 2
)

// isForUser reports whether what a function prints may be for the user of the
// program.
func (p *unit) isForUser(s *speech) bool {
	plain := s.plain()
	if n := len(plain); n >= fewestLines && s.decl != nil && installingWords.hasAny(s.decl.Name.Name) {
		return true
	}
	if len(plain) == 0 || s.hasDiagnostic() {
		return false
	}
	return len(plain) >= manyPrints ||
		len(plain) >= somePrints && s.decl != nil && reportingWords.hasAny(s.decl.Name.Name) ||
		len(plain) >= fewestLines && p.hasLayout(plain) ||
		saysItPrints(s.decl) ||
		p.migrates() ||
		p.isQuietInternal(plain)
}

// plain returns the prints that are neither diagnostics nor strict by
// themselves.
func (s *speech) plain() (list []saying) {
	for _, x := range s.prints {
		if !x.shown && !x.diagnostic {
			list = append(list, x)
		}
	}
	return list
}

// hasDiagnostic reports whether a print of the function is a diagnostic.
func (s *speech) hasDiagnostic() bool {
	for _, x := range s.prints {
		if x.diagnostic && !x.shown {
			return true
		}
	}
	return false
}

// hasLayout reports whether a print is laid out for a reader: it is indented, or
// starts with a blank line.
func (p *unit) hasLayout(list []saying) bool {
	return slices.ContainsFunc(list, func(x saying) bool {
		text, ok := p.opening(x.output)
		return ok && startsBlank(text)
	})
}

// opening returns the constant text that o starts with.
func (p *unit) opening(o output) (string, bool) {
	if len(o.args) == 0 {
		return "", false
	}
	return p.constString(o.args[0])
}

// startsBlank reports whether a text with words starts with white space.
func startsBlank(text string) bool {
	return strings.TrimSpace(text) != "" && unicode.IsSpace(rune(text[0]))
}

// isLetter reports whether o prints a text of several lines, which is for a
// person: logs have one line for each record.
func (p *unit) isLetter(o output) bool {
	for _, arg := range o.args {
		if text, ok := p.constString(arg); ok && strings.Contains(strings.TrimSpace(text), "\n") {
			return true
		}
	}
	return false
}

// saysItPrints reports whether a function's documentation starts with what it
// prints: "Stats displays …".
func saysItPrints(decl *ast.FuncDecl) bool {
	if decl == nil || decl.Doc == nil {
		return false
	}
	said := words(decl.Doc.Text())
	return len(said) > 1 && tellingWords.hasAny(strings.Join(said[:min(len(said), 1+len(words(decl.Name.Name)))], " "))
}

// migrates reports whether the package is named for moving or installing.
func (p *unit) migrates() bool {
	return anyElement(elements(p.pass), func(e string) bool { return migrationElements[e] })
}

// isQuietInternal reports whether prose comes from a package that only its own
// module can import, that has no logger, and not from code that serves: the
// module's program may let it talk. One line alone is more likely a leftover
// than talk.
func (p *unit) isQuietInternal(list []saying) bool {
	if !anyElement(elements(p.pass), func(e string) bool { return e == "internal" }) || p.logsAnyhow() {
		return false
	}
	for _, x := range list {
		scope, _ := p.serving(x.at)
		if scope != "" || !p.isProse(x.output) || len(list) == 1 && p.isLine(x.output) {
			return false
		}
	}
	return true
}

// isLine reports whether o ends the line that it prints.
func (p *unit) isLine(o output) bool {
	if o.shape == spaced {
		return true
	}
	for _, arg := range o.args {
		if text, ok := p.constString(arg); ok && strings.Contains(text, "\n") {
			return true
		}
	}
	return false
}

// isProse reports whether o has words of its own, or draws a part of a line, as a
// progress bar does.
func (p *unit) isProse(o output) bool {
	for _, arg := range o.args {
		if text, ok := p.constString(arg); ok && strings.ContainsFunc(text, unicode.IsLetter) {
			return true
		}
	}
	return !p.isLine(o)
}
