package lockacrossblock

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// judgeCallbacks reports calls of functions that somebody else supplied while a
// lock is held: they may wait, or come back for the same lock.
func (j *judge) judgeCallbacks(f *model.Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if i, ok := instr.(*ssa.Call); ok {
				if name := suppliedFunc(i.Common()); name != "" {
					j.judgeCallback(f, i, name)
				}
			}
		}
	}
}

// judgeCallback reports one call if a lock is held that others may wait for.
func (j *judge) judgeCallback(f *model.Func, i *ssa.Call, name string) {
	for _, h := range j.locks.HeldAt(f, i) {
		if j.isPrivate(f, h, i) || !i.Pos().IsValid() { // the call that a range-over-func loop makes
			continue
		}
		w := &wait{op: &model.Op{Func: f, Instr: i, Pos: i.Pos()}, from: f, held: h}
		j.note(report.Finding{
			Rule: callbackUnderLock, Pos: i.Pos(), Defect: defect{i},
			Message: j.across(w, callbackUnderLock, "a call of "+name, "call it without the lock"),
			Related: []analysis.RelatedInformation{report.Step(h.Pos, "%s is locked here", h.Name)},
		})
		return
	}
}

// suppliedFunc returns the name of the parameter or field whose function a call
// runs, or "".
func suppliedFunc(common *ssa.CallCommon) string {
	if common.IsInvoke() || isCancelFunc(common.Value.Type()) {
		return ""
	}
	v := common.Value
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		v = u.X
	}
	switch x := v.(type) {
	case *ssa.Parameter:
		return x.Name()
	case *ssa.FieldAddr:
		if ptr, ok := x.X.Type().Underlying().(*types.Pointer); ok {
			if st, ok := ptr.Elem().Underlying().(*types.Struct); ok {
				return st.Field(x.Field).Name()
			}
		}
	}
	return ""
}
