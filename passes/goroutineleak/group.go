package goroutineleak

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A group that a function makes for itself should be waited for on each path
// that returns behind a spawn (must: only groups whose every use is in view).
// Groups that are stored, returned, passed on or kept in a struct are somebody
// else's to wait for.

// localGroup is a group in a variable of one function.
type localGroup struct {
	f      *model.Func
	name   string
	value  ssa.Value // the address of the variable, or the pointer a call returned
	class  *model.Group
	spawns []*model.Spawn
}

// judgeGroups reports local groups that are left without a Wait.
func (j *judge) judgeGroups() {
	for _, g := range j.Groups {
		if g.In || g.Out {
			continue
		}
		if l := j.localGroup(g); l != nil {
			j.judgeLocal(l)
		}
	}
}

// localGroup describes g if one function keeps it in a variable of its own and
// hands it to nobody.
func (j *judge) localGroup(g *model.Group) *localGroup {
	l := &localGroup{class: g}
	for _, s := range j.Spawns {
		if j.isOn(s, g) {
			l.spawns = append(l.spawns, s)
		}
	}
	if len(l.spawns) == 0 || !l.findRoot(j) || !j.isKept(l.value, 0) {
		return nil
	}
	return l
}

// isOn reports whether a goroutine belongs to a group: started by it, or
// started beside an Add and calling Done.
func (j *judge) isOn(s *model.Spawn, g *model.Group) bool {
	if s.Group != nil {
		return j.groups[s.Group] == g
	}
	if s.Kind != model.GoStmt || s.Body == nil || len(g.Dones) == 0 {
		return false
	}
	for _, sig := range j.taskOf(s.Body).signals {
		if sig.group == g && !(sig.in == s.Body && isStartSignal(sig)) {
			return true
		}
	}
	return false
}

// isStartSignal reports whether a Done tells that the goroutine has started:
// its work comes behind.
func isStartSignal(sig signal) bool {
	if sig.last {
		return false
	}
	found := false
	instrs(sig.in, func(i ssa.Instruction) {
		call, ok := i.(ssa.CallInstruction)
		if !ok || i == sig.at || !sig.in.MayFollow(sig.at, i) || sig.in.MayFollow(i, sig.at) {
			return
		}
		_, deferred := i.(*ssa.Defer)
		name := calledName(call.Common())
		_, isBuiltin := call.Common().Value.(*ssa.Builtin)
		found = found || !isBuiltin && !deferred && name.Pkg != "sync"
	})
	return found
}

// findRoot finds the one variable that holds the group.
func (l *localGroup) findRoot(j *judge) bool {
	for _, o := range append(append([]*model.Op(nil), l.class.Gos...), l.class.Adds...) {
		place := j.givenPlace(o.Place)
		v, ok := place.Root.(ssa.Value)
		if !ok || place.Fields != "" || l.value != nil && l.value != v {
			return false
		}
		l.value = v
	}
	i, ok := l.value.(ssa.Instruction)
	if !ok {
		return false
	}
	l.f = j.FuncOf(i.Parent())
	l.name = l.nameIn(l.f)
	return l.f != nil && i.Parent() == l.f.SSA
}

// nameIn returns what f, or any function of the group, calls the group.
func (l *localGroup) nameIn(f *model.Func) (name string) {
	for _, ops := range [][]*model.Op{l.class.Gos, l.class.Adds, l.class.Waits} {
		for _, o := range ops {
			if name == "" || o.Func == f {
				name = groupName(o)
			}
		}
	}
	return name
}

// givenPlace returns the place that a parameter stands for in its only caller,
// and other places as they are.
func (j *judge) givenPlace(place model.Place) model.Place {
	param, ok := place.Root.(*ssa.Parameter)
	if !ok || place.Fields != "" {
		return place
	}
	f := j.FuncOf(param.Parent())
	if f == nil || f.IsExported() || f.EscapesAsValue() || len(f.Callers) != 1 || len(f.Started) > 0 {
		return place
	}
	n, args := slices.Index(param.Parent().Params, param), f.Callers[0].Instr.Common().Args
	if n < 0 || n >= len(args) {
		return place
	}
	return j.PlaceOf(args[n])
}

// groupName returns what a message calls a group.
func groupName(o *model.Op) string {
	if _, ok := o.Expr().(*ast.Ident); ok {
		return o.Name()
	}
	return "the group"
}

// isKept reports whether a group's value stays in the function and its
// literals: it is only called, captured, or kept in a local variable.
func (j *judge) isKept(v ssa.Value, depth int) bool {
	return everyUse(v, depth, j.isKeptBy)
}

// everyUse reports whether all uses of v are allowed. It gives up on values
// whose uses are unknown, and behind too many steps.
func everyUse(v ssa.Value, depth int, allowed func(ref ssa.Instruction, v ssa.Value, depth int) bool) bool {
	if v.Referrers() == nil || depth > maxCallers {
		return false
	}
	for _, ref := range *v.Referrers() {
		if !allowed(ref, v, depth) {
			return false
		}
	}
	return true
}

// isKeptBy reports whether one use of a group keeps it in view.
func (j *judge) isKeptBy(ref ssa.Instruction, v ssa.Value, depth int) bool {
	switch i := ref.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.Store:
		if i.Addr == v {
			return true
		}
		a, ok := i.Addr.(*ssa.Alloc)
		return ok && j.isKept(a, depth+1)
	case *ssa.UnOp:
		return i.Op == token.MUL && j.isKept(i, depth+1)
	case *ssa.MakeClosure:
		return j.isKeptByClosure(i, v, depth)
	case ssa.CallInstruction:
		return isMethodOn(i.Common(), v) || j.isKeptByCallee(i.Common(), v, depth)
	}
	return false
}

// isKeptByClosure follows a group into a literal that captures it.
func (j *judge) isKeptByClosure(mc *ssa.MakeClosure, v ssa.Value, depth int) bool {
	fn := mc.Fn.(*ssa.Function)
	if fn.Synthetic != "" {
		return false // a method value: g.Wait, g.Go
	}
	for n, b := range mc.Bindings {
		if b == v && !j.isKept(fn.FreeVars[n], depth+1) {
			return false
		}
	}
	return true
}

// isMethodOn reports whether v is only the receiver of a call.
func isMethodOn(common *ssa.CallCommon, v ssa.Value) bool {
	if common.IsInvoke() || common.Signature().Recv() == nil || len(common.Args) == 0 || common.Args[0] != v {
		return false
	}
	for _, arg := range common.Args[1:] {
		if arg == v {
			return false
		}
	}
	return true
}

// isKeptByCallee follows a group into a function of this package.
func (j *judge) isKeptByCallee(common *ssa.CallCommon, v ssa.Value, depth int) bool {
	to := j.FuncOf(common.StaticCallee())
	if to == nil || common.Value == v {
		return false
	}
	for n, arg := range common.Args {
		if arg == v && (n >= len(to.SSA.Params) || !j.isKept(to.SSA.Params[n], depth+1)) {
			return false
		}
	}
	return true
}

// isJoinedOtherwise reports whether somebody learns of the end of all the
// group's goroutines by other means than the group.
func (j *judge) isJoinedOtherwise(l *localGroup) bool {
	for _, s := range l.spawns {
		t := j.taskOf(s.Body)
		heard := func(sig signal) bool { return sig.group == nil && sig.isHeard(t) }
		if !slices.ContainsFunc(t.signals, heard) {
			return false
		}
	}
	return true
}
