// This file reads declarations of packages whose function bodies nobody wants.
// It is exact for what importers can see: bodies are blanked before the parser
// spends time on them, and functions that are neither exported nor used by a
// declaration are left out. Where a function is laid out unusually its body
// stays, which only costs time.

package driver

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
)

// parseDeclarations parses files without function bodies. Files that do not
// parse yield what the parser could make of them.
func parseDeclarations(fset *token.FileSet, names []string) []*ast.File {
	var files []*ast.File
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		blankBodies(src)
		f, _ := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
		if f != nil {
			dropBodies(f)
			files = append(files, f)
		}
	}
	dropPrivate(files)
	return files
}

// dropBodies forgets the bodies of a file's functions.
func dropBodies(f *ast.File) {
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			fn.Body = nil
		}
	}
}

// dropPrivate leaves out functions that no importer can name and no other
// declaration mentions. Their parameters would be the greater part of what a
// dependency holds in memory.
func dropPrivate(files []*ast.File) {
	mentioned := make(map[string]bool)
	for _, f := range files {
		for _, decl := range f.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok != token.IMPORT {
				addNames(gen, mentioned)
			}
		}
	}
	for _, f := range files {
		kept := f.Decls[:0]
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || fn.Name.IsExported() || mentioned[fn.Name.Name] {
				kept = append(kept, decl)
			}
		}
		clear(f.Decls[len(kept):])
		f.Decls = kept
	}
}

// addNames adds all identifiers of a declaration to a set.
func addNames(decl ast.Decl, names map[string]bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names[id.Name] = true
		}
		return true
	})
}

// dropNames blanks the names of functions' parameters and results, by which no
// importer can call them. They alone make the type checker keep a table for
// each function.
func dropNames(files []*ast.File) {
	for _, f := range files {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				blankFields(fn.Recv)
				blankFields(fn.Type.Params)
				blankFields(fn.Type.Results)
			}
		}
	}
}

// blankFields renames the names of a list of parameters to "_".
func blankFields(list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, id := range field.Names {
			id.Name = "_"
		}
	}
}

// blankBodies overwrites the bodies of src's functions with spaces, so that all
// else keeps its place. Files with line directives are left alone, as one may
// stand within a body.
func blankBodies(src []byte) {
	if bytes.Contains(src, []byte("//line ")) || bytes.Contains(src, []byte("/*line ")) {
		return
	}
	l := &lexer{src: src}
	for l.next() {
		if l.isDeclaration("func") {
			l.function()
		}
	}
}

// lexer finds the tokens that matter for the extent of functions: words and
// brackets. Everything in strings and comments is skipped.
type lexer struct {
	src        []byte
	start, end int  // the current token
	last       byte // last byte of the token before
}

// next moves to the next token and reports whether there is one.
func (l *lexer) next() bool {
	if l.end > l.start {
		l.last = l.src[l.end-1]
	}
	for i := l.end; i < len(l.src); i++ {
		switch c := l.src[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		case c == '/' && i+1 < len(l.src) && l.src[i+1] == '/':
			i = l.find(i+2, "\n") - 1
		case c == '/' && i+1 < len(l.src) && l.src[i+1] == '*':
			i = l.find(i+2, "*/") - 1
		default:
			l.start, l.end = i, l.tokenEnd(i)
			return true
		}
	}
	l.start, l.end = len(l.src), len(l.src)
	return false
}

// find returns the place behind the next occurrence of text at or after i.
func (l *lexer) find(i int, text string) int {
	at := bytes.Index(l.src[i:], []byte(text))
	if at < 0 {
		return len(l.src)
	}
	return i + at + len(text)
}

// tokenEnd returns the end of the token that starts at i.
func (l *lexer) tokenEnd(i int) int {
	switch c := l.src[i]; {
	case c == '`':
		return l.find(i+1, "`")
	case c == '"' || c == '\'':
		for i++; i < len(l.src) && l.src[i] != c && l.src[i] != '\n'; i++ {
			if l.src[i] == '\\' {
				i++
			}
		}
		return min(i+1, len(l.src))
	case isWord(c):
		for i < len(l.src) && isWord(l.src[i]) {
			i++
		}
		return i
	}
	return i + 1
}

// isWord reports whether c may be part of an identifier or number.
func isWord(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// is reports whether the current token is text.
func (l *lexer) is(text string) bool { return string(l.src[l.start:l.end]) == text }

// isDeclaration reports whether the current token is a keyword that starts a
// line and a declaration: no operator before it asks for an operand.
func (l *lexer) isDeclaration(keyword string) bool {
	startsLine := l.start == 0 || l.src[l.start-1] == '\n'
	return startsLine && l.is(keyword) && bytes.IndexByte([]byte("=,([{+-*/%&|^<>!:.;"), l.last) < 0
}

// function moves behind the function that starts at the current token and
// blanks its body. Braces in its signature belong to type literals.
func (l *lexer) function() {
	depth := 0
	for l.next() {
		switch l.src[l.start] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case '{':
			from := l.end
			l.skipBlock()
			if depth == 0 {
				blank(l.src[from:max(from, l.start)])
				return
			}
		case 's', 'i':
			if l.is("struct") || l.is("interface") {
				if l.next() && l.is("{") {
					l.skipBlock()
				}
			}
		}
		if depth == 0 && l.isAnyDeclaration() { // the function has no body
			l.end = l.start
			return
		}
	}
}

// isAnyDeclaration reports whether the current token starts a declaration.
func (l *lexer) isAnyDeclaration() bool {
	return l.isDeclaration("func") || l.isDeclaration("type") || l.isDeclaration("var") || l.isDeclaration("const")
}

// skipBlock moves from an opening brace to the one that closes it.
func (l *lexer) skipBlock() {
	depth := 1
	for depth > 0 && l.next() {
		switch l.src[l.start] {
		case '{':
			depth++
		case '}':
			depth--
		}
	}
}

// blank overwrites text but for its newlines.
func blank(text []byte) {
	for i, c := range text {
		if c != '\n' {
			text[i] = ' '
		}
	}
}
