package blockingcall

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// An accept loop that serves a connection itself serves one client at a time:
// the next waits in the kernel's queue until the first has had enough. Must:
// the wait is on the connection just accepted, has no deadline in view, and
// leads back to Accept. A short refusal written to the connection is fine.

// serialAccept judges serial-accept.
func (j *judge) serialAccept(l *model.Loop) {
	if l.Kind != model.Endless && l.Kind != model.While {
		return
	}
	accept, conn := j.acceptIn(l)
	if accept == nil || conn == nil {
		return
	}
	if l.Func.LoopAt(accept.Pos()) != l {
		return
	}
	derived := j.derivedFrom(conn, l.Body)
	var served *model.Op
	momentsOf(l.Func, l.Contains, 2, func(o *model.Op, b *ssa.BasicBlock, _ token.Pos) {
		if served != nil || o.Action != model.CallWait || o.Call == accept || !l.Func.Reaches(b, b) {
			return
		}
		if (o.Func != l.Func && j.isOnParam(o) || j.mentionsAny(o.Call, derived)) && j.serves(o) {
			served = o
		}
	})
	if served != nil {
		j.addSerial(l, accept, served)
	}
}

// isOnParam reports whether a call in a literal uses a connection that the
// literal was given.
func (j *judge) isOnParam(o *model.Op) bool {
	params := map[types.Object]bool{}
	for _, p := range o.Func.SSA.Params {
		if j.isConn(p.Type()) {
			params[p.Object()] = true
		}
	}
	return j.mentionsAny(o.Call, params)
}

// serves reports whether a call may wait for the peer without bound, by
// anything but a write.
func (j *judge) serves(o *model.Op) bool {
	for _, w := range j.Facts.Waits(o.Call) {
		if w.Kind != op.Net && w.Kind != op.Serve || !w.IsLong() {
			continue
		}
		steps := j.Facts.Explain(w)
		if n := len(steps); n == 0 || !isWrite(steps[n-1].Name.Func) {
			return true
		}
	}
	return false
}

// isWrite reports whether a function's name says that it only writes.
func isWrite(name string) bool {
	for _, prefix := range []string{"Write", "Fprint", "Flush", "Encode", "Send", "Close"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// addSerial reports an accept loop that serves inline.
func (j *judge) addSerial(l *model.Loop, accept *ast.CallExpr, o *model.Op) {
	w, _ := j.Facts.Call(o.Call)
	name := clip(types.ExprString(accept.Fun), 20)
	what := path(o.Name(), j.Facts.Explain(w), j.Pass.Pkg.Path())
	j.report.Add(report.Finding{
		Rule: "serial-accept",
		Pos:  o.Pos,
		Message: fit("serial-accept",
			what+" waits for one client while "+name+" ("+j.report.Line(accept.Pos())+") accepts no other; serve it with go",
			what+" waits for one client while "+name+" accepts no other; serve it with go",
			j.brief(o, w)+" waits for one client while "+name+" accepts no other; serve it with go"),
		Related: append(j.explain(w), report.Step(accept.Pos(), "the next client waits here")),
		Strict:  j.IsTestCode(o.Pos),
	})
}

// acceptIn finds the call that accepts connections in a loop, and the variable
// that holds the connection.
func (j *judge) acceptIn(l *model.Loop) (accept *ast.CallExpr, conn types.Object) {
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.GoStmt:
			return false
		case *ast.AssignStmt:
			call := acceptCall(n)
			id, ok := n.Lhs[0].(*ast.Ident)
			if call != nil && ok && accept == nil && j.isConn(j.TypeOf(id)) {
				accept, conn = call, j.Pass.TypesInfo.ObjectOf(id)
			}
		}
		return true
	})
	return accept, conn
}

// acceptCall returns the call of an assignment "conn, err := ln.Accept()".
func acceptCall(n *ast.AssignStmt) *ast.CallExpr {
	if len(n.Rhs) != 1 {
		return nil
	}
	call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && strings.HasPrefix(sel.Sel.Name, "Accept") {
		return call
	}
	return nil
}

// isConn reports whether t reads and writes.
func (j *judge) isConn(t types.Type) bool {
	if t == nil {
		return false
	}
	for _, name := range []string{"Read", "Write", "Close"} {
		obj, _, _ := types.LookupFieldOrMethod(t, true, j.Pass.Pkg, name)
		if _, ok := obj.(*types.Func); !ok {
			return false
		}
	}
	return true
}

// derivedFrom lists the variables that hold the connection or something made
// from it: a buffered reader, a TLS connection.
func (j *judge) derivedFrom(conn types.Object, body ast.Node) map[types.Object]bool {
	derived := map[types.Object]bool{conn: true}
	ast.Inspect(body, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok || as.Tok != token.DEFINE && as.Tok != token.ASSIGN {
			return true
		}
		for _, rhs := range as.Rhs {
			if !j.mentionsAny(rhs, derived) {
				continue
			}
			for _, lhs := range as.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && j.Pass.TypesInfo.ObjectOf(id) != nil {
					derived[j.Pass.TypesInfo.ObjectOf(id)] = true
				}
			}
		}
		return true
	})
	return derived
}

// mentionsAny reports whether n mentions one of objs.
func (j *judge) mentionsAny(n ast.Node, objs map[types.Object]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && objs[j.Pass.TypesInfo.ObjectOf(id)] {
			found = true
		}
		return !found
	})
	return found
}
