package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/asynclint/asynclint/internal/driver"
)

// GitHub writes workflow commands, which GitHub Actions shows as annotations
// on the lines of a change.
func GitHub(w io.Writer, report *driver.Report, v *View) error {
	var b strings.Builder
	for _, f := range report.Findings {
		text := f.Message
		for i, s := range f.Related {
			text += fmt.Sprintf("\n%d. %s: %s", i+1, v.place(s.Pos), s.Message)
		}
		fmt.Fprintf(&b, "::error file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s\n",
			githubProperty.Replace(v.path(f.Pos.Filename)), f.Pos.Line, f.Pos.Column,
			f.End.Line, f.End.Column, githubProperty.Replace(f.Category), githubText.Replace(text))
	}
	for _, p := range report.Problems {
		fmt.Fprintf(&b, "::error::%s\n", githubText.Replace(v.Problem(p)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// githubText escapes the text of a workflow command.
var githubText = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")

// githubProperty escapes a property of a workflow command.
var githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
