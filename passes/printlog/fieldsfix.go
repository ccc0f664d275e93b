package printlog

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// fieldsFix turns log.Print("message", fields…) into a call of a logger that
// takes the fields; nil unless everything behind the message is a field of that
// logger's library.
func (p *unit) fieldsFix(c inspector.Cursor, call *ast.CallExpr, fn *types.Func, lib library) *analysis.SuggestedFix {
	l := p.findLogger(c)
	if fn.Pkg().Path() != "log" || !strings.HasPrefix(fn.Name(), "Print") || fn.Signature().Recv() != nil ||
		l.lib != lib || l.unsure || !p.isMessageAndFields(call.Args, lib) ||
		!replaceable(c, output{call: call}) || !p.hasSlog(c, l) {
		return nil
	}
	var edits []analysis.TextEdit
	to := l.expr
	if to == "" {
		name, added, ok := p.nameFor(c, l.pkg)
		if !ok {
			return nil
		}
		to, edits = name, added
	}
	kept := make([]ast.Node, 0, len(call.Args))
	for _, arg := range call.Args {
		kept = append(kept, arg)
	}
	dropped, ok := p.dropUnused(file(c), call, kept)
	if !ok {
		return nil
	}
	edits = append(edits, dropped...)
	edits = append(edits, analysis.TextEdit{Pos: call.Fun.Pos(), End: call.Fun.End(), NewText: []byte(to + ".Info")})
	return &analysis.SuggestedFix{Message: "Log with " + to + ".Info", TextEdits: edits}
}

// isMessageAndFields reports whether args are a string and fields of lib.
func (p *unit) isMessageAndFields(args []ast.Expr, lib library) bool {
	if len(args) < 2 {
		return false
	}
	if b, ok := p.info.TypeOf(args[0]).Underlying().(*types.Basic); !ok || b.Info()&types.IsString == 0 {
		return false
	}
	for _, arg := range args[1:] {
		if p.fieldLibrary(arg) != lib {
			return false
		}
	}
	return true
}
