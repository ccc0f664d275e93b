package lockacrossblock

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file follows calls of a local variable that holds one of several functions
// of the package: "push := q.slow; if urgent { push = q.fast }; push(j)". All must
// be known; which one is called is a may.

// maxChosen bounds the functions that a variable may hold.
const maxChosen = 4

// judgeChosen judges the waits in functions that f calls by such variables.
func (j *judge) judgeChosen(f *model.Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(*ssa.Call)
			if !ok || i.Call.IsInvoke() || i.Call.StaticCallee() != nil {
				continue
			}
			if held := j.locks.HeldAt(f, i); len(held) > 0 {
				j.judgeChoices(f, i, held)
			}
		}
	}
}

// judgeChoices judges one call.
func (j *judge) judgeChoices(f *model.Func, i *ssa.Call, held []lockset.Held) {
	for _, to := range j.choices(i.Call.Value) {
		c := &model.Call{From: f, To: to, Instr: i, Pos: j.CallPos(i)}
		for _, o := range to.Ops {
			if w := j.waitThrough(c, o, held); w != nil {
				j.judgeWait(w)
			}
		}
	}
}

// choices returns the functions that a value may be, if it is one of several and
// all are known; nil otherwise.
func (j *judge) choices(v ssa.Value) (out []*model.Func) {
	var values []ssa.Value
	switch x := v.(type) {
	case *ssa.Phi:
		values = x.Edges
	case *ssa.UnOp:
		if a, ok := x.X.(*ssa.Alloc); ok {
			values = storesTo(a)
		}
	}
	if len(values) < 2 || len(values) > maxChosen {
		return nil
	}
	for _, v := range values {
		f := j.literalOf(v)
		if f == nil {
			return nil
		}
		out = append(out, f)
	}
	return out
}
