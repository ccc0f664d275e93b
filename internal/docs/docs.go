// Package docs reads a pass's manual out of the pass's own doc.go.
//
// The package comment of passes/<pass>/doc.go is the only place where a pass
// and its rules are described. Everything else is generated from it: the text
// of `asynclint help`, the pages in docs/, Analyzer.Doc. Its examples are run
// by the tests, so they cannot lie.
//
// # Writing a manual
//
// A pass embeds its own doc.go:
//
//	//go:embed doc.go
//	var manual string
//
//	var Analyzer = &analysis.Analyzer{
//		Name: "lockacrossblock",
//		Doc:  docs.MustDoc(manual, "lockacrossblock"),
//		URL:  docs.URL("lockacrossblock"),
//		…
//	}
//
// and the comment in doc.go has this form, with every part present and in this
// order (examples are indented by a tab, as in any Go comment):
//
//	// Package lockacrossblock reports locks that are held across waits.
//	//
//	// # Analyzer lockacrossblock
//	//
//	// lockacrossblock: report locks held across waits
//	//
//	// The principle, restated for Go; what is may and what is must; what the
//	// pass misses.
//	//
//	// # Rule chan-op-under-lock
//	//
//	// What the rule reports.
//	//
//	// Why: one paragraph.
//	//
//	// Example:
//	//
//	//	func (s *store) put(v int) { … }
//	//
//	// Instead:
//	//
//	//	func (s *store) put(v int) { … }
//	//
//	// Not reported: the exemptions.
//	//
//	// Known limits: what a reader may wonder about.
//	package lockacrossblock
//
// Example and Instead are one code block each and hold whole top-level
// declarations. Package clause and imports are added by the test that runs
// them (checktest.Manual); a block that starts with "package main" keeps that
// clause, and a block that uses testing becomes a test file. A function without
// a body may stand for code that does not matter.
//
// After the last rule a "# Settings" section may follow.
package docs

import (
	"fmt"
	"strings"
)

// site is where the generated pages are read by people; the anchor of a rule is
// its name.
const site = "https://github.com/asynclint/asynclint/blob/main/docs/"

// URL returns the address of a pass's page; a diagnostic's Category becomes
// the page's anchor.
func URL(pass string) string { return site + pass + ".md" }

// Doc returns the part of the package comment in source, the content of a
// gofmt'ed doc.go, that starts at "# Analyzer <pass>", without that heading. It
// reads lines and does not parse: it runs whenever the program starts.
func Doc(source, pass string) (string, error) {
	heading := "# Analyzer " + pass
	_, comment, found := strings.Cut(source, "// "+heading+"\n")
	comment, _, closed := strings.Cut(comment, "\npackage ")
	var text strings.Builder
	text.Grow(len(comment))
	for line := range strings.Lines(comment + "\n") {
		text.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
	}
	doc := strings.TrimSpace(text.String())
	if !found || !closed || doc == "" {
		return "", fmt.Errorf("manual of %s: no text under %q", pass, heading)
	}
	return doc + "\n", nil
}

// MustDoc is Doc for the initialisation of an Analyzer: source is embedded at
// compile time, so an error is a programmer's mistake that no test can miss.
func MustDoc(source, pass string) string {
	text, err := Doc(source, pass)
	if err != nil {
		panic(err)
	}
	return text
}
