package printlog

// Whether a string that is printed was put together for the print. A
// may-judgement over the one expression: constant words in a concatenation or a
// format, and the text of an error, are the printer's own; a variable is not
// followed.

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"unicode"

	"golang.org/x/tools/go/types/typeutil"
)

// hasOwnWords reports whether e puts words of its own around what it prints, or
// is what an error says.
func (p *unit) hasOwnWords(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		return e.Op == token.ADD && (p.isWords(e.X) || p.isWords(e.Y) || p.hasOwnWords(e.X) || p.hasOwnWords(e.Y))
	case *ast.CallExpr:
		if p.info.Types[e.Fun].IsType() && len(e.Args) == 1 {
			return p.hasOwnWords(e.Args[0])
		}
		fn, ok := typeutil.Callee(p.info, e).(*types.Func)
		if !ok {
			return false
		}
		if recv := receiver(e); fn.Name() == "Error" && recv != nil && p.isError(recv) {
			return true
		}
		return isFormatter(fn) && anyExpr(e.Args, p.isWords)
	}
	return false
}

// isFormatter reports whether fn makes text of its arguments.
func isFormatter(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == "fmt" && (strings.HasPrefix(fn.Name(), "Sprint") || strings.HasPrefix(fn.Name(), "Append"))
}

// isWords reports whether e is a constant text with words in it, verbs aside.
func (p *unit) isWords(e ast.Expr) bool {
	s, ok := p.constString(e)
	if !ok {
		return false
	}
	for part := range strings.FieldsSeq(s) {
		if !strings.Contains(part, "%") && strings.ContainsFunc(part, unicode.IsLetter) {
			return true
		}
	}
	return false
}
