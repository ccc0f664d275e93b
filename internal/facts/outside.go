package facts

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/asynclint/asynclint/internal/op"
)

// This file decides whether a reader or writer leads out of the process, and
// what ends a wait for it. Only what is certain counts: connections by their
// type, bodies by their field, standard input and pipes by where they come
// from, and wrappers around these.

// byOperands: the row holds if the receiver or an argument leads outside.
func (ix *Index) byOperands(w Wait, call *ast.CallExpr, sc *scope) Wait {
	operands := call.Args
	if recv := receiver(call); recv != nil {
		operands = append([]ast.Expr{recv}, call.Args...)
	}
	for _, e := range operands {
		if end := ix.outside(e, sc, 0); end != nil {
			return ix.byEnd(w, end, sc)
		}
	}
	return Wait{}
}

// outside returns the connection, body or stream that e leads to, nil if it is
// not certain to leave the process. It follows variables, and calls by their
// arguments, because bufio.NewReader(conn) waits where conn does.
func (ix *Index) outside(e ast.Expr, sc *scope, depth int) ast.Expr {
	if depth > maxDepth {
		return nil
	}
	if isConn(ix.info.TypeOf(e)) {
		return ast.Unparen(e)
	}
	src := ix.source(sc, e)
	if isConn(ix.info.TypeOf(src)) {
		return src
	}
	switch n := src.(type) {
	case *ast.SelectorExpr:
		if ix.isBody(n) || isStdin(ix.info.Uses[n.Sel]) {
			return n
		}
	case *ast.UnaryExpr:
		return ix.outside(n.X, sc, depth+1)
	case *ast.CallExpr:
		return ix.wrapped(n, sc, depth)
	}
	return nil
}

// isBody reports whether sel is the body of a request or response.
func (ix *Index) isBody(sel *ast.SelectorExpr) bool {
	t := ix.info.TypeOf(sel.X)
	return sel.Sel.Name == "Body" && (isNamed(t, "net/http", "Response") || isNamed(t, "net/http", "Request"))
}

// isStdin reports whether obj is os.Stdin.
func isStdin(obj types.Object) bool {
	return obj != nil && obj.Name() == "Stdin" && obj.Pkg() != nil && obj.Pkg().Path() == "os"
}

// wrapped returns what a call's result leads to: the call itself if it opens a
// pipe, an argument if it makes a reader or writer around that.
func (ix *Index) wrapped(call *ast.CallExpr, sc *scope, depth int) ast.Expr {
	fn := funcValue(ix.info, call.Fun)
	if fn == nil {
		return nil
	}
	if opensPipe(nameOf(fn).String()) {
		return call
	}
	if fn.Pkg() == nil || !wrappers[fn.Pkg().Path()] {
		return nil
	}
	for _, arg := range call.Args {
		if end := ix.outside(arg, sc, depth+1); end != nil {
			return end
		}
	}
	return nil
}

// byEnd bounds w by what is known of the thing at the other end: a connection
// with a deadline, or a body whose request is in view.
func (ix *Index) byEnd(w Wait, end ast.Expr, sc *scope) Wait {
	if sel, ok := end.(*ast.SelectorExpr); ok && ix.isBody(sel) {
		return ix.byResponse(w, sel, sc)
	}
	obj := objectOf(ix.info, end)
	switch {
	case obj == nil:
	case sc.timed[obj] || sc.writes[obj] && !isReader(w.Via.Func):
		w.Bound = op.Timeout
	case ix.timed[obj] || ix.writes[obj] && !isReader(w.Via.Func):
		w.Bound = op.Unknown
	}
	return w
}

// isReader reports whether a function of this name reads, which a deadline for
// writing does not end.
func isReader(name string) bool {
	return strings.HasPrefix(name, "Read") || strings.HasPrefix(name, "Scan") || strings.HasPrefix(name, "Decode") || name == "Peek"
}

// byResponse: reading a body ends by what ended waiting for its headers.
func (ix *Index) byResponse(w Wait, body *ast.SelectorExpr, sc *scope) Wait {
	call, ok := ix.source(sc, body.X).(*ast.CallExpr)
	if !ok || isNamed(ix.info.TypeOf(body.X), "net/http", "Request") {
		w.Bound = op.Unknown
		return w
	}
	c := ix.callOf(call, sc)
	if c == nil {
		w.Bound = op.Unknown
		return w
	}
	sent, ok := Summary{Waits: ix.waitsAt(c, call, sc)}.Wait(op.Net)
	if !ok {
		w.Bound = op.Unknown
		return w
	}
	w.Bound, w.Ctx = sent.Bound, sent.Ctx
	return w
}

// readDeadline notes conn.SetDeadline(t) and its kin.
func (ix *Index) readDeadline(call *ast.CallExpr, sc *scope) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !strings.HasPrefix(sel.Sel.Name, "Set") || !strings.HasSuffix(sel.Sel.Name, "Deadline") {
		return
	}
	obj := objectOf(ix.info, sel.X)
	switch {
	case obj == nil:
	case sel.Sel.Name == "SetWriteDeadline":
		sc.writes[obj], ix.writes[obj] = true, true
	default:
		sc.timed[obj], ix.timed[obj] = true, true
	}
}

// wrappers are the packages whose constructors return a reader or writer around
// the one they are given.
var wrappers = map[string]bool{
	"bufio": true, "io": true, "encoding/json": true, "encoding/gob": true, "encoding/xml": true, "encoding/csv": true,
	"compress/gzip": true, "compress/flate": true, "compress/zlib": true, "net/textproto": true, "net/http": true,
}

// opensPipe reports whether a function opens a pipe to another process.
func opensPipe(name string) bool {
	switch name {
	case "os.Pipe", "(os/exec.Cmd).StdoutPipe", "(os/exec.Cmd).StderrPipe", "(os/exec.Cmd).StdinPipe":
		return true
	}
	return false
}

// isConn reports whether t is a network connection.
func isConn(t types.Type) bool {
	for _, name := range [...]string{"Conn", "TCPConn", "UDPConn", "UnixConn", "IPConn", "PacketConn"} {
		if isNamed(t, "net", name) {
			return true
		}
	}
	return isNamed(t, "crypto/tls", "Conn") || isNamed(t, "crypto/tls", "QUICConn")
}
