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
		if f.IsTest() || hasStopParam(f) {
			continue
		}
		if x := j.fedChannel(f, 0); x != nil && !j.isExemptGenerator(f, x) {
			j.judgeGenerator(f, x)
		}
	}
}

// hasStopParam reports whether a caller can hand f something that stops it: a
// context, a request, or a channel without data.
func hasStopParam(f *model.Func) bool {
	for param := range f.SSA.Signature.Params().Variables() {
		t := param.Type()
		if model.IsContext(t) || isType(t, "net/http", "Request") {
			return true
		}
		if ch, ok := t.Underlying().(*types.Chan); ok {
			if st, ok := ch.Elem().Underlying().(*types.Struct); ok && st.NumFields() == 0 || model.IsStopName(param.Name()) {
				return true
			}
		}
	}
	return false
}

// isExemptGenerator reports whether the goroutine lives as long as the process,
// or hears a stop some other way.
func (j *judge) isExemptGenerator(f *model.Func, x *fed) bool {
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
		Message: "a reader of " + f.Name() + " that stops early leaves this goroutine stuck in its send; take a context, or return iter.Seq",
		Strict:  true,
		Defect:  x.spawn,
	}
	if reader != nil && !j.IsTestFile(x.spawn.Pos) {
		finding.Strict = false
		j.fed[x.spawn] = true
		finding.Message = "this goroutine is stuck once " + reader.Name() + " stops reading (" + where(j.report.Where(x.spawn.Pos, at.Pos)) + "); take a context, or return iter.Seq"
		finding.Related = append(finding.Related, report.Step(at.Pos, "this reader may leave before the channel is closed"))
	}
	j.report.Add(finding)
}

// where drops the preposition of a place.
func where(s string) string {
	if len(s) > 3 && s[:3] == "on " {
		return s[3:]
	}
	return s
}

// earlyReader finds a caller in view that may leave before the channel is
// empty, and its receive.
func (j *judge) earlyReader(f *model.Func, x *fed) (*model.Func, *model.Op) {
	for _, c := range f.Callers {
		if j.isProcessScope(c.From) && j.IsMain() {
			continue
		}
		readers := append([]*model.Func{c.From}, nested(c.From)...)
		if j.drains(x.ch, readers) {
			continue
		}
		for _, g := range readers {
			for _, o := range g.Ops {
				if o.Chan == x.ch && mayLeaveEarly(o, x) {
					return g, o
				}
			}
		}
	}
	return nil, nil
}

// drains reports whether some reader empties the channel: a range without a way
// out, or one that is deferred or started beside the other.
func (j *judge) drains(c *model.Chan, readers []*model.Func) bool {
	for _, f := range readers {
		for _, o := range f.Ops {
			if o.Chan == c && o.Action == model.RangeRecv && leavesLoop(o) == nil {
				return true
			}
		}
	}
	return false
}

// mayLeaveEarly reports whether a receive is the last one although more may
// come.
func mayLeaveEarly(o *model.Op, x *fed) bool {
	switch o.Action {
	case model.RangeRecv:
		return leavesLoop(o) != nil
	case model.Recv:
		return o.Select == nil && o.Func.LoopAt(o.Pos) == nil && isLooped(x)
	}
	return false
}

// isLooped reports whether the goroutine may send more than once.
func isLooped(x *fed) bool {
	for _, o := range x.sends {
		if o.Func.Reaches(o.Block(), o.Block()) || o.Func.IsLoopBody() {
			return true
		}
	}
	return len(x.sends) > 1
}

// leavesLoop returns a return that the body of a range reaches without asking
// the channel again.
func leavesLoop(o *model.Op) *ssa.Return {
	head := o.Block()
	if len(head.Succs) == 0 {
		return nil
	}
	w := walk{stops: map[ssa.Instruction]bool{o.Instr: true}, seen: map[*ssa.BasicBlock]bool{head: true}}
	return w.through(head.Succs[0], head.Succs[0].Instrs)
}
