package printlog

// Fields of structured loggers in the hands of functions that format text. A
// must-analysis by types: what arrives is printed as a Go struct, not as a key
// and a value. slog.Attr can format itself, so a variable of that type may be
// printed on purpose; one made on the spot may not.

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// fieldTypes are the types of the fields of structured loggers.
var fieldTypes = map[symbol.Name]library{
	{Pkg: "log/slog", Func: "Attr"}:                 slogLib,
	{Pkg: "go.uber.org/zap", Func: "Field"}:         zapLib,
	{Pkg: "go.uber.org/zap/zapcore", Func: "Field"}: zapLib,
}

// formatters are the packages whose variadic functions format text.
var formatters = map[string]bool{"fmt": true, "log": true}

// judgeFields adds a finding if call formats a field as text.
func (p *unit) judgeFields(c inspector.Cursor, call *ast.CallExpr) {
	fn, ok := typeutil.Callee(p.info, call).(*types.Func)
	if !ok || fn.Pkg() == nil || !formatters[fn.Pkg().Path()] || !fn.Signature().Variadic() || call.Ellipsis.IsValid() {
		return
	}
	for _, arg := range call.Args {
		lib := p.fieldLibrary(arg)
		if lib == noLibrary {
			continue
		}
		p.report.Add(report.Finding{
			Rule: fieldsToUnstructured, Pos: call.Pos(), End: call.End(), Defect: defect{call},
			Message: fmt.Sprintf("%s formats the field %s as text, not as key and value; give it to a %s",
				symbol.Of(fn).Short(), shortExpr(arg), loggerNames[lib]),
			Fix: p.fieldsFix(c, call, fn, lib),
		})
		return
	}
}

// loggerNames are the types that take the fields of a library.
var loggerNames = map[library]string{slogLib: "slog.Logger", zapLib: "zap.Logger"}

// fieldLibrary returns the library whose field e certainly is.
func (p *unit) fieldLibrary(e ast.Expr) library {
	named, ok := types.Unalias(p.info.TypeOf(e)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return noLibrary
	}
	lib := fieldTypes[symbol.Name{Pkg: withoutVendor(named.Obj().Pkg().Path()), Func: named.Obj().Name()}]
	if _, made := ast.Unparen(e).(*ast.CallExpr); lib == slogLib && !made {
		return noLibrary
	}
	return lib
}

// shortExpr renders a call without its arguments and cuts what is long.
func shortExpr(e ast.Expr) string {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		e = call.Fun
	}
	s := types.ExprString(e)
	if len(s) > 30 {
		s = s[:30] + "…"
	}
	return s
}
