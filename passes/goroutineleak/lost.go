package goroutineleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A function may hand back the error of the goroutine it starts in a channel
// with room for it. Nothing is stuck when a caller drops that channel, but the
// error is lost (must: the call stands alone as a statement; who assigns the
// channel to the blank identifier has thought about it). Missed: errors sent in
// a select.

// isOneError reports whether the channel only ever carries one error, which the
// goroutine sends.
func (x *fed) isOneError() bool {
	return len(x.ch.Sends) == 1 && x.sends[0].Func.LoopAt(x.sends[0].Pos) == nil &&
		types.Identical(x.ch.Elem, types.Universe.Lookup("error").Type())
}

// judgeLost reports calls of f that stand alone and lose the goroutine's error.
func (j *judge) judgeLost(f *model.Func, x *fed) {
	for _, c := range f.Callers {
		call, ok := c.Instr.(*ssa.Call)
		if !ok || c.Deferred || isResultUsed(call, f, x.result) || !j.isStatement(call) {
			continue
		}
		j.report.Add(report.Finding{
			Rule:    "result-dropped",
			Pos:     c.Pos,
			Message: "the error of the goroutine that " + f.Name() + " starts is lost here: its channel is dropped; receive from it",
			Related: []analysis.RelatedInformation{report.Step(x.spawn.Pos, "the goroutine is started here"), report.Step(x.sends[0].Pos, "nobody receives this error")},
			Strict:  j.IsTestFile(c.Pos),
			Defect:  c.Instr,
		})
	}
}

// isStatement reports whether a call is a statement of its own.
func (j *judge) isStatement(call *ssa.Call) bool {
	syntax := j.CallSyntax(call)
	if syntax == nil {
		return false
	}
	file := j.fileAt(syntax.Pos())
	if file == nil {
		return false
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || found || syntax.Pos() < n.Pos() || n.End() < syntax.End() {
			return false
		}
		stmt, ok := n.(*ast.ExprStmt)
		found = ok && ast.Unparen(stmt.X) == syntax
		return !found
	})
	return found
}
