package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A generator hands out a channel and feeds it from a goroutine. If the sends
// are bare and no parameter can stop it, a reader that leaves early leaves the
// goroutine behind. At level default a reader in view must be able to leave
// (must, by control flow); drains anywhere in the reader speak for it.

// judgeGenerators reports generators that a reader cannot stop.
func (j *judge) judgeGenerators() {
	for _, f := range j.Funcs {
		if f.IsTest() {
			continue
		}
		if x := j.fedChannel(f, 0); x != nil && !j.isExemptGenerator(f, x) {
			j.judgeGenerator(f, x)
		}
	}
}

// stopParam returns the parameter by which a caller can hand f something that
// stops it, or nil: a context, a request, or a channel without data.
func stopParam(f *model.Func) *ssa.Parameter {
	for _, param := range f.SSA.Params {
		if isStopType(param.Type()) || model.IsChan(param.Type()) && model.IsStopName(param.Name()) {
			return param
		}
	}
	return nil
}

// isStopType reports whether values of type t can announce an end: contexts,
// requests, and channels without data.
func isStopType(t types.Type) bool {
	if model.IsContext(t) || isType(t, "net/http", "Request") {
		return true
	}
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	st, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

// isHeeded reports whether the goroutine, or what it runs, gets hold of a stop
// parameter, or of any other thing that could stop it.
func (j *judge) isHeeded(stop *ssa.Parameter, x *fed) bool {
	found := false
	look := func(v ssa.Value) {
		t := v.Type()
		if ptr, ok := t.(*types.Pointer); ok { // a captured variable
			t = ptr.Elem()
		}
		found = found || isStopType(t) && j.ChanOf(v) != x.ch || j.PlaceOf(v).Root == any(stop)
	}
	for _, arg := range x.spawn.Instr.Common().Args {
		look(arg)
	}
	for _, f := range j.taskOf(x.spawn.Body).near {
		instrs(f, func(i ssa.Instruction) {
			for _, operand := range i.Operands(nil) {
				if *operand != nil && !found {
					look(*operand)
				}
			}
		})
	}
	return found
}

// isExemptGenerator reports whether the goroutine lives as long as the process,
// or hears a stop some other way.
func (j *judge) isExemptGenerator(f *model.Func, x *fed) bool {
	if stop := stopParam(f); stop != nil && j.isHeeded(stop, x) {
		return true
	}
	return j.isProcessScope(f) || hearsOutside(j.taskOf(x.spawn.Body), x) || x.ch.IsSignal()
}

// hearsOutside reports whether the goroutine listens to a stop other than the
// end of a channel it reads from.
func hearsOutside(t *task, x *fed) bool {
	for _, f := range t.near {
		for _, s := range f.Selects {
			if s.HasCase(model.Stop) {
				return true
			}
		}
	}
	return false
}

// judgeGenerator reports one generator: at level default if a reader in view may
// leave early, else at level strict.
func (j *judge) judgeGenerator(f *model.Func, x *fed) {
	reader, at := j.earlyReader(f, x)
	finding := report.Finding{
		Rule:    "generator-without-stop",
		Pos:     x.spawn.Pos,
		Related: []analysis.RelatedInformation{report.Step(x.sends[0].Pos, "without a reader, the goroutine is stuck here")},
		Message: "a reader of " + f.Name() + " that stops early leaves this goroutine stuck in its send; " + cure(f),
		Unsafe:  j.selectFix(x.sends, j.exitByContext),
		Strict:  true,
		Defect:  x.spawn,
	}
	if reader != nil && !j.IsTestFile(x.spawn.Pos) {
		finding.Strict = false
		j.fed[x.spawn] = true
		finding.Message = "this goroutine is stuck once " + reader.Name() + " stops reading (" + where(j.report.Where(x.spawn.Pos, at.Pos)) + "); " + cure(f)
		finding.Related = append(finding.Related, report.Step(at.Pos, "this reader may leave before the channel is closed"))
	}
	j.report.Add(finding)
}

// cure says what lets the goroutine end: the stop that f is given already, or a
// new one.
func cure(f *model.Func) string {
	if stop := stopParam(f); stop != nil && stop.Name() != "_" {
		return "listen to " + stop.Name() + " beside the send"
	}
	return "take a context, or return iter.Seq"
}

// where drops the preposition of a place.
func where(s string) string {
	if len(s) > 3 && s[:3] == "on " {
		return s[3:]
	}
	return s
}
