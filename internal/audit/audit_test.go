package audit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/rule"
)

// printRules are the rules of a stand-in for the pass printlog.
var printRules = rule.Table{
	{Name: "print-in-library", Pass: "printlog"},
	{Name: "print-everywhere", Pass: "printlog", Level: rule.Strict},
}

// prints reports calls of println, those of print at level strict, and go
// statements that are not said to be daemons.
var prints = &analysis.Analyzer{
	Name:     "printlog",
	Doc:      "stand-in",
	Requires: []*analysis.Analyzer{directive.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		directives := pass.ResultOf[directive.Analyzer].(*directive.Set)
		r := report.New(pass, printRules, directives)
		for _, f := range pass.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Ident:
					if i := slices.Index([]string{"println", "print"}, n.Name); i >= 0 {
						r.Add(report.Finding{Rule: printRules[i].Name, Pos: n.Pos(), Message: "m"})
					}
				case *ast.GoStmt:
					directives.Stated(directive.Daemon, n.Pos())
				}
				return true
			})
		}
		return nil, r.Flush()
	},
}

// known are the rules of the stand-in and the audit's own.
var known = slices.Concat([]rule.Rule(printRules), []rule.Rule(Rules))

var analyzer = New([]*analysis.Analyzer{prints}, known)

func TestManual(t *testing.T) { checktest.Manual(t, analyzer, Rules) }

func TestAnalyzerIsValid(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{analyzer}); err != nil {
		t.Fatal(err)
	}
}

// audit runs the stand-in and the audit over one file and returns the audit's
// reports.
func audit(t *testing.T, src string) []analysis.Diagnostic {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "a.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var got []analysis.Diagnostic
	pass := &analysis.Pass{
		Fset: fset, Files: []*ast.File{f}, Report: func(analysis.Diagnostic) {},
		ResultOf: map[*analysis.Analyzer]any{directive.Analyzer: directive.Read(fset, []*ast.File{f})},
	}
	if _, err := prints.Run(pass); err != nil {
		t.Fatal(err)
	}
	pass.Report = func(d analysis.Diagnostic) { got = append(got, d) }
	if _, err := analyzer.Run(pass); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAudit(t *testing.T) {
	long := strings.Repeat("very-", 40) + "long"
	for name, c := range map[string]struct{ src, want string }{
		"used":                     {"var x = println //asynclint:ignore print-in-library why", ""},
		"used at strict only":      {"var x = print //asynclint:ignore print-everywhere why", ""},
		"used by pass":             {"var x = println //asynclint:ignore printlog why", ""},
		"used by strict pass":      {"var x = print //asynclint:ignore printlog why", ""},
		"one of several":           {"var x = println //asynclint:ignore print-in-library,print-everywhere why", ""},
		"unknown word":             {"var x = 1 //asynclint:zzz why", "//asynclint:zzz is no directive; write ignore, daemon, detached, nonblocking or blocking (directive-malformed)"},
		"misspelt word":            {"var x = println //asynclint:ingore print-in-library why", "//asynclint:ingore is no directive; write //asynclint:ignore (directive-malformed)"},
		"blank":                    {"var x = println // asynclint:ignore print-in-library why", `"// asynclint:ignore" is only a comment to asynclint; remove the blank after the slashes (directive-malformed)`},
		"no names":                 {"var x = println //asynclint:ignore", "//asynclint:ignore names no rule, so it silences nothing; name a rule or a pass, then the reason (directive-malformed)"},
		"misplaced":                {"//asynclint:blocking\nvar x = 1", "//asynclint:blocking stands at no function or interface method; move it above one (directive-malformed)"},
		"unknown name":             {"var x = println //asynclint:ignore print-in-libary why", "print-in-libary is neither a rule nor a pass; write print-in-library (directive-unknown-name)"},
		"unknown name, unlike any": {"var x = println //asynclint:ignore the reader knows", "the is neither a rule nor a pass; `asynclint help` lists them (directive-unknown-name)"},
		"unknown beside known":     {"var x = println //asynclint:ignore print-in-library,oops why", "oops is neither a rule nor a pass; `asynclint help` lists them (directive-unknown-name)"},
		"unknown without reason":   {"var x = println //asynclint:ignore zzzzz", "zzzzz is neither a rule nor a pass; `asynclint help` lists them (directive-unknown-name)"},
		"no reason":                {"var x = println //asynclint:ignore print-in-library", "//asynclint:ignore gives no reason; say behind it why this is right (directive-without-reason)"},
		"daemon without reason":    {"func f() {\n\tgo f() //asynclint:daemon\n}", "//asynclint:daemon gives no reason; say behind it why this is right (directive-without-reason)"},
		"needless":                 {"var x = 1 //asynclint:ignore print-in-library why", "nothing is reported here for print-in-library to be ignored; remove the directive (directive-needless)"},
		"needless everything":      {"var x = 1 //asynclint:ignore asynclint why", "nothing is reported here for asynclint to be ignored; remove the directive (directive-needless)"},
		"needless pass":            {"var x = 1 //asynclint:ignore printlog why", "nothing is reported here for printlog to be ignored; remove the directive (directive-needless)"},
		"strict rule today":        {"var x = 1 //asynclint:ignore print-everywhere why", ""},
		"own rule":                 {"//asynclint:ignore directive-needless why\nvar x = 1 //asynclint:ignore printlog why", ""},
		"own rule, unneeded":       {"var x = 1 //asynclint:ignore directive-needless,directives why", ""},
		"daemon":                   {"func f() {\n\tgo f() //asynclint:daemon why\n}", ""},
		"needless daemon":          {"func f() {} //asynclint:daemon why", "no report here depends on //asynclint:daemon; remove the directive (directive-needless)"},
		"needless detached":        {"func f() {\n\tgo f() //asynclint:detached why\n}", "no report here depends on //asynclint:detached; remove the directive (directive-needless)"},
		"promise":                  {"//asynclint:nonblocking\nfunc f() {}", ""},
		"nolint is not judged":     {"var x = 1 //nolint:asynclint,zzz", ""},
		"nolint silences":          {"//nolint:asynclint\nfunc f() {\n\tgo f() //asynclint:detached why\n}", ""},
		"long unknown name":        {"var x = 1 //asynclint:ignore " + long + " why", long[:49] + "… is neither a rule nor a pass; `asynclint help` lists them (directive-unknown-name)"},
		"long unknown word":        {"var x = 1 //asynclint:" + long, "//asynclint:" + long[:23] + "… is no directive; write ignore, daemon, detached, nonblocking or blocking (directive-malformed)"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range audit(t, "package p\n\n"+c.src+"\n") {
				got = append(got, d.Message)
				if n := utf8.RuneCountInString(d.Message); n > report.MaxMessage {
					t.Errorf("%d characters: %s", n, d.Message)
				}
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestGeneratedFilesAreNotAudited(t *testing.T) {
	src := "// Code generated by x. DO NOT EDIT.\n\npackage p\n\nvar x = 1 //asynclint:zzz\n"
	if got := audit(t, src); len(got) > 0 {
		t.Errorf("reported: %+v", got)
	}
}

// TestWhatIsOffIsNotNeedless: nothing could have used the directive.
func TestWhatIsOffIsNotNeedless(t *testing.T) {
	const ignoreRule, ignorePass, daemon = "var x = 1 //asynclint:ignore print-in-library why",
		"var x = 1 //asynclint:ignore printlog why", "func f() {} //asynclint:daemon why"
	for name, change := range map[string]func(*config.Settings){
		"pass off":      func(s *config.Settings) { s.Passes = map[string]bool{"printlog": false} },
		"pass disabled": func(s *config.Settings) { s.Disable = []string{"printlog"} },
		"rule disabled": func(s *config.Settings) { s.Disable = []string{"print-in-library"} },
	} {
		t.Run(name, func(t *testing.T) {
			checktest.Set(t, change)
			for _, src := range []string{ignoreRule, ignorePass, daemon} {
				if got := audit(t, "package p\n\n"+src+"\n"); len(got) > 0 {
					t.Errorf("%q is reported: %s", src, got[0].Message)
				}
			}
		})
	}
	t.Run("strict", func(t *testing.T) {
		checktest.Strict(t)
		if got := audit(t, "package p\n\nvar x = 1 //asynclint:ignore print-everywhere why\n"); len(got) != 1 {
			t.Errorf("%d reports for a needless strict ignore at level strict, want 1", len(got))
		}
	})
}

func TestFixes(t *testing.T) {
	for src, want := range map[string]string{
		"var x = 1 //asynclint:ingore printlog why":          "var x = 1 //asynclint:ignore printlog why",
		"var x = 1 //   asynclint:ignore printlog why":       "var x = 1 //asynclint:ignore printlog why",
		"var x = 1 //asynclint:ignore print-in-library why":  "var x = 1 ",
		"var x = 1 //asynclint:zzz why":                      "",
		"var x = 1 //asynclint:ignore":                       "",
		"var x = println //asynclint:ignore print-in-librar": "",
	} {
		got := audit(t, src0+src)
		if len(got) != 1 {
			t.Errorf("%q: %d reports, want 1", src, len(got))
			continue
		}
		fixed := ""
		for _, f := range got[0].SuggestedFixes {
			e := f.TextEdits[0]
			// The only file of a new file set starts at position 1.
			fixed = (src0 + src)[:e.Pos-1] + string(e.NewText) + (src0 + src)[e.End-1:]
			fixed = strings.TrimPrefix(fixed, src0)
		}
		if fixed != want {
			t.Errorf("%q becomes %q, want %q", src, fixed, want)
		}
	}
}

// src0 precedes the sources of TestFixes.
const src0 = "package p\n\n"
