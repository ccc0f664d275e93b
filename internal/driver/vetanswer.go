package driver

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"go/token"
	"io"
	"os"
	"strings"
)

// answer tells go vet what was found.
func (v *vetRun) answer(out Outcome) int {
	for _, p := range out.Problems {
		fmt.Fprintln(v.stderr, p)
	}
	code := vetOK
	switch {
	case v.cfg.VetxOnly:
	case v.opts.Fix:
		code = v.fix(out.Findings)
	case v.opts.JSON:
		if err := writeVetJSON(v.stdout, v.cfg.ID, out.Findings); err != nil {
			return v.fail(err)
		}
	case len(out.Findings) > 0:
		writeVetText(v.stderr, out.Findings, v.opts.Context)
		code = vetFindings
	}
	if len(out.Problems) > 0 {
		return vetFailed
	}
	return code
}

// vetDiagnostic is a finding as go vet reads it.
type vetDiagnostic struct {
	Category string    `json:"category,omitempty"`
	Posn     string    `json:"posn"`
	End      string    `json:"end"`
	Message  string    `json:"message"`
	URL      string    `json:"url,omitempty"`
	Fixes    []vetFix  `json:"suggested_fixes,omitempty"`
	Related  []vetStep `json:"related,omitempty"`
}

// vetFix is a fix as go vet reads it.
type vetFix struct {
	Message string    `json:"message"`
	Edits   []vetEdit `json:"edits"`
}

// vetEdit is an edit as go vet reads it.
type vetEdit struct {
	Filename string `json:"filename"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	New      string `json:"new"`
}

// vetStep is a related position as go vet reads it.
type vetStep struct {
	Posn    string `json:"posn"`
	End     string `json:"end"`
	Message string `json:"message"`
}

// writeVetJSON writes findings as a tree: package, analyzer, diagnostics.
func writeVetJSON(w io.Writer, id string, findings []Finding) error {
	tree := make(map[string]map[string][]vetDiagnostic)
	for _, f := range findings {
		if tree[id] == nil {
			tree[id] = make(map[string][]vetDiagnostic)
		}
		tree[id][f.Analyzer] = append(tree[id][f.Analyzer], toVet(f))
	}
	data, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// toVet translates one finding.
func toVet(f Finding) vetDiagnostic {
	d := vetDiagnostic{
		Category: f.Category,
		Posn:     f.Pos.String(),
		End:      f.End.String(),
		Message:  f.Message,
		URL:      f.URL,
	}
	for _, fix := range f.Fixes {
		edits := make([]vetEdit, 0, len(fix.Edits))
		for _, e := range fix.Edits {
			edits = append(edits, vetEdit{e.File, e.Start, e.End, e.New})
		}
		d.Fixes = append(d.Fixes, vetFix{fix.Message, edits})
	}
	for _, s := range f.Related {
		d.Related = append(d.Related, vetStep{s.Pos.String(), s.End.String(), s.Message})
	}
	return d
}

// writeVetText prints findings as go vet does without JSON: the message, its
// steps indented, and context lines of source around each.
func writeVetText(w io.Writer, findings []Finding, context int) {
	for _, f := range findings {
		writeVetLine(w, f.Pos, f.End, f.Message, context)
		for _, s := range f.Related {
			writeVetLine(w, s.Pos, s.End, "\t"+s.Message, context)
		}
	}
}

// writeVetLine prints one message with its source lines.
func writeVetLine(w io.Writer, pos, end token.Position, message string, context int) {
	fmt.Fprintf(w, "%s: %s\n", pos, message)
	if context < 0 {
		return
	}
	data, err := os.ReadFile(pos.Filename)
	if err != nil {
		return
	}
	lines := strings.Split(string(data), "\n")
	for i := max(1, pos.Line-context); i <= min(len(lines), end.Line+context); i++ {
		fmt.Fprintf(w, "%d\t%s\n", i, lines[i-1])
	}
}

// fix applies the findings' first fixes, or prints what they would change.
func (v *vetRun) fix(findings []Finding) int {
	plan := PlanFixes(findings)
	for _, note := range plan.Notes {
		fmt.Fprintln(v.stderr, note)
	}
	var err error
	switch {
	case v.opts.Diff:
		err = plan.WriteDiff(v.stdout)
	case v.cfg.FixArchive != "":
		err = v.archive(plan)
	default:
		err = plan.Apply()
	}
	if err != nil {
		return v.fail(err)
	}
	return vetOK
}

// archive writes the fixed files where the go command picks them up, once all
// packages have been read.
func (v *vetRun) archive(plan *FixPlan) error {
	f, err := os.Create(v.cfg.FixArchive)
	if err != nil {
		return err
	}
	defer f.Close()
	zw := zip.NewWriter(f)
	_ = zw.SetComment(v.cfg.ID)
	for _, c := range plan.Changes {
		w, err := zw.Create(c.File)
		if err != nil {
			return err
		}
		if _, err := w.Write(c.After); err != nil {
			return err
		}
	}
	if err := zw.Close(); err != nil {
		return err
	}
	return f.Close()
}
