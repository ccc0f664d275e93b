package printlog

// Prints that ask somebody for an answer. A may-judgement by names: whoever reads
// standard input, or a password, in the same function or right behind the print,
// talks with a person.

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// inDialogue reports whether the function declaration around c also reads
// standard input: it talks with somebody.
func (p *unit) inDialogue(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		for n := range f.Preorder((*ast.Ident)(nil), (*ast.CallExpr)(nil)) {
			switch n := n.Node().(type) {
			case *ast.Ident:
				if isVar(p.info.Uses[n], "os", "Stdin") {
					return true
				}
			case *ast.CallExpr:
				if p.scans(n) {
					return true
				}
			}
		}
	}
	return false
}

// scans reports whether call reads standard input by way of package fmt.
func (p *unit) scans(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(p.info, call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "fmt" && strings.HasPrefix(fn.Name(), "Scan")
}

// secretWords in the name of a function that is called behind a print say that
// somebody types what it returns.
var secretWords = setOf(`password passphrase passwd secret pin`)

// inputWords say the same of a function that reads.
var inputWords = setOf(`line input answer stdin reply choice`)

// isPrompt reports whether the statement behind the print at c reads what
// somebody types.
func (p *unit) isPrompt(c inspector.Cursor) bool {
	stmt := c
	for stmt.Valid() && stmt.Node() != nil {
		if _, ok := stmt.Node().(ast.Stmt); ok {
			break
		}
		stmt = stmt.Parent()
	}
	next, ok := stmt.NextSibling()
	if !ok {
		return false
	}
	for call := range next.Preorder((*ast.CallExpr)(nil)) {
		name := lastName(call.Node().(*ast.CallExpr).Fun)
		if words := setOf(strings.Join(words(name), " ")); (words["read"] || words["get"]) && (secretWords.hasAny(name) || words["read"] && inputWords.hasAny(name)) {
			return true
		}
	}
	return false
}
