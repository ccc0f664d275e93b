package printlog

// Places at which a print is meant for whoever reads it. A may-judgement by the
// words of names and the shape of the surrounding statements: in doubt the
// print is intended. Knowingly missed: guards in a caller, reasons given in
// prose.

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// printingWords in the name of a function or of its receiver's type say that
// printing is its purpose.
var printingWords = setOf(`print prints printf println printer printing pretty dump dumps dumper usage help debug dbg
	debugger show display prompt prompter banner version sanity trace tracer verbose verbosef console terminal tui spinner progress
	interactive ask confirm`)

// testWords in the name of a function say that tests call it.
var testWords = setOf(`test tests testing bench benchmark example mock fake`)

// loggingWords in the name of a receiver's type say that it is a logger.
var loggingWords = setOf(`log logs logger logging logf lg`)

// guardWords in a condition say that somebody asked for the output.
var guardWords = setOf(`debug debugging dbg verbose verbosity verbosef trace tracing dump print prints quiet silent noisy
	show log logging interactive tty istty isatty terminal`)

// exempt reports whether the print at c is intended.
func (p *unit) exempt(c inspector.Cursor, o output) bool {
	return o.call.Ellipsis.IsValid() || // forwards what its caller prints
		p.isData(o) ||
		p.inPrintingFunc(c) ||
		p.inDialogue(c) ||
		p.isGuarded(c) ||
		p.endsBadly(c)
}

// inPrintingFunc reports whether a function around c, or the variable a
// function literal is bound to, is named for printing, or is an example.
func (p *unit) inPrintingFunc(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		decl, ok := f.Node().(*ast.FuncDecl)
		if !ok {
			if printingWords.hasAny(boundName(f)) || isPackageHook(f) {
				return true
			}
			continue
		}
		name, recv := decl.Name.Name, receiverName(decl)
		if printingWords.hasAny(name) || printingWords.hasAny(recv) || loggingWords.hasAny(recv) ||
			testWords.hasAny(name) || isLogMethod(decl) || returnsExitCode(decl) {
			return true
		}
	}
	return false
}

// isLogMethod reports whether decl is named like a method of a logger and takes
// whatever it is given.
func isLogMethod(decl *ast.FuncDecl) bool {
	params := decl.Type.Params.List
	if len(params) == 0 {
		return false
	}
	_, variadic := params[len(params)-1].Type.(*ast.Ellipsis)
	return variadic
}

// returnsExitCode reports whether a function says that its result is for
// os.Exit: it is a program's main in disguise.
func returnsExitCode(decl *ast.FuncDecl) bool {
	if decl.Type.Results == nil {
		return false
	}
	for _, field := range decl.Type.Results.List {
		for _, name := range field.Names {
			if setOf("exit code").hasAny(name.Name) {
				return true
			}
		}
	}
	return false
}

// receiverName returns the name of the type decl is a method of.
func receiverName(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	t := decl.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// isPackageHook reports whether a function literal is the first value of a
// package variable: whoever minds can set another.
func isPackageHook(lit inspector.Cursor) bool {
	if lit.ParentEdgeKind() != edge.ValueSpec_Values {
		return false
	}
	return lit.Parent().Parent().ParentEdgeKind() == edge.File_Decls
}

// boundName returns the name a function literal gets where it is written: of a
// variable, a field or a key.
func boundName(lit inspector.Cursor) string {
	kind, i := lit.ParentEdge()
	switch parent := lit.Parent().Node().(type) {
	case *ast.AssignStmt:
		if kind == edge.AssignStmt_Rhs && i < len(parent.Lhs) {
			return lastName(parent.Lhs[i])
		}
	case *ast.ValueSpec:
		if i < len(parent.Names) {
			return parent.Names[i].Name
		}
	case *ast.KeyValueExpr:
		return lastName(parent.Key)
	}
	return ""
}

// lastName returns the last name of a chain of selectors.
func lastName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// inDialogue reports whether the function declaration around c also reads
// standard input: it talks with somebody.
func (p *unit) inDialogue(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		for id := range f.Preorder((*ast.Ident)(nil)) {
			if isVar(p.info.Uses[id.Node().(*ast.Ident)], "os", "Stdin") {
				return true
			}
		}
	}
	return false
}

// isGuarded reports whether c runs only if somebody asked for output: in an if
// or case that says so, or behind an early return that does.
func (p *unit) isGuarded(c inspector.Cursor) bool {
	for ; c.Valid() && c.Node() != nil; c = c.Parent() {
		switch n := c.Node().(type) {
		case *ast.FuncDecl, *ast.File:
			return false
		case ast.Stmt:
			if p.afterGuard(c) {
				return true
			}
			if s, ok := n.(*ast.IfStmt); ok && p.asksForOutput(s.Cond) {
				return true
			}
			if s, ok := n.(*ast.CaseClause); ok && anyExpr(s.List, p.asksForOutput) {
				return true
			}
		}
	}
	return false
}

// afterGuard reports whether a statement in front of c leaves the block unless
// output was asked for.
func (p *unit) afterGuard(c inspector.Cursor) bool {
	for prev, ok := c.PrevSibling(); ok; prev, ok = prev.PrevSibling() {
		s, isIf := prev.Node().(*ast.IfStmt)
		if isIf && p.asksForOutput(s.Cond) && leaves(s.Body) {
			return true
		}
	}
	return false
}

// leaves reports whether a block's last statement leaves it.
func leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// asksForOutput reports whether a condition is a constant, reads the
// environment, asks for a missing hook, or mentions a word such as debug.
func (p *unit) asksForOutput(cond ast.Expr) bool {
	if cond == nil {
		return false
	}
	if p.info.Types[cond].Value != nil {
		return true
	}
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			found = found || guardWords.hasAny(n.Name) || p.isConstBool(n)
		case *ast.BinaryExpr:
			found = found || p.isMissingHook(n)
		case *ast.CallExpr:
			fn := typeutil.StaticCallee(p.info, n)
			found = found || isFunc(fn, "os", "Getenv") || isFunc(fn, "os", "LookupEnv")
		}
		return !found
	})
	return found
}

// isMissingHook reports whether a condition asks if a function or a logger is
// set: what prints there stands in for it.
func (p *unit) isMissingHook(b *ast.BinaryExpr) bool {
	if b.Op != token.EQL && b.Op != token.NEQ || !p.info.Types[b.Y].IsNil() {
		return false
	}
	t := p.info.TypeOf(b.X)
	if t == nil {
		return false
	}
	_, isFunc := t.Underlying().(*types.Signature)
	return isFunc || libraryOf(t) != noLibrary || loggingWords.hasAny(lastName(b.X))
}

// isConstBool reports whether id is a constant switch, or false itself, which
// switches code off.
func (p *unit) isConstBool(id *ast.Ident) bool {
	k, ok := p.info.Uses[id].(*types.Const)
	if !ok {
		return false
	}
	b, ok := k.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0 && (k.Pkg() != nil || k.Name() == "false")
}

func anyExpr(list []ast.Expr, is func(ast.Expr) bool) bool {
	for _, e := range list {
		if is(e) {
			return true
		}
	}
	return false
}

// endsBadly reports whether a block around c goes on to a panic or to the end
// of the process: what is printed is its last words.
func (p *unit) endsBadly(c inspector.Cursor) bool {
	for ; c.Valid() && c.Node() != nil; c = c.Parent() {
		switch c.Node().(type) {
		case *ast.FuncDecl, *ast.FuncLit, *ast.File:
			return false
		case ast.Stmt:
			if p.lastFollows(c) {
				return true
			}
		}
	}
	return false
}

// lastFollows reports whether a statement behind stmt, in the same block, ends
// it all.
func (p *unit) lastFollows(stmt inspector.Cursor) bool {
	for next, ok := stmt.NextSibling(); ok; next, ok = next.NextSibling() {
		if s, isExpr := next.Node().(*ast.ExprStmt); isExpr && p.isLast(s.X) {
			return true
		}
	}
	return false
}

// isLast reports whether no statement runs after e.
func (p *unit) isLast(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	switch obj := typeutil.Callee(p.info, call).(type) {
	case *types.Builtin:
		return obj.Name() == "panic"
	case *types.Func:
		return p.exits(obj) || strings.HasPrefix(obj.Name(), "Fatal") || isFunc(obj, "runtime", "Goexit") ||
			isFunc(obj, "runtime", "throw")
	}
	return false
}
