// Package render presents findings: as text with code frames, as JSON, as SARIF
// for code scanning services, and as GitHub workflow commands.
//
// All renderers write the same bytes for the same report, whatever machine or
// cache it comes from: paths are relative to a base directory, with slashes.
package render

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/asynclint/asynclint/internal/driver"
	"github.com/asynclint/asynclint/internal/rule"
)

// View says how a report is to be shown.
type View struct {
	Base    string // directory to which paths are relative
	Color   bool   // text: use colours
	Context int    // text: lines of source around a finding; negative: no source at all
	Rules   []rule.Rule
	Version string // of asynclint
	sources sources
}

// Renderer writes a report.
type Renderer func(w io.Writer, report *driver.Report, v *View) error

// Formats are the renderers by the names users call them.
var Formats = map[string]Renderer{
	"text":   Text,
	"json":   JSON,
	"sarif":  SARIF,
	"github": GitHub,
}

// FormatNames lists the formats in the order of the documentation.
var FormatNames = []string{"text", "json", "sarif", "github"}

// path returns file relative to the base directory if it lies below it.
func (v *View) path(file string) string {
	rel, err := filepath.Rel(v.Base, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// Summary returns one line that counts the findings, or "" if there are none.
func Summary(findings []driver.Finding) string {
	if len(findings) == 0 {
		return ""
	}
	packages := make(map[string]bool)
	for _, f := range findings {
		packages[f.Package] = true
	}
	return fmt.Sprintf("%s in %s", Count(len(findings), "finding"), Count(len(packages), "package"))
}

// Count writes a number and its noun, which takes a plural in -s or, behind x,
// in -es.
func Count(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "x"):
		noun += "es"
	default:
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// Problem writes a problem as one line for people.
func (v *View) Problem(p driver.Problem) string {
	p.Pos = v.problemPlace(p)
	return p.String()
}

// problemPlace returns the place of a problem with a relative path, or "".
func (v *View) problemPlace(p driver.Problem) string {
	if p.Pos == "" {
		return ""
	}
	return v.path(p.Pos)
}
