package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// madeWithoutBuffer returns where an unbuffered channel is made; ok is false if
// it may have a buffer, or be another channel. A variable of the package must
// carry more than a number, which says what to do rather than what to work on.
func (j *judge) madeWithoutBuffer(c *model.Chan) (pos token.Pos, ok bool) {
	if c.IsUnbuffered() {
		return c.Makes[0].Pos, true
	}
	if len(c.Makes) > 0 || len(c.Vars) != 1 || c.Vars[0].Parent() != j.Pass.Pkg.Scope() || c.Vars[0].Exported() {
		return token.NoPos, false
	}
	if b, isBasic := c.Elem.Underlying().(*types.Basic); isBasic && b.Info()&types.IsString == 0 {
		return token.NoPos, false // a signal of few kinds
	}
	values := j.vars.values[c.Vars[0]]
	if len(values) != 1 {
		return token.NoPos, false
	}
	call, isCall := ast.Unparen(values[0]).(*ast.CallExpr)
	if !isCall || calleeName(call) != "make" || len(call.Args) != 1 || !j.staysInPackage(c.Vars[0]) {
		return token.NoPos, false
	}
	return call.Pos(), true
}

// staysInPackage reports whether every mention of a channel variable sends,
// receives, closes or measures, so that nobody else gets the channel.
func (j *judge) staysInPackage(v *types.Var) bool {
	plain := make(map[*ast.Ident]bool)
	note := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			plain[id] = true
		}
	}
	stays := true
	for _, file := range j.Pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SendStmt:
				note(n.Chan)
			case *ast.UnaryExpr:
				if n.Op == token.ARROW {
					note(n.X)
				}
			case *ast.RangeStmt:
				note(n.X)
			case *ast.CallExpr:
				if name := calleeName(n); len(n.Args) == 1 && (name == "close" || name == "len" || name == "cap") {
					note(n.Args[0])
				}
			case *ast.Ident:
				if j.Pass.TypesInfo.Uses[n] == v && !plain[n] {
					stays = false
				}
			}
			return stays
		})
	}
	return stays
}
