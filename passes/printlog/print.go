package printlog

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynclint/asynclint/internal/report"
)

// judgeOutput decides which rule, if any, a print breaks.
func (p *unit) judgeOutput(c inspector.Cursor, o output) {
	f := report.Finding{Pos: o.call.Pos(), End: o.call.End(), Defect: defect{o.call}, Related: p.steps(o)}
	if !o.to.isLog() {
		p.addEverywhere(f, o)
	}
	if p.exempt(c, o) {
		return
	}
	switch {
	case p.role == importable && o.to.isLog():
		p.addLog(f, c, o)
	case p.role == importable:
		p.addPrint(f, c, o)
	case p.role == program && p.structured.known() && !o.to.isLog():
		p.addService(f, c, o)
	}
}

// addEverywhere adds the strict finding about any print.
func (p *unit) addEverywhere(f report.Finding, o output) {
	f.Rule = printEverywhere
	f.Message = fmt.Sprintf("%s prints to %s; use a structured logger", o.name, o.to)
	p.report.Add(f)
}

// addLog adds the finding about the standard log package in a library.
func (p *unit) addLog(f report.Finding, c inspector.Cursor, o output) {
	advice := p.advise(c, o)
	why := "which no caller can route"
	if p.structured.known() {
		why = "but " + p.structured.String()
	}
	f.Rule = logInLibrary
	f.Strict = !p.logsItself() || p.structured.routes && o.to == stdLog || p.inRecovery(c)
	f.Message = p.message("%s%s goes to %s, "+why+"; use %s", o.name, c, o.to, advice.call)
	f.Fix = advice.fix
	f.Related = append(f.Related, p.loggerStep()...)
	p.report.Add(f)
}

// steps explains a print that goes through a variable.
func (p *unit) steps(o output) []analysis.RelatedInformation {
	if o.via == nil {
		return nil
	}
	return []analysis.RelatedInformation{report.Step(o.via.Pos(), "%s is bound here", types.ExprString(o.via))}
}

// loggerStep points to the import of the package's own structured logger.
func (p *unit) loggerStep() []analysis.RelatedInformation {
	for _, f := range p.pass.Files {
		for _, spec := range f.Imports {
			pkg := importedBy(p.info, spec)
			if pkg == nil {
				continue
			}
			switch {
			case p.structured.from == "" && withoutVendor(pkg.Path()) == p.structured.path:
				return []analysis.RelatedInformation{report.Step(spec.Pos(), "the structured logger %s is imported here", pkg.Path())}
			case p.structured.from == pkg.Path():
				return []analysis.RelatedInformation{report.Step(spec.Pos(), "%s logs with %s", pkg.Path(), p.structured.path)}
			}
		}
	}
	return nil
}

// message renders a finding. The name of the function around c, which tells
// equal prints apart, is left out if the message would get too long.
func (p *unit) message(format, name string, c inspector.Cursor, to stream, use string) string {
	full := fmt.Sprintf(format, name, in(c), to, use)
	if len(full)+len(" (print-in-library)") > report.MaxMessage {
		full = fmt.Sprintf(format, name, "", to, use)
	}
	return full
}

// in names the function declaration around c: " in store.save".
func in(c inspector.Cursor) string {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		decl := f.Node().(*ast.FuncDecl)
		if recv := receiverName(decl); recv != "" {
			return " in " + recv + "." + decl.Name.Name
		}
		return " in " + decl.Name.Name
	}
	return ""
}

// logsItself reports whether the package itself has a structured logger.
func (p *unit) logsItself() bool { return p.structured.known() && p.structured.from == "" }
