package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// This file finds literals that may unlock something when nobody can tell: those
// that are more than called by the function around them.

// addHandover forgets the locks that a literal may unlock if it runs who knows
// when: in a goroutine, or wherever its value ends up.
func (pl *plan) addHandover(mc *ssa.MakeClosure) {
	lit := pl.ix.p.FuncOf(mc.Fn.(*ssa.Function))
	if lit == nil || lit.IsLoopBody() || isOnlyReturned(mc) || len(lit.Started) == 0 && len(lit.Callers) > 0 && (!lit.EscapesAsValue() || isOnlyCalled(mc)) {
		return
	}
	for _, eff := range pl.ix.SummaryOf(lit).Effects {
		if eff.Out.MayBeReleased() {
			id := lockID{place: eff.Place, class: eff.Class, name: eff.Name, weak: eff.weak, loose: eff.Loose, via: eff.via}
			pl.add(event{kind: onForget, instr: mc, lock: pl.number(id)})
		}
	}
}

// isOnlyCalled reports whether a literal is given to a variable, and nothing is
// done with that but to call it, here or in other literals.
func isOnlyCalled(mc *ssa.MakeClosure) bool {
	for _, ref := range *mc.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok {
			return false
		}
		if a, ok := st.Addr.(*ssa.Alloc); !ok || !areCalls(a, 0) {
			return false
		}
	}
	return true
}

// areCalls reports whether a variable is only assigned, and called in the
// goroutine of the function that does so.
func areCalls(addr ssa.Value, depth int) bool {
	for _, ref := range *addr.Referrers() {
		switch i := ref.(type) {
		case *ssa.Store, *ssa.DebugRef:
		case *ssa.UnOp:
			if !isOnlyCallee(i) {
				return false
			}
		case *ssa.MakeClosure:
			k := slices.Index(i.Bindings, addr)
			if depth > maxNested || !areCalls(i.Fn.(*ssa.Function).FreeVars[k], depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// maxNested bounds the literals inside literals that share a variable.
const maxNested = 4

// isOnlyCallee reports whether a function value is called, or deferred, and
// nothing else.
func isOnlyCallee(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		i, ok := ref.(ssa.CallInstruction)
		if _, isGo := ref.(*ssa.Go); !ok || isGo || i.Common().Value != v || slices.Contains(i.Common().Args, v) {
			return false
		}
	}
	return true
}

// isOnlyReturned reports whether a literal goes nowhere but to the caller, who
// knows when it runs.
func isOnlyReturned(mc *ssa.MakeClosure) bool {
	for _, ref := range *mc.Referrers() {
		switch ref.(type) {
		case *ssa.Return, *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}
