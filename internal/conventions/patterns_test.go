package conventions

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Expressions are compiled when they are first asked, so that a process that
// asks none pays for none: a mistake in one must show here, not at a user's.
func TestPatternsCompile(t *testing.T) {
	found := 0
	for _, s := range sources(t) {
		complaints, n := badPatterns(s)
		report(t, complaints)
		found += n
	}
	if found < 10 {
		t.Errorf("only %d patterns found", found)
	}
}

// badPatterns complains of expressions that do not compile, and of those that
// are compiled whenever the program starts. It counts the expressions it read.
func badPatterns(s source) (complaints []string, found int) {
	if s.isTest() || strings.HasPrefix(s.name, "internal/dev/") {
		return nil, 0
	}
	for _, decl := range s.file.Decls {
		vars, ok := decl.(*ast.GenDecl)
		if !ok || vars.Tok != token.VAR {
			continue
		}
		ast.Inspect(vars, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			switch exprString(call.Fun) {
			case "regexp.MustCompile":
				complaints = append(complaints, fmt.Sprintf("%s:%d: compiled at start: use internal/pattern", s.name, s.line(call.Pos())))
			case "pattern.New":
				found++
				if err := compiles(call.Args[0]); err != nil {
					complaints = append(complaints, fmt.Sprintf("%s:%d: %v", s.name, s.line(call.Pos()), err))
				}
			}
			return true
		})
	}
	return complaints, found
}

// compiles says what is wrong with a literal expression.
func compiles(arg ast.Expr) error {
	lit, ok := arg.(*ast.BasicLit)
	if !ok {
		return fmt.Errorf("the expression is no literal")
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return err
	}
	_, err = regexp.Compile(text)
	return err
}

// exprString spells a qualified name.
func exprString(e ast.Expr) string {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if x, ok := sel.X.(*ast.Ident); ok {
			return x.Name + "." + sel.Sel.Name
		}
	}
	return ""
}

func TestPatternsRefuses(t *testing.T) {
	s := parse(t, "passes/p/p.go", "package p\nvar a = pattern.New(`(`)\nvar b = regexp.MustCompile(`x`)\nvar c = pattern.New(`x`)\nvar d = pattern.New(e)")
	complaints, found := badPatterns(s)
	wantComplaints(t, complaints, 3)
	if found != 3 {
		t.Errorf("%d patterns found, want 3", found)
	}
}
