package render

import (
	"encoding/json"
	"go/token"
	"io"

	"github.com/asynclint/asynclint/internal/driver"
)

// jsonReport is the whole output of the JSON format.
type jsonReport struct {
	Findings []jsonFinding `json:"findings"`
	Problems []jsonProblem `json:"problems,omitempty"`
}

// jsonFinding is one finding. Lines and columns count from 1, columns in bytes.
type jsonFinding struct {
	Rule    string `json:"rule"`
	Pass    string `json:"pass"`
	Message string `json:"message"`
	URL     string `json:"url,omitempty"`
	Package string `json:"package"`
	jsonRange
	Related []jsonStep `json:"related,omitempty"`
	Fixes   []jsonFix  `json:"fixes,omitempty"`
}

// jsonRange is a part of a file.
type jsonRange struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
}

// jsonStep is one step of an explanation.
type jsonStep struct {
	jsonRange
	Message string `json:"message"`
}

// jsonFix is one fix.
type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

// jsonEdit replaces the bytes [Start, End) of a file.
type jsonEdit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

// jsonProblem is something that kept a package from being analysed.
type jsonProblem struct {
	Position string `json:"position,omitempty"`
	Package  string `json:"package,omitempty"`
	Message  string `json:"message"`
}

// JSON writes the report as one JSON object.
func JSON(w io.Writer, report *driver.Report, v *View) error {
	out := jsonReport{Findings: []jsonFinding{}}
	for _, f := range report.Findings {
		out.Findings = append(out.Findings, v.jsonFinding(f))
	}
	for _, p := range report.Problems {
		out.Problems = append(out.Problems, jsonProblem{v.problemPlace(p), p.Package, p.Message})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// jsonFinding translates one finding.
func (v *View) jsonFinding(f driver.Finding) jsonFinding {
	out := jsonFinding{
		Rule:      f.Category,
		Pass:      f.Analyzer,
		Message:   f.Message,
		URL:       f.URL,
		Package:   f.Package,
		jsonRange: v.jsonRange(f.Pos, f.End),
	}
	for _, s := range f.Related {
		out.Related = append(out.Related, jsonStep{v.jsonRange(s.Pos, s.End), s.Message})
	}
	for _, fix := range f.Fixes {
		edits := make([]jsonEdit, 0, len(fix.Edits))
		for _, e := range fix.Edits {
			edits = append(edits, jsonEdit{v.path(e.File), e.Start, e.End, e.New})
		}
		out.Fixes = append(out.Fixes, jsonFix{fix.Message, edits})
	}
	return out
}

// jsonRange translates a pair of positions.
func (v *View) jsonRange(pos, end token.Position) jsonRange {
	return jsonRange{v.path(pos.Filename), pos.Line, pos.Column, end.Line, end.Column}
}
