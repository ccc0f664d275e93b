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
	ix.noteBare(to, isBareMake(ix.info, value))
	if ok && len(call.Args) == 2 && isBuiltinCall(ix.info, call) {
		ix.noteTokens(to, func(t *tokens) { t.buffered = true })
	}
}

// noteBare notes whether a field that other packages cannot set gets an unbuffered
// channel; one that ever gets anything else counts for nothing.
func (ix *Index) noteBare(to ast.Expr, isBare bool) {
	if v, ok := objectOf(ix.info, to).(*types.Var); ok {
		ix.noteField(v, isBare)
	}
}

// noteField is noteBare for the field itself.
func (ix *Index) noteField(v *types.Var, isBare bool) {
	if !v.IsField() || v.Exported() || !isChan(v.Type()) {
		return
	}
	was, seen := ix.bare[v.Origin()]
	ix.bare[v.Origin()] = isBare && (was || !seen)
}

// noteInOrder notes the channels in a struct literal without keys.
func (ix *Index) noteInOrder(n *ast.CompositeLit) {
	t := ix.info.TypeOf(n)
	if t == nil {
		return
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || len(n.Elts) != st.NumFields() {
		return
	}
	for i, e := range n.Elts {
		if _, isKeyed := e.(*ast.KeyValueExpr); !isKeyed {
			ix.noteField(st.Field(i), isBareMake(ix.info, e))
		}
	}
}

// isBareMake reports whether an expression makes a channel without a buffer.
func isBareMake(info *types.Info, e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && len(call.Args) == 1 && isBuiltinCall(info, call)
}

// isBare reports whether a channel is the field of an object, and made without a
// buffer wherever it is made.
func (ix *Index) isBare(ch ast.Expr) bool {
	v, ok := objectOf(ix.info, ch).(*types.Var)
	return ok && ix.bare[v.Origin()]
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
