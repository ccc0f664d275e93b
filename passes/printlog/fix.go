package printlog

// The advice of a finding and the fix that follows it. A fix is offered only if
// it surely compiles: the print is a statement, its logger is certain to be
// there, every name means the same before and after. Knowingly left without a
// fix: function values, buffered writers, prints whose results are used.

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/symbol"
)

// advice is what to do about a print.
type advice struct {
	call string // "slog.ErrorContext": the function to use
	fix  *analysis.SuggestedFix
}

// advise says what should stand in place of o.
func (p *unit) advise(c inspector.Cursor, o output) advice {
	l := p.findLogger(c)
	rec, clean := p.recordOf(o, p.subject(c))
	r := rendering{ctx: p.contextAt(c), failed: rec.failed || p.printsError(o) || anyExpr(o.args, p.isErrorText)}
	if l.own != nil {
		return advice{call: l.own.call(r.failed)}
	}
	r.to = l.expr
	if r.to == "" {
		r.to = symbol.PkgBase(l.pkg)
	}
	a := advice{call: r.to + "." + r.method(l.lib)}
	if l.unsure && l.expr == "" {
		a.call = typical[l.lib]
		return a
	}
	if !l.unsure && replaceable(c, o) && p.hasSlog(c, l) {
		a.fix = p.fix(c, o, l, r, rec, clean)
	}
	return a
}

// printsError reports whether an error is among what o prints.
func (p *unit) printsError(o output) bool { return anyExpr(o.args, p.isError) }

// subject says in words what the function around c does: "save".
func (p *unit) subject(c inspector.Cursor) string {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		return strings.Join(words(f.Node().(*ast.FuncDecl).Name.Name), " ")
	}
	return ""
}

// contextAt returns an expression for the context in scope at c, "" if there is
// none.
func (p *unit) contextAt(c inspector.Cursor) string {
	v := p.localWhere(c, func(v *types.Var) bool { return isType(v.Type(), "context", "Context") })
	if v != nil {
		return v.Name()
	}
	r := p.localWhere(c, func(v *types.Var) bool {
		ptr, ok := types.Unalias(v.Type()).(*types.Pointer)
		return ok && v.Kind() == types.ParamVar && isType(ptr.Elem(), "net/http", "Request")
	})
	if r != nil {
		return r.Name() + ".Context()"
	}
	return ""
}

// isType reports whether t is the type pkg.name.
func isType(t types.Type, pkg, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg
}

// replaceable reports whether another call can stand in place of o: it is a
// statement of its own and leaves no variable behind.
func replaceable(c inspector.Cursor, o output) bool {
	if o.via != nil || o.call.Ellipsis.IsValid() {
		return false
	}
	switch parent := c.Parent().Node().(type) {
	case *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt:
		return true
	case *ast.AssignStmt:
		return isDiscarded(parent)
	}
	return false
}

// isDiscarded reports whether an assignment only throws results away.
func isDiscarded(s *ast.AssignStmt) bool {
	for _, lhs := range s.Lhs {
		if id, ok := lhs.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	return s.Tok == token.ASSIGN && len(s.Rhs) == 1
}

// hasSlog reports whether the language version of the file has slog, if that is
// what l needs.
func (p *unit) hasSlog(c inspector.Cursor, l logger) bool {
	if l.lib != slogLib || l.expr != "" {
		return true
	}
	v := p.info.FileVersions[file(c)]
	if v == "" {
		v = p.pass.Pkg.GoVersion()
	}
	return knowsSlog(v)
}

// knowsSlog reports whether a Go version has log/slog; an unknown one has.
func knowsSlog(v string) bool { return v == "" || version.Compare(v, "go1.21") >= 0 }

// fix builds the replacement of o by a call of l; nil if it might not compile.
func (p *unit) fix(c inspector.Cursor, o output, l logger, r rendering, rec record, clean bool) *analysis.SuggestedFix {
	var edits []analysis.TextEdit
	if l.pkg != "" {
		name, added, ok := p.nameFor(c, l.pkg)
		if !ok {
			return nil
		}
		edits = append(edits, added...)
		r.fields = name
		if l.expr == "" {
			r.to = name
		}
	}
	kept, ok := p.fill(&r, o, rec, clean)
	if !ok {
		return nil
	}
	old := ast.Node(o.call)
	if s, isAssign := c.Parent().Node().(*ast.AssignStmt); isAssign {
		old = s
	}
	dropped, ok := p.dropUnused(file(c), old, kept)
	if !ok {
		return nil
	}
	edits = append(edits, dropped...)
	edits = append(edits, analysis.TextEdit{Pos: old.Pos(), End: old.End(), NewText: []byte(r.text(l.lib))})
	return &analysis.SuggestedFix{Message: "Log with " + r.to + "." + r.method(l.lib), TextEdits: edits}
}

// fill writes the record's parts as source text and returns the nodes whose
// text is kept.
func (p *unit) fill(r *rendering, o output, rec record, clean bool) ([]ast.Node, bool) {
	if !clean {
		return p.fillFormatted(r, o)
	}
	if len(rec.attrs) == 1 && rec.silent && p.isString(rec.attrs[0].value) {
		text, ok := p.source(rec.attrs[0].value)
		r.message = text
		return []ast.Node{rec.attrs[0].value}, ok
	}
	r.message = strconv.Quote(rec.message)
	var kept []ast.Node
	for _, a := range rec.attrs {
		text, ok := p.source(a.value)
		if !ok {
			return nil, false
		}
		r.attrs = append(r.attrs, written{a.key, text, a.isErr})
		kept = append(kept, a.value)
	}
	return kept, true
}

// isString reports whether e is exactly a string.
func (p *unit) isString(e ast.Expr) bool {
	return types.Identical(types.Default(p.info.TypeOf(e)), types.Typ[types.String])
}

// fillFormatted keeps a format whole: the message is what Sprintf makes of it.
func (p *unit) fillFormatted(r *rendering, o output) ([]ast.Node, bool) {
	qualifier := p.fmtName(o.call)
	if o.shape != formatted || qualifier == nil || len(o.args) == 0 {
		return nil, false
	}
	if s, ok := p.constString(o.args[0]); !ok || strings.TrimSpace(s) == "" {
		return nil, false
	}
	kept := []ast.Node{qualifier}
	var texts []string
	for _, arg := range o.args {
		text, ok := p.source(arg)
		if !ok {
			return nil, false
		}
		texts = append(texts, text)
		kept = append(kept, arg)
	}
	if strings.HasSuffix(texts[0], `\n"`) {
		texts[0] = strings.TrimSuffix(texts[0], `\n"`) + `"`
	}
	r.message = qualifier.Name + ".Sprintf(" + strings.Join(texts, ", ") + ")"
	return kept, true
}

// fmtName returns the identifier by which call names package fmt.
func (p *unit) fmtName(call *ast.CallExpr) *ast.Ident {
	fn := typeutil.StaticCallee(p.info, call)
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "fmt" {
		return nil
	}
	id, _ := sel.X.(*ast.Ident)
	return id
}

// source returns the text of n as it stands in its file.
func (p *unit) source(n ast.Node) (string, bool) {
	f := p.pass.Fset.File(n.Pos())
	content, err := p.pass.ReadFile(f.Name())
	if err != nil || f.Offset(n.End()) > len(content) {
		return "", false
	}
	return string(content[f.Offset(n.Pos()):f.Offset(n.End())]), true
}
