package selectcancel

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file knows calls whose form with a context would not do better: it
// panics, somebody closes what the call waits for when the context ends, the
// request is only written out, the other side is this machine. May: what a
// goroutine closes is taken for what the call behind it waits for.

// mustName matches functions that panic where others return an error.
var mustName = pattern.New(`^[mM]ust([A-Z]|$)`)

// mayPanic reports whether a form with a context has no other way to say that
// the context has ended than a panic.
func (j *judge) mayPanic(sibling *types.Func) bool {
	if returnsError(sibling) {
		return false
	}
	if mustName.MatchString(sibling.Name()) {
		return true
	}
	f := j.funcOf(sibling)
	if f == nil {
		return false
	}
	for _, b := range f.SSA.Blocks {
		if p, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Panic); ok && p.Pos().IsValid() {
			return true
		}
	}
	return false
}

// funcOf returns the model of a function of this package, or nil.
func (j *judge) funcOf(fn *types.Func) *model.Func {
	if fn.Pkg() != j.Pass.Pkg {
		return nil
	}
	for _, f := range j.Funcs {
		if f.Obj == fn.Origin() {
			return f
		}
	}
	return nil
}

// isEndedBeside reports whether something was set up before pos that closes a
// connection or the like when a context ends.
func (j *judge) isEndedBeside(f *model.Func, pos token.Pos) bool {
	found := false
	ast.Inspect(f.Decl().Body, func(n ast.Node) bool {
		if n != nil && n.Pos() >= pos {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return n.End() > pos
		case *ast.GoStmt:
			found = found || j.closesOnDone(n.Call)
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(j.Pass.TypesInfo, n).(*types.Func)
			found = found || ok && fn.FullName() == "context.AfterFunc"
		}
		return !found
	})
	return found
}

// endName matches methods that end what others wait for.
var endName = pattern.New(`(?i)^(close|set(read|write)?deadline|cancel|kill|shutdown|stop|abort)`)

// closesOnDone reports whether a goroutine receives from a Done channel and ends
// something.
func (j *judge) closesOnDone(call *ast.CallExpr) bool {
	waits, ends := false, false
	ast.Inspect(call, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			done, ok := ast.Unparen(n.X).(*ast.CallExpr)
			waits = waits || n.Op == token.ARROW && ok && isDoneSyntax(done)
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			ends = ends || ok && endName.MatchString(sel.Sel.Name)
		}
		return true
	})
	return waits && ends
}

// isDoneSyntax reports whether a call is x.Done().
func isDoneSyntax(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Done"
}

// isOnlyWritten reports whether what a builder made is written out and goes
// nowhere else: nobody asks a request on its way to a connection for its context.
func (j *judge) isOnlyWritten(f *model.Func, builder *ast.CallExpr) bool {
	made := j.assignedTo(f, builder)
	if made == nil {
		return false
	}
	written, kept := false, false
	bases := make(map[*ast.Ident]bool)
	ast.Inspect(f.Decl().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok {
				bases[id] = true
				written = written || j.Pass.TypesInfo.Uses[id] == made && (n.Sel.Name == "Write" || n.Sel.Name == "WriteProxy")
			}
		case *ast.Ident:
			kept = kept || j.Pass.TypesInfo.Uses[n] == made && !bases[n]
		}
		return true
	})
	return written && !kept
}

// isLocalDial reports whether a call names a socket of this machine: one of the
// file system, or the loopback address.
func (j *judge) isLocalDial(call *ast.CallExpr) bool {
	if !strings.Contains(calledText(call), "Dial") {
		return false
	}
	found := false
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				tv := j.Pass.TypesInfo.Types[e]
				found = found || tv.Value != nil && tv.Value.Kind() == constant.String && isLocalName(constant.StringVal(tv.Value))
			}
			return !found
		})
	}
	return found
}

// isLocalName reports whether a network or address stays on this machine.
func isLocalName(s string) bool {
	for _, prefix := range []string{"unix", "localhost", "127.0.0.1", "[::1]", "::1"} {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

// calledText returns the last name of what a call calls.
func calledText(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}
