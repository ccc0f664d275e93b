package printlog

// Ends of the process that somebody decided on and wrote down. A may-judgement
// by the words of the function's name, of its documentation, and of the comment
// at the call, or by a switch around it. Reasons given further away are not
// seen.

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// hangWords in the name of a function say that it is there for programs that no
// longer move: their end is the cure.
var hangWords = setOf(`hang hangs hanging hung deadlock deadlocked watchdog`)

// endWords in a comment say that the process ends.
var endWords = setOf(`exit exits exiting die dies dying crash crashes crashing`)

// endVerbs say the same of an object, in documentation of the process.
var endVerbs = setOf(`terminate terminates terminating abort aborts aborting kill kills killing`)

// processWords name the process as the object of an endVerb.
var processWords = setOf(`process program binary application executable itself`)

// regretWords in a comment say that the end of the process is no decision but a
// fault somebody knows of.
var regretWords = setOf(`todo fixme xxx hack bug bad wrong instead skip skips skipping skipped caller callers defer
	defers deferred library libraries`)

// waitWords in front of an end say that something else ends, or only then.
var waitWords = setOf(`until till once after before when while how whether`)

// notWords right in front of an end deny it.
var notWords = setOf(`not never don doesn shouldn won nobody no`)

// isMeantExit reports whether the code around the exit at c shows that it is a
// decision.
func (p *unit) isMeantExit(c inspector.Cursor) bool {
	return p.isGuardedBy(c, p.asksSwitch) || inHangFunc(c) || p.saysAtCall(c) || saysInDoc(c)
}

// asksSwitch reports whether a condition asks a boolean variable of a package,
// which is set for tests or to find faults.
func (p *unit) asksSwitch(cond ast.Expr) bool {
	if cond == nil {
		return false
	}
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			found = found || isSwitch(p.info.Uses[id])
		}
		return !found
	})
	return found
}

// isSwitch reports whether obj is a boolean variable of a package.
func isSwitch(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return false
	}
	if b, ok := v.Type().Underlying().(*types.Basic); ok {
		return b.Info()&types.IsBoolean != 0
	}
	return types.TypeString(types.Unalias(v.Type()), nil) == "sync/atomic.Bool"
}

// inHangFunc reports whether the function declaration around c deals with
// programs that hang.
func inHangFunc(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		return hangWords.hasAny(f.Node().(*ast.FuncDecl).Name.Name)
	}
	return false
}

// saysInDoc reports whether the documentation of the function declaration around
// c says that it ends the process.
func saysInDoc(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		doc := f.Node().(*ast.FuncDecl).Doc
		return doc != nil && saysEnd(doc.Text(), true)
	}
	return false
}

// saysAtCall reports whether a comment on the line of c, or one that ends on the
// line above it or above the if that it is the body of, says that the process
// ends.
func (p *unit) saysAtCall(c inspector.Cursor) bool {
	f := file(c)
	if f == nil {
		return false
	}
	lines := p.pass.Fset.File(f.FileStart)
	lineOf := func(pos token.Pos) int { return lines.PositionFor(pos, false).Line }
	at, above := lineOf(c.Node().Pos()), lineOf(guardOf(c).Pos())
	return slices.ContainsFunc(f.Comments, func(g *ast.CommentGroup) bool {
		first, last := lineOf(g.Pos()), lineOf(g.End())
		return (first == at || last == at-1 || last == above-1) && saysEnd(g.Text(), false)
	})
}

// guardOf returns the if statement whose body the call at c is a statement of,
// or else the call.
func guardOf(c inspector.Cursor) ast.Node {
	stmt := c.Parent()
	if _, ok := stmt.Node().(*ast.ExprStmt); ok && stmt.Parent().ParentEdgeKind() == edge.IfStmt_Body {
		return stmt.Parent().Parent().Node()
	}
	return c.Node()
}

// saysEnd reports whether a sentence of a comment says that the process ends. In
// documentation verbs that also end other things need the process as object.
func saysEnd(text string, isDoc bool) bool {
	text, _, _ = strings.Cut("// "+text, "// want ") // what a test of an analyzer expects
	if regretWords.hasAny(text) {
		return false
	}
	return slices.ContainsFunc(strings.Split(text, ". "), func(sentence string) bool {
		return affirmsEnd(words(sentence), isDoc && !processWords.hasAny(sentence))
	})
}

// isEnd reports whether a word says that the process ends.
func isEnd(word string, needsObject bool) bool {
	return endWords[word] || !needsObject && endVerbs[word]
}

// affirmsEnd reports whether the words of a sentence name an end, the first of
// which is neither denied nor put behind something that is waited for.
func affirmsEnd(said []string, needsObject bool) bool {
	for i, w := range said {
		switch {
		case waitWords[w]:
			return false
		case isEnd(w, needsObject):
			return !slices.ContainsFunc(said[max(0, i-3):i], func(w string) bool { return notWords[w] })
		}
	}
	return false
}
