package lockacrossblock

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
)

// This file reports panics behind which a lock stays held: the function recovers,
// or what runs it does, and goes on without an Unlock. A panic is one that stands
// there, or may come out of a function value, for which the recover is there. The
// holding is certain; that the function value panics is a may.

// judgeRecovered judges what may panic in f with a lock held.
func (j *judge) judgeRecovered(f *model.Func) {
	if len(f.Ops) == 0 || f.IsLoopBody() {
		return
	}
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if what := mayPanic(instr); what != "" {
				j.judgePanic(f, instr, what)
			}
		}
	}
}

// judgePanic judges one instruction that may panic.
func (j *judge) judgePanic(f *model.Func, instr ssa.Instruction, what string) {
	for _, h := range j.locks.HeldAt(f, instr) {
		v, ok := j.locks.FactAt(f, instr, h.Place)
		if !ok || !v.Atoms.Outlasts() || h.Class == nil || v.By != nil || j.unlocksLater(f, h) || j.isPrivate(f, h, instr) {
			continue
		}
		by, isMeant := j.recoverer(f)
		if _, isPanic := instr.(*ssa.Panic); by != nil && (isPanic || isMeant) {
			j.addRecovered(f, by, instr, what, h)
		}
	}
}

// addRecovered reports one panic, the first of its critical section.
func (j *judge) addRecovered(f, by *model.Func, at ssa.Instruction, what string, h lockset.Held) {
	pos := at.Pos()
	if i, ok := at.(ssa.CallInstruction); ok {
		pos = j.CallPos(i)
	}
	who := "the recover of " + calleeName(f)
	if by != f {
		who = calleeName(by) + ", which recovers,"
	}
	j.note(report.Finding{
		Rule: missingUnlock, Pos: pos, Defect: section{missingUnlock, h.Pos},
		Message: clip(fmt.Sprintf("%s stays locked %s: %s goes on without it; defer the unlock", h.Name, what, who), missingUnlock),
		Related: []analysis.RelatedInformation{report.Step(h.Pos, "%s is locked here, and unlocked only behind the panic", h.Name)},
	})
}

// mayPanic says that an instruction panics, or calls a function value that may;
// "" if neither.
func mayPanic(instr ssa.Instruction) string {
	switch i := instr.(type) {
	case *ssa.Panic:
		if i.Pos().IsValid() {
			return "after this panic"
		}
	case *ssa.Call:
		if !i.Call.IsInvoke() && i.Call.StaticCallee() == nil && isHandedIn(i.Call.Value) && !isClockFunc(&i.Call) {
			return "if this call panics"
		}
	}
	return ""
}

// isClockFunc reports whether a function value only tells the time.
func isClockFunc(common *ssa.CallCommon) bool {
	sig := common.Signature()
	return sig.Params().Len() == 0 && sig.Results().Len() == 1 && isMoment(sig.Results().At(0).Type())
}

// isHandedIn reports whether a function value comes from a parameter, a field or a
// container: others have written what it does.
func isHandedIn(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.Parameter, *ssa.Lookup, *ssa.Field:
		return true
	case *ssa.Extract:
		_, ok := x.Tuple.(*ssa.Lookup)
		return ok
	case *ssa.UnOp:
		switch x.X.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr:
			return true
		}
	}
	return false
}

// recoverer returns who survives a panic in f: f itself, the function that alone
// is handed f as a value, or one that calls f; nil if it is nobody in view. That it
// recovers because of what f calls is clear but for the last.
func (j *judge) recoverer(f *model.Func) (by *model.Func, isMeant bool) {
	if j.recovers(f) {
		return f, true
	}
	if call, ok := j.handedTo(f).(*ssa.Call); ok {
		if g := j.FuncOf(call.Call.StaticCallee()); g != nil && j.recovers(g) {
			return g, true
		}
	}
	for _, c := range f.Callers {
		if j.recovers(c.From) && !c.Deferred {
			return c.From, false
		}
	}
	return nil, false
}

// recovers reports whether a deferred call of f recovers from panics for good.
func (j *judge) recovers(f *model.Func) bool {
	for _, c := range f.Calls {
		if c.Deferred && callsRecover(c.To) {
			return true
		}
	}
	return false
}

// endsAll matches names of functions that do not come back.
var endsAll = pattern.New(`^(Fatal|Exit|Panic|Goexit)`)

// callsRecover reports whether a function calls recover, and neither panics again
// nor ends the process.
func callsRecover(f *model.Func) bool {
	return model.CallsRecover(f.SSA) && !goesOnPanicking(f)
}

// goesOnPanicking reports whether a function panics, or calls what ends the process.
func goesOnPanicking(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.Panic:
				return true
			case *ssa.Call:
				if fn := i.Call.StaticCallee(); fn != nil && endsAll.MatchString(fn.Name()) || i.Call.IsInvoke() && endsAll.MatchString(i.Call.Method.Name()) {
					return true
				}
			}
		}
	}
	return false
}

// unlocksLater reports whether a literal of f, such as a deferred one, or a
// function that f defers may unlock a lock.
func (j *judge) unlocksLater(f *model.Func, h lockset.Held) bool {
	for _, o := range j.locks.Ops(h.Class) {
		if o.Func != f && o.Func.Decl() == f.Decl() {
			return true
		}
	}
	for _, c := range f.Calls {
		if c.Deferred && j.mayTouch(c.To)[h.Class] {
			return true
		}
	}
	return false
}
