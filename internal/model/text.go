package model

import (
	"go/ast"
	"go/types"
	"strings"
	"unicode/utf8"
)

// exprText renders an expression for a message.
func exprText(e ast.Expr) string { return ShortText(e, 32) }

// ShortText renders an expression in at most limit characters: first without what
// calls are given and elements are found by, then without its first names.
func ShortText(e ast.Expr, limit int) string {
	s := types.ExprString(e)
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	if s = elided(e); utf8.RuneCountInString(s) <= limit {
		return s
	}
	for utf8.RuneCountInString(s) >= limit {
		_, rest, ok := strings.Cut(s, ".")
		if !ok {
			break
		}
		s = rest
	}
	if r := []rune(s); len(r) >= limit {
		s = string(r[len(r)-limit+1:])
	}
	return "…" + s
}

// elided renders an expression without arguments and indices.
func elided(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		return elided(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		if len(e.Args) == 0 {
			return elided(e.Fun) + "()"
		}
		return elided(e.Fun) + "(…)"
	case *ast.IndexExpr:
		return elided(e.X) + "[…]"
	case *ast.StarExpr:
		return "*" + elided(e.X)
	}
	return types.ExprString(e)
}
