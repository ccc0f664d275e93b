package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/symbol"
)

// addCalls records what calls do to the locks of the function.
func (pl *plan) addCalls() {
	known := make(map[ssa.Instruction]bool)
	for _, o := range pl.f.Ops {
		if IsLockOp(o) {
			known[o.Instr] = true
		}
	}
	for _, c := range pl.f.AllCalls() {
		known[c.Instr] = c.Value == nil // what else a function value may do is not known
		pl.addCall(c)
	}
	for _, b := range pl.f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok {
				pl.addHandover(mc)
			}
			if i, ok := instr.(ssa.CallInstruction); ok && !known[instr] {
				pl.addUnknownCall(i)
			}
		}
	}
}

// addCall records the net effect of a call of a function of this package.
func (pl *plan) addCall(c *model.Call) {
	sum := pl.ix.SummaryAt(c)
	e := event{kind: onCall, instr: c.Instr, pos: c.Pos, by: c.To, deferred: c.Deferred}
	tr := pl.translation(c)
	for _, eff := range sum.Effects {
		if c.Value != nil && !c.Sole {
			eff.Out, eff.First = eff.Out|entryOnly, false
		}
		if place, ok := pl.place(tr, eff); ok {
			e.effects = append(e.effects, placed{pl.number(place), eff.Class, eff})
		} else if eff.Out.some(released, onEntry) && eff.Class != nil && eff.Out.MayBeReleased() {
			e.effects = append(e.effects, placed{-1, eff.Class, eff})
		}
	}
	if len(e.effects) > 0 {
		pl.add(e)
	}
}

// addUnknownCall looks at a call of a function that is not in view.
func (pl *plan) addUnknownCall(i ssa.CallInstruction) {
	if _, isGo := i.(*ssa.Go); isGo {
		return
	}
	common := i.Common()
	if _, ok := common.Value.(*ssa.Builtin); ok {
		return
	}
	isForeign := pl.addForeign(i)
	if pl.passesLoopBody(i) || isForeign {
		return
	}
	if common.StaticCallee() == nil && !common.IsInvoke() && pl.addReturnedFunc(i) {
		return
	}
	if mayUnlock(common) {
		pl.add(event{kind: onForgetAll, instr: i})
		return
	}
	for _, arg := range common.Args {
		pl.addLeak(i, arg)
	}
}

// passesLoopBody records the effects of a range-over-func body on the locks of
// the function around it: it runs any number of times.
func (pl *plan) passesLoopBody(i ssa.CallInstruction) bool {
	found := false
	for _, arg := range i.Common().Args {
		mc, ok := arg.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		body := pl.ix.p.FuncOf(mc.Fn.(*ssa.Function))
		if body == nil || !body.IsLoopBody() {
			continue
		}
		found = true
		e := event{kind: onCall, instr: i, pos: i.Pos(), by: body}
		for _, eff := range pl.ix.SummaryOf(body).Effects {
			eff.Out |= entryOnly
			eff.First, eff.Always = false, false
			id := lockID{place: eff.Place, class: eff.Class, name: eff.Name, weak: eff.weak, loose: eff.Loose}
			e.effects = append(e.effects, placed{pl.number(id), eff.Class, eff})
		}
		pl.add(e)
	}
	return found
}

// unlockish matches names of functions that may unlock something.
var unlockish = pattern.New(`(?i)(unlock|release)`)

// mayUnlock reports whether a call of an unknown function may unlock a lock of
// ours: its name says so, or it is one of several closures.
func mayUnlock(common *ssa.CallCommon) bool {
	if common.IsInvoke() {
		return unlockish.MatchString(common.Method.Name())
	}
	if fn := common.StaticCallee(); fn != nil {
		obj, _ := fn.Object().(*types.Func)
		return unlockish.MatchString(fn.Name()) && symbol.Of(obj).Pkg != "sync"
	}
	switch v := stripLoad(common.Value).(type) {
	case *ssa.FieldAddr:
		f := fieldVar(v)
		return f != nil && unlockish.MatchString(f.Name())
	case *ssa.Parameter:
		return unlockish.MatchString(v.Name())
	case *ssa.Phi:
		return true
	case *ssa.Alloc, *ssa.FreeVar:
		param := capturedParam(v)
		return param == nil || unlockish.MatchString(param.Name())
	}
	return false
}

// capturedParam returns the parameter that a variable shared with a literal
// holds, or nil if it holds anything else: it is called like any parameter.
func capturedParam(v ssa.Value) *ssa.Parameter {
	for range maxPath {
		fv, ok := v.(*ssa.FreeVar)
		if !ok {
			break
		}
		v = binding(fv)
	}
	a, ok := v.(*ssa.Alloc)
	if !ok {
		return nil
	}
	param, _ := onlyStore(a).(*ssa.Parameter)
	return param
}

// stripLoad returns the address a value is read from, or the value itself.
func stripLoad(v ssa.Value) ssa.Value {
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		return u.X
	}
	return v
}

// addLeak forgets a lock whose address is handed to a function out of view.
func (pl *plan) addLeak(i ssa.CallInstruction, arg ssa.Value) {
	v := arg
	if mi, ok := v.(*ssa.MakeInterface); ok {
		v = mi.X
	}
	if !isLockPtr(v.Type()) || isSyncCall(i.Common()) {
		return
	}
	if id := pl.identify(v); !id.place.IsZero() {
		id.class, id.name = pl.ix.p.ClassOf(v), id.place.String()
		pl.add(event{kind: onForget, instr: i, lock: pl.number(id)})
	}
}

// isSyncCall reports whether the callee belongs to package sync, which does not
// unlock behind anybody's back.
func isSyncCall(common *ssa.CallCommon) bool {
	fn := common.StaticCallee()
	return fn != nil && fn.Object() != nil && fn.Object().Pkg() != nil && fn.Object().Pkg().Path() == "sync"
}

// isLockPtr reports whether t points to a mutex.
func isLockPtr(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "sync" {
		return false
	}
	return named.Obj().Name() == "Mutex" || named.Obj().Name() == "RWMutex"
}

// addReturnedFunc follows "unlock := s.lock(); …; unlock()" to the function
// that the call returned. It reports whether the call is dealt with.
func (pl *plan) addReturnedFunc(i ssa.CallInstruction) bool {
	call, k := returningCall(i.Common().Value)
	if call == nil {
		return false
	}
	maker := pl.ix.p.FuncOf(call.Common().StaticCallee())
	if maker == nil {
		return pl.addLentFunc(i, call)
	}
	effects, ok := pl.ix.effectsOfResult(maker, k)
	if !ok {
		pl.add(event{kind: onForgetAll, instr: i})
		return true
	}
	_, deferred := i.(*ssa.Defer)
	e := event{kind: onCall, instr: i, pos: i.Pos(), deferred: deferred}
	tr := translation{callee: maker.SSA, args: call.Common().Args}
	for _, eff := range effects {
		if id, ok := pl.place(tr, eff); ok {
			e.effects = append(e.effects, placed{pl.number(id), eff.Class, eff})
		} else {
			pl.add(event{kind: onForgetAll, instr: i})
			return true
		}
	}
	pl.add(e)
	return true
}

// returningCall returns the call whose k-th result v is.
func returningCall(v ssa.Value) (call *ssa.Call, k int) {
	if a, ok := stripLoad(v).(*ssa.Alloc); ok {
		if v = onlyStore(a); v == nil {
			return nil, 0
		}
	}
	switch x := v.(type) {
	case *ssa.Call:
		return x, 0
	case *ssa.Extract:
		call, _ = x.Tuple.(*ssa.Call)
		return call, x.Index
	}
	return nil, 0
}

// onlyStore returns what is stored to a variable that is assigned once.
func onlyStore(a *ssa.Alloc) (val ssa.Value) {
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == a {
			if val != nil {
				return nil
			}
			val = st.Val
		}
	}
	return val
}
