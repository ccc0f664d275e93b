package facts

import (
	"go/ast"
	"go/token"
	"go/types"
)

// This file recognises channels used as semaphores: made with a buffer, of
// empty structs, both sent on and received from, and never closed. Waiting for
// one means waiting for others to finish, and giving a token back does not wait
// at all; neither is a proof of anything.

// tokens is what a package does with a channel of empty structs.
type tokens struct{ buffered, sent, received bool }

// noteTokens notes what happens to a channel of empty structs.
func (ix *Index) noteTokens(ch ast.Expr, note func(*tokens)) {
	t := chanOf(ix.info.TypeOf(ch))
	if t == nil || !isEmptyStruct(t.Elem()) {
		return
	}
	if obj := objectOf(ix.info, ch); obj != nil {
		ix.noteObject(obj, note)
	}
}

// noteObject notes something about one channel variable or field.
func (ix *Index) noteObject(obj types.Object, note func(*tokens)) {
	tok := ix.tokens[obj]
	if tok == nil {
		tok = new(tokens)
		ix.tokens[obj] = tok
	}
	note(tok)
}

// noteMake notes that a variable or field gets a buffered channel.
func (ix *Index) noteMake(to, value ast.Expr) {
	call, ok := ast.Unparen(value).(*ast.CallExpr)
	if ok && len(call.Args) == 2 && isBuiltinCall(ix.info, call) {
		ix.noteTokens(to, func(t *tokens) { t.buffered = true })
	}
}

// isSemaphore reports whether a channel is used as a semaphore.
func (ix *Index) isSemaphore(ch ast.Expr) bool {
	obj := objectOf(ix.info, ch)
	tok := ix.tokens[obj]
	return tok != nil && tok.buffered && tok.sent && tok.received && !ix.closed[obj]
}

// freshField returns what the field x.f starts with, where x is a variable whose
// only value is a struct literal.
func (ix *Index) freshField(e ast.Expr, sc *scope) []ast.Expr {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	src := ix.source(sc, sel.X)
	if ref, ok := src.(*ast.UnaryExpr); ok && ref.Op == token.AND {
		src = ast.Unparen(ref.X)
	}
	lit, ok := src.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && key.Name == sel.Sel.Name {
				return []ast.Expr{kv.Value}
			}
		}
	}
	return nil
}
