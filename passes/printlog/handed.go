package printlog

// Functions that print and are handed to somebody who will call them:
// run(fmt.Println). A must-analysis: the argument names the function, or a
// variable that is bound to it once. Knowingly missed: functions kept in fields.

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// judgeHandedOver judges the functions that a call is given.
func (p *unit) judgeHandedOver(c inspector.Cursor, call *ast.CallExpr) {
	for _, arg := range call.Args {
		o, ok := p.printerIn(arg)
		if !ok || p.role != importable || p.isNamedForLog(call) {
			continue
		}
		o.call = call
		if p.exempt(c, o) {
			continue
		}
		p.addHandedOver(c, arg, o)
	}
}

// printerIn reads an argument as a function that prints to a fixed stream.
func (p *unit) printerIn(arg ast.Expr) (output, bool) {
	fn, ok := p.object(arg).(*types.Func)
	if !ok || fn.Signature().Recv() != nil {
		return output{}, false
	}
	name := symbol.Of(fn)
	row, ok := printers[name]
	return output{name: name.Short(), to: row.to}, ok && row.writer == noWriter
}

// isNamedForLog reports whether a call sets up logging: what it is given is the
// default of an option.
func (p *unit) isNamedForLog(call *ast.CallExpr) bool {
	return loggingWords.hasAny(lastName(call.Fun)) || printingWords.hasAny(lastName(call.Fun))
}

// addHandedOver adds the finding about one argument.
func (p *unit) addHandedOver(c inspector.Cursor, arg ast.Expr, o output) {
	advice := p.advise(c, o)
	f := report.Finding{Rule: printInLibrary, Pos: arg.Pos(), End: arg.End(), Defect: defect{o.call}}
	if o.to.isLog() {
		f.Rule = logInLibrary
		f.Strict = !p.logsItself() || p.structured.routes
		f.Related = p.loggerStep()
	}
	f.Strict = f.Strict || p.inRecovery(c)
	f.Message = p.message("%s%s is handed on and prints to %s, which no caller can route; hand on %s", o.name, c, o.to, advice.call)
	p.report.Add(f)
}
