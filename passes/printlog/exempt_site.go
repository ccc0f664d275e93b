package printlog

// Places at which a print is meant for whoever reads it. A may-judgement by the
// words of names and the shape of the surrounding statements: in doubt the
// print is intended. Knowingly missed: guards in a caller, reasons given in
// prose.

import (
	"go/ast"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// printingWords in the name of a function or of its receiver's type say that
// printing is its purpose.
var printingWords = setOf(`print prints printf println printer printing pretty dump dumps dumper hexdump usage help debug dbg
	debugger show display prompt prompter banner version sanity trace tracer verbose verbosef console terminal tui spinner progress
	interactive ask confirm`)

// testWords in the name of a function say that tests call it.
var testWords = setOf(`test tests testing bench benchmark example mock fake`)

// loggingWords in the name of a receiver's type say that it is a logger.
var loggingWords = setOf(`log logs logger logging logf lg`)

// exempt reports whether the print at c is intended.
func (p *unit) exempt(c inspector.Cursor, o output) bool {
	return o.call.Ellipsis.IsValid() || // forwards what its caller prints
		p.isData(o) ||
		p.inLogFile(c) ||
		p.inPrintingFunc(c) ||
		p.inDialogue(c) ||
		p.isPrompt(c) ||
		p.isGuarded(c) ||
		p.endsBadly(c)
}

// inLogFile reports whether c is in a file named for logging: it is about loggers,
// and what it prints concerns them.
func (p *unit) inLogFile(c inspector.Cursor) bool {
	f := file(c)
	if f == nil {
		return false
	}
	base := filepath.Base(p.pass.Fset.File(f.FileStart).Name())
	return loggingWords.hasAny(strings.TrimSuffix(base, ".go"))
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

// isLogMethod reports whether decl takes whatever it is given, as the methods of
// loggers do.
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
