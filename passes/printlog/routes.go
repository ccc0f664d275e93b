package printlog

// Whether what the standard log package prints ends up in a structured logger.
// A may-judgement: a call that redirects it, in the package or in one of the same
// module that it imports, near or far, is taken to run before anything is
// printed. Redirections by programs that import the package are not seen.

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/symbol"
)

// redirections are the functions that make a structured logger receive what the
// standard one prints.
var redirections = map[symbol.Name]bool{
	{Pkg: "log/slog", Func: "SetDefault"}:              true,
	{Pkg: "go.uber.org/zap", Func: "RedirectStdLog"}:   true,
	{Pkg: "go.uber.org/zap", Func: "RedirectStdLogAt"}: true,
	{Pkg: "k8s.io/klog/v2", Func: "CopyStandardLogTo"}: true,
}

// redirects reports whether the package, which is no logging library and no
// support of tests, redirects the standard logger.
func (p *unit) redirects() bool {
	if libraries[withoutVendor(p.pass.Pkg.Path())] != noLibrary || importsAny(p.pass, supportImports) {
		return false
	}
	for c := range p.root.Preorder((*ast.CallExpr)(nil)) {
		if p.isRedirection(c.Node().(*ast.CallExpr)) && !p.inTest(c) {
			return true
		}
	}
	return false
}

// isRedirection reports whether call sends the standard logger's output to
// another logger.
func (p *unit) isRedirection(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(p.info, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	name := symbol.Of(fn)
	name.Pkg = withoutVendor(name.Pkg)
	if redirections[name] {
		return true
	}
	return p.isSetOutput(call, fn) && len(call.Args) == 1 && p.isLogWriter(call.Args[0])
}

// isSetOutput reports whether a call of fn says where the standard logger writes.
func (p *unit) isSetOutput(call *ast.CallExpr, fn *types.Func) bool {
	if isFunc(fn, "log", "SetOutput") {
		return true
	}
	if symbol.Of(fn) != (symbol.Name{Pkg: "log", Recv: "Logger", Func: "SetOutput"}) {
		return false
	}
	to, _ := p.loggerOf(receiver(call))
	return to == stdLog
}

// isLogWriter reports whether the writer e may hand lines to a logger: files and
// io.Discard do not.
func (p *unit) isLogWriter(e ast.Expr) bool {
	t := p.info.TypeOf(e)
	if t == nil || isVar(p.object(e), "io", "Discard") {
		return false
	}
	if to, _ := p.streamOf(e); to != unknownStream {
		return false
	}
	return types.TypeString(types.Unalias(t), nil) != "*os.File"
}
