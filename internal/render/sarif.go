package render

import (
	"encoding/json"
	"go/token"
	"io"
	"net/url"
	"path/filepath"
	"slices"

	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/driver"
	"github.com/asynclint/asynclint/internal/rule"
)

// SARIF writes the report in the Static Analysis Results Interchange Format,
// version 2.1.0: the subset that code scanning services read.
func SARIF(w io.Writer, report *driver.Report, v *View) error {
	run := sarifRun{
		Tool: sarifTool{Driver: sarifDriver{
			Name:           "asynclint",
			Version:        v.Version,
			InformationURI: "https://github.com/asynclint/asynclint",
			Rules:          []sarifRule{},
		}},
		ColumnKind: "unicodeCodePoints",
		Bases:      map[string]sarifBase{sourceRoot: {URI: fileURI(v.Base) + "/"}},
		Results:    []sarifResult{},
	}
	for _, r := range v.Rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, toSARIFRule(r))
	}
	for _, f := range report.Findings {
		run.Results = append(run.Results, v.sarifResult(f))
	}
	run.Invocations = []sarifInvocation{v.sarifInvocation(report)}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sourceRoot names the directory to which paths are relative.
const sourceRoot = "%SRCROOT%"

// toSARIFRule describes a rule.
func toSARIFRule(r rule.Rule) sarifRule {
	level := "error"
	if r.Level == rule.Strict {
		level = "warning"
	}
	return sarifRule{
		ID:      r.Name,
		Name:    r.Name,
		Short:   sarifText{r.Summary},
		HelpURI: docs.URL(r.Pass) + "#" + r.Name,
		Default: sarifDefault{level},
	}
}

// sarifInvocation says whether all packages could be analysed.
func (v *View) sarifInvocation(report *driver.Report) sarifInvocation {
	inv := sarifInvocation{Successful: len(report.Problems) == 0}
	for _, p := range report.Problems {
		inv.Notifications = append(inv.Notifications, sarifNotification{
			Level: "error", Message: sarifText{v.Problem(p)},
		})
	}
	return inv
}

// sarifResult translates one finding.
func (v *View) sarifResult(f driver.Finding) sarifResult {
	index := slices.IndexFunc(v.Rules, func(r rule.Rule) bool { return r.Name == f.Category })
	res := sarifResult{
		RuleID:    f.Category,
		Level:     "error",
		Message:   sarifText{f.Message},
		Locations: []sarifLocation{{Physical: v.sarifPlace(f.Pos, f.End)}},
	}
	if index >= 0 {
		res.RuleIndex = &index
		res.Level = toSARIFRule(v.Rules[index]).Default.Level
	}
	for i, s := range f.Related {
		id := i + 1
		res.Related = append(res.Related, sarifLocation{
			ID: id, Physical: v.sarifPlace(s.Pos, s.End), Message: &sarifText{s.Message},
		})
	}
	for _, fix := range f.Fixes {
		res.Fixes = append(res.Fixes, v.sarifFix(fix))
	}
	return res
}

// sarifPlace translates a pair of positions. Columns become characters.
func (v *View) sarifPlace(pos, end token.Position) sarifPhysical {
	region := sarifRegion{
		StartLine:   pos.Line,
		StartColumn: v.sources.characters(pos.Filename, pos.Line, pos.Column),
		EndLine:     end.Line,
		EndColumn:   v.sources.characters(end.Filename, end.Line, end.Column),
	}
	return sarifPhysical{Artifact: v.sarifArtifact(pos.Filename), Region: region}
}

// sarifArtifact names a file.
func (v *View) sarifArtifact(file string) sarifArtifact {
	path := v.path(file)
	if filepath.IsAbs(file) && path == filepath.ToSlash(file) {
		return sarifArtifact{URI: fileURI(file)}
	}
	return sarifArtifact{URI: (&url.URL{Path: path}).String(), Base: sourceRoot}
}

// fileURI returns the URI of an absolute path.
func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// sarifFix translates a fix: one change per file.
func (v *View) sarifFix(fix driver.Fix) sarifFix {
	out := sarifFix{Description: sarifText{fix.Message}}
	last := ""
	for _, e := range fix.Edits {
		if e.File != last {
			out.Changes = append(out.Changes, sarifChange{Artifact: v.sarifArtifact(e.File)})
			last = e.File
		}
		change := &out.Changes[len(out.Changes)-1]
		change.Replacements = append(change.Replacements, sarifReplacement{
			Deleted:  sarifBytes{Offset: e.Start, Length: e.End - e.Start},
			Inserted: sarifText{e.New},
		})
	}
	return out
}
