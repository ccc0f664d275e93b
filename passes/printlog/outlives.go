package printlog

// Which skipped clean-ups matter to a program that ends anyway. A may-judgement:
// what a command leaves behind on an error is mostly a temporary file, and its
// user sees the message; what it had to write is lost. A program that serves has
// peers who wait, so all of it counts there.

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// losingWords in the name of a deferred function say that data is lost if it does
// not run, whatever the program is.
var losingWords = setOf(`flush sync shutdown commit save persist restore finish`)

// waitingCalls are the functions by which a program shows that it runs until
// somebody stops it.
var waitingCalls = setOf(`Accept AcceptTCP AcceptUnix Notify NotifyContext`)

// isSlight reports whether skipping the deferred call named what only leaves
// something behind, in a program that would have ended soon.
func (p *unit) isSlight(what string) bool {
	if p.role != program && p.role != frontEnd || p.serves || p.waits() {
		return false
	}
	name := what[strings.LastIndexByte(what, '.')+1:]
	return !losingWords.hasAny(name) && name != "Close" && !strings.HasPrefix(name, "Stop")
}

// waits reports whether the package accepts connections or asks for signals.
func (p *unit) waits() bool {
	for c := range p.root.Preorder((*ast.CallExpr)(nil)) {
		if waitingCalls[lastName(c.Node().(*ast.CallExpr).Fun)] {
			return true
		}
	}
	return false
}

// isAnnounced reports whether the statement in front of the exit at c says that
// the process ends, to a logger or to a stream.
func (p *unit) isAnnounced(c inspector.Cursor) bool {
	if _, ok := c.Parent().Node().(*ast.ExprStmt); !ok {
		return false
	}
	prev, ok := c.Parent().PrevSibling()
	if !ok {
		return false
	}
	stmt, ok := prev.Node().(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
	return ok && anyExpr(call.Args, func(e ast.Expr) bool {
		text, ok := p.constString(e)
		return ok && saysEnd(text, false)
	})
}

// servesPurpose reports whether every use of the function around c is inside
// functions that are named for ending the process: it is a part of them.
func (p *unit) servesPurpose(c inspector.Cursor) bool {
	decl := declAround(c)
	if decl == nil || decl.Recv != nil || decl.Name.IsExported() {
		return false
	}
	fn, used := p.info.Defs[decl.Name], false
	for id := range p.root.Preorder((*ast.Ident)(nil)) {
		if fn == nil || p.info.Uses[id.Node().(*ast.Ident)] != fn || p.inTest(id) {
			continue
		}
		if user := declAround(id); user == decl || !p.exitIsPurpose(id) || user == nil {
			return false
		}
		used = true
	}
	return used
}

// startedBehind reports whether d is deferred behind the start of a goroutine
// that ends the process in one case of a select: by then another case may have
// ended the goroutine.
func startedBehind(spawn, exit inspector.Cursor, d *ast.DeferStmt) bool {
	if d.Pos() < spawn.Node().Pos() {
		return false
	}
	for k := range exit.Enclosing((*ast.CommClause)(nil)) {
		return spawn.Contains(k)
	}
	return false
}

// silencesGocritic reports whether the exit's line silences gocritic, whose check
// exitAfterDefer says the same: somebody has looked at it.
func (p *unit) silencesGocritic(call *ast.CallExpr) bool {
	return p.directives.Silences(call.Pos(), "gocritic", "exitAfterDefer")
}
