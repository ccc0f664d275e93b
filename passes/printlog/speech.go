package printlog

// Prints of a library, taken together by function. A function that prints is one
// defect, however often it does, and all of its prints say whether it was meant
// to talk. A may-judgement: an error among what is printed, or one of the
// builtins, shows a diagnostic; what is printed without either may be what a
// program shows its user, and the more it looks like that the more the finding
// belongs to level strict.

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/rule"
)

// speech is what one function of a library prints.
type speech struct {
	decl   *ast.FuncDecl // nil around the values of package variables
	prints []saying
}

// saying is one print of a speech.
type saying struct {
	output
	at         inspector.Cursor
	finding    report.Finding
	diagnostic bool // for whoever looks for a fault
	shown      bool // by itself what level strict alone minds
}

// addPrint notes a print of a library for the speech of its function.
func (p *unit) addPrint(f report.Finding, c inspector.Cursor, o output) {
	decl := declAround(c)
	s := saying{output: o, at: c, finding: f, diagnostic: p.isDiagnostic(o)}
	s.shown = p.isRelay(o) && !s.diagnostic || p.inRecovery(c) || isInit(decl) || p.isLetter(o)
	if n := len(p.speeches); decl != nil && n > 0 && p.speeches[n-1].decl == decl {
		p.speeches[n-1].prints = append(p.speeches[n-1].prints, s)
		return
	}
	p.speeches = append(p.speeches, &speech{decl, []saying{s}})
}

// reportSpeeches reports each function of a library that prints: once at level
// default, and every print of it at level strict.
func (p *unit) reportSpeeches() {
	for _, s := range p.speeches {
		head, isTalk := s.head(), p.isForUser(s)
		for i, x := range s.prints {
			advice := p.advise(x.at, x.output)
			f := x.finding
			f.Rule = printInLibrary
			f.Strict = isTalk || i != head || x.shown
			f.Message = p.message("%s%s prints to %s, where no caller can route it; use %s", x.name, x.at, x.to, advice.call)
			f.Fix = advice.fix
			if !f.Strict && len(s.prints) > 1 && config.Active().Level != rule.Strict {
				p.speakForAll(&f, s, i, advice)
			}
			p.report.Add(f)
		}
	}
}

// speakForAll makes the finding about one print stand for the others of the
// function as well.
func (p *unit) speakForAll(f *report.Finding, s *speech, head int, a advice) {
	x := s.prints[head]
	format := fmt.Sprintf("%%s%%s prints to %%s, as %d more do here, where no caller can route it; use %%s", len(s.prints)-1)
	f.Message = p.message(format, x.name, x.at, x.to, a.call)
	for i, other := range s.prints {
		if i != head {
			f.Related = append(f.Related, report.Step(other.call.Pos(), "%s prints here", other.name))
		}
	}
	f.Fix = p.fixAll(s, a)
}

// fixAll replaces every print of a function; nil if one of them must be looked
// at by somebody, as the function would still print.
func (p *unit) fixAll(s *speech, head advice) *analysis.SuggestedFix {
	if head.fix == nil {
		return nil
	}
	all := &analysis.SuggestedFix{Message: head.fix.Message}
	seen := map[string]bool{}
	for _, x := range s.prints {
		fix := p.advise(x.at, x.output).fix
		if fix == nil {
			return nil
		}
		for _, e := range fix.TextEdits {
			key := fmt.Sprint(e.Pos, e.End, string(e.NewText))
			if !seen[key] {
				all.TextEdits = append(all.TextEdits, e)
			}
			seen[key] = true
		}
	}
	return all
}

// head returns the print that speaks for the others: the first diagnostic, or
// else the first that was not meant to be shown.
func (s *speech) head() int {
	first := 0
	for i, x := range s.prints {
		switch {
		case x.shown:
		case x.diagnostic:
			return i
		case s.prints[first].shown:
			first = i
		}
	}
	return first
}

// declAround returns the function declaration around c, or nil.
func declAround(c inspector.Cursor) *ast.FuncDecl {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		return f.Node().(*ast.FuncDecl)
	}
	return nil
}

// isInit reports whether decl runs before the program has set up a logger.
func isInit(decl *ast.FuncDecl) bool {
	return decl != nil && decl.Recv == nil && decl.Name.Name == "init"
}

// isDiagnostic reports whether o surely speaks of a fault, or is a leftover of
// looking for one: it prints an error, or is a builtin.
func (p *unit) isDiagnostic(o output) bool {
	return o.name == "print" || o.name == "println" || p.printsError(o) || anyExpr(o.args, p.isErrorText)
}

// isErrorText reports whether e has the text of an error, err.Error(), in it.
func (p *unit) isErrorText(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 0 && lastName(call.Fun) == "Error" {
			recv := receiver(call)
			found = found || recv != nil && p.isError(recv)
		}
		return !found
	})
	return found
}
