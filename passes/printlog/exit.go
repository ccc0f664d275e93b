package printlog

// Ends of the process that skip what others deferred. Must about the end itself
// (a table says which functions exit), may about the rest: a deferred call
// matters if its name says that it flushes, removes, waits or shuts down. Defers
// of callers are not seen; closing files, connections and mutexes is left to the
// operating system.

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// exitingWords in the name of a function say that ending the process is its
// purpose, as its callers know.
var exitingWords = setOf(`must fatal fatalf fatalln exit exitf quit die abort crash kill panic usage main check init terminate dev`)

// smallWords say the same to whoever reads the function, but nothing to the
// callers of a library that has it for itself.
var smallWords = setOf(`check abort`)

// exits reports whether a call of fn ends the process without deferred calls.
func (p *unit) exits(fn *types.Func) bool { return knowledge.ExitsProcess(symbol.Of(fn)) }

// judgeExit decides whether the end of the process at call skips a clean-up.
func (p *unit) judgeExit(c inspector.Cursor, call *ast.CallExpr) {
	fn := typeutil.StaticCallee(p.info, call)
	if fn == nil || !p.exits(fn) || p.role == support {
		return
	}
	name := symbol.Of(fn).Short()
	f := report.Finding{Rule: fatalSkipsShutdown, Pos: call.Pos(), End: call.End(), Defect: defect{call}}
	if d, what := p.pending(c); d != nil {
		f.Message = fmt.Sprintf("%s skips %s, deferred on %s; return the error and exit in the caller",
			name, what, p.report.Line(d.Pos()))
		f.Related = []analysis.RelatedInformation{report.Step(d.Pos(), "%s is deferred here and never runs", what)}
		f.Strict = p.isSlight(what) || p.silencesGocritic(call)
		p.report.Add(f)
		return
	}
	if p.exitIsPurpose(c) || p.servesPurpose(c) {
		return
	}
	f.Strict = !isBlunt(fn) || p.isAssertion(call) || p.isGuarded(c) || p.isMeantExit(c) || p.isAnnounced(c)
	p.judgeReach(c, name, f)
}

// isBlunt reports whether fn ends the process without a word to a structured
// log: who calls Fatal on a structured logger has thought about it.
func isBlunt(fn *types.Func) bool {
	path := fn.Pkg().Path()
	return path == "os" || path == "log" || path == "syscall"
}

// assertionWords in the last words of a process say that the program itself is
// wrong, as a panic would.
var assertionWords = setOf(`internal unexpected unreachable invalid impossible bug invariant should must requires
	unimplemented unsupported unknown marshal marshaling marshalling duplicate dup`)

// isAssertion reports whether call says that something cannot happen.
func (p *unit) isAssertion(call *ast.CallExpr) bool {
	return anyExpr(call.Args, func(e ast.Expr) bool {
		s, ok := p.constString(e)
		return ok && assertionWords.hasAny(s)
	})
}

// judgeReach adds f if the process is ended from a goroutine or from a library.
func (p *unit) judgeReach(c inspector.Cursor, name string, f report.Finding) {
	spawn, spawned := enclosingSpawn(c)
	switch {
	case spawned:
		d, what := p.skipped(spawn, c)
		f.Strict = f.Strict || p.role != importable && (d == nil || p.isSlight(what))
		f.Message = fmt.Sprintf("%s%s ends the process from a goroutine, past every deferred call; pass the error on", name, shortIn(c))
		if d != nil {
			f.Message = fmt.Sprintf("%s in a goroutine skips %s, deferred on %s; pass the error on", name, what, p.report.Line(d.Pos()))
			f.Related = append(f.Related, report.Step(d.Pos(), "%s is deferred here and never runs", what))
		}
		f.Related = append(f.Related, report.Step(spawn.Node().Pos(), "the goroutine starts here"))
	case p.role == importable:
		f.Message = fmt.Sprintf("%s%s ends the whole process, past what callers deferred; return an error", name, shortIn(c))
	default:
		return
	}
	p.report.Add(f)
}

// shortIn names the function declaration around c, unless its name would make
// the message too long.
func shortIn(c inspector.Cursor) string {
	if s := in(c); len(s) <= 30 {
		return s
	}
	return ""
}

// exitIsPurpose reports whether a function around c is named for ending the
// process, or handles signals.
func (p *unit) exitIsPurpose(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		decl, ok := f.Node().(*ast.FuncDecl)
		if !ok {
			if exitingWords.hasAny(boundName(f)) {
				return true
			}
			continue
		}
		if decl.Name.Name == "main" {
			return false
		}
		if p.isNamedForExit(decl) || testWords.hasAny(decl.Name.Name) || isLogMethod(decl) || p.handlesSignals(f) {
			return true
		}
	}
	return false
}

// isNamedForExit reports whether the name of a function says that it ends the
// process, to those who have to know.
func (p *unit) isNamedForExit(decl *ast.FuncDecl) bool {
	name := decl.Name.Name
	if !exitingWords.hasAny(name) {
		return false
	}
	isPlain := slices.ContainsFunc(words(name), func(w string) bool { return exitingWords[w] && !smallWords[w] })
	return isPlain || p.role != importable || decl.Name.IsExported()
}

// handlesSignals reports whether the function at f asks for signals.
func (p *unit) handlesSignals(f inspector.Cursor) bool {
	for id := range f.Preorder((*ast.Ident)(nil)) {
		fn, ok := p.info.Uses[id.Node().(*ast.Ident)].(*types.Func)
		if ok && (isFunc(fn, "os/signal", "Notify") || isFunc(fn, "os/signal", "NotifyContext")) {
			return true
		}
	}
	return false
}

// enclosingSpawn returns the innermost function literal around c that runs as a
// goroutine.
func enclosingSpawn(c inspector.Cursor) (inspector.Cursor, bool) {
	for f := range c.Enclosing((*ast.FuncLit)(nil)) {
		if isSpawned(f) {
			return f, true
		}
	}
	return inspector.Cursor{}, false
}
