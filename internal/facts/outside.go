package facts

import (
	"go/ast"
	"go/types"
)

// This file decides whether a reader or writer leads out of the process. Only
// what is certain counts: connections by their type, bodies by their field,
// standard input and pipes by where they come from, and wrappers around these.

// byOperands: the row holds if the receiver or an argument leads outside.
func (ix *Index) byOperands(w Wait, call *ast.CallExpr, sc *scope) Wait {
	if ix.leadsOutside(receiver(call), sc, 0) {
		return w
	}
	for _, arg := range call.Args {
		if ix.leadsOutside(arg, sc, 0) {
			return w
		}
	}
	return Wait{}
}

// leadsOutside follows variables, and calls by their arguments, because
// bufio.NewReader(conn) waits where conn does.
func (ix *Index) leadsOutside(e ast.Expr, sc *scope, depth int) bool {
	if e == nil || depth > maxDepth {
		return false
	}
	if isConn(ix.info.TypeOf(e)) {
		return true
	}
	src := ix.source(sc, e)
	if isConn(ix.info.TypeOf(src)) {
		return true
	}
	switch src := src.(type) {
	case *ast.SelectorExpr:
		return ix.isOutsideField(src)
	case *ast.UnaryExpr:
		return ix.leadsOutside(src.X, sc, depth+1)
	case *ast.CallExpr:
		return ix.wrapsOutside(src, sc, depth)
	}
	return false
}

// isOutsideField reports whether sel is a body or standard input.
func (ix *Index) isOutsideField(sel *ast.SelectorExpr) bool {
	if sel.Sel.Name == "Body" {
		t := ix.info.TypeOf(sel.X)
		return isNamed(t, "net/http", "Response") || isNamed(t, "net/http", "Request")
	}
	obj := ix.info.Uses[sel.Sel]
	return obj != nil && obj.Name() == "Stdin" && obj.Pkg() != nil && obj.Pkg().Path() == "os"
}

// wrapsOutside reports whether a call makes a reader or writer out of one that
// leads outside, or opens a pipe.
func (ix *Index) wrapsOutside(call *ast.CallExpr, sc *scope, depth int) bool {
	fn := funcValue(ix.info, call.Fun)
	if fn == nil {
		return false
	}
	if opensPipe(nameOf(fn).String()) {
		return true
	}
	if fn.Pkg() == nil || !wrappers[fn.Pkg().Path()] {
		return false
	}
	for _, arg := range call.Args {
		if ix.leadsOutside(arg, sc, depth+1) {
			return true
		}
	}
	return false
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
