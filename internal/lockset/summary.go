package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// Effect is what calling a function does to one lock.
type Effect struct {
	Place  model.Place // in terms of the function's parameters, globals, or the variables around a literal
	Class  types.Object
	Name   string
	Out    Atoms     // what may be true when it returns
	First  bool      // on every path to a return that does not give up before, the first thing done to the lock is to take it
	Always bool      // … on every path to any return
	Read   bool      // … for reading, on some path
	Pos    token.Pos // where it is taken first
	Loose  bool      // the place may mean different locks at different times

	weak bool
	via  []*types.Var
}

// Leaves reports whether the callee takes the lock first thing and returns with
// it, always.
func (e Effect) Leaves() bool { return e.First && e.Out.IsHeldHere() }

// Retakes reports whether the callee gives back a lock that its caller holds and
// takes it again before it returns, always.
func (e Effect) Retakes() bool { return e.Out.every(relockedW, relockedR) }

// Reads reports whether the callee takes the lock for reading only.
func (e Effect) Reads() bool {
	if e.Retakes() {
		return e.Out.IsReadHeld()
	}
	return e.Read
}

// LetsGo reports whether the callee may unlock the lock for a while though its
// caller holds it.
func (e Effect) LetsGo() bool { return e.Out.some(released, relockedW, relockedR) }

// Summary is the net effect of calling a function.
type Summary struct{ Effects []Effect }

// SummaryOf returns f's net effect. A function that calls itself counts as
// having none in the inner call.
func (ix *Index) SummaryOf(f *model.Func) *Summary {
	if s := ix.summaries[f]; s != nil {
		return s
	}
	s := &Summary{}
	ix.summaries[f] = s
	if pl := ix.planOf(f); len(pl.locks) > 0 {
		sol := pl.solve(nil)
		s.Effects = sol.effects()
	}
	return s
}

// effects joins what the returns say of each lock that callers can name.
func (sol *Solution) effects() []Effect {
	var out []Effect
	for n, id := range sol.pl.locks {
		if !isNameable(id.place.Root, sol.pl.f.SSA) {
			continue
		}
		eff := Effect{Place: id.place, Class: id.class, Name: id.name, Loose: id.loose, weak: id.weak, via: id.via}
		sol.join(n, &eff)
		if eff.Out != 0 && eff.Out != entryOnly {
			out = append(out, eff)
		}
	}
	return out
}

// join adds to an effect what each return says of lock n. A return that gives up
// with an error before the lock is touched says nothing of what happens first: it
// is not what the caller calls for.
func (sol *Solution) join(n int, eff *Effect) {
	seen := false
	eff.Always = true
	sol.Returns(func(ret *ssa.Return, st []Fact) {
		v := st[n]
		eff.Out |= v.Atoms
		eff.Always = eff.Always && v.Always
		if v.Atoms == entryOnly && !v.First && fails(ret) {
			return
		}
		if !seen {
			eff.First, eff.Pos = v.First, v.FirstPos
		}
		seen = true
		eff.First = eff.First && v.First
		eff.Read = eff.Read || v.FirstRead
	})
}

// isNameable reports whether a root means something to callers of fn.
func isNameable(root any, fn *ssa.Function) bool {
	switch r := root.(type) {
	case *ssa.Parameter:
		return r.Parent() != fn || isPointerLike(r.Type())
	case *ssa.Global, *types.Var:
		return true
	case ssa.Value:
		return r.Parent() != nil && r.Parent() != fn
	}
	return false
}

// translation maps a callee's parameters to the arguments of one call.
type translation struct {
	callee *ssa.Function
	args   []ssa.Value
	value  *model.FuncValue // of a call of a function value
	owner  ssa.Value        // whose field keeps it
}

// translation prepares the arguments of a call for place.
func (pl *plan) translation(c *model.Call) translation {
	return translation{c.To.SSA, c.Args(), c.Value, c.Owner}
}

// place returns the caller's name for the lock of a callee's effect.
func (pl *plan) place(tr translation, eff Effect) (id lockID, ok bool) {
	id = lockID{place: eff.Place, class: eff.Class, name: eff.Name, weak: eff.weak, loose: eff.Loose, via: eff.via}
	param, isParam := eff.Place.Root.(*ssa.Parameter)
	isOwn := isParam && param.Parent() == tr.callee
	if tr.value != nil && (!isOwn || tr.value.Bound != nil && param == tr.callee.Params[0]) {
		return pl.placeAround(tr, id)
	}
	if !isOwn {
		return id, true // a global, or a variable around a literal
	}
	for k, p := range tr.callee.Params {
		if p != param || k >= len(tr.args) {
			continue
		}
		arg := pl.identify(tr.args[k])
		if arg.place.IsZero() {
			return id, false
		}
		fields, ok := below(arg.place.Fields, eff.Place.Fields)
		if !ok {
			return id, false
		}
		id.place = model.Place{Root: arg.place.Root, Fields: fields}
		id.weak, id.loose, id.via = id.weak || arg.weak, id.loose || arg.loose, append(arg.via[:len(arg.via):len(arg.via)], id.via...)
		id.name = rename(eff.Name, param.Name(), id.place)
		if IsAbove(eff.Place) && !IsAbove(id.place) {
			id.name = id.place.String()
		}
		return id, true
	}
	return id, false
}

// rename spells a callee's lock in the caller's words where that is shorter
// than the callee's own.
func rename(name, param string, place model.Place) string {
	switch place.Root.(type) {
	case *ssa.Parameter, *ssa.Alloc, *ssa.Global:
	default:
		return name
	}
	if len(name) > len(param) && name[:len(param)] == param && name[len(param)] == '.' {
		return place.String()
	}
	return name
}

// effectsOfResult returns what calling the k-th result of maker does to locks;
// ok is false if that result is not one known function.
func (ix *Index) effectsOfResult(maker *model.Func, k int) (effects []Effect, ok bool) {
	var fn ssa.Value
	for _, b := range maker.SSA.Blocks {
		ret, isReturn := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !isReturn || b == maker.SSA.Recover || k >= len(ret.Results) {
			continue
		}
		if c, isConst := ret.Results[k].(*ssa.Const); isConst && c.IsNil() {
			continue
		}
		if fn != nil && fn != ret.Results[k] {
			return nil, false
		}
		fn = ret.Results[k]
	}
	mc, isClosure := fn.(*ssa.MakeClosure)
	if ct, isChange := fn.(*ssa.ChangeType); isChange {
		mc, isClosure = ct.X.(*ssa.MakeClosure)
	}
	if !isClosure {
		return nil, false
	}
	if lit := ix.p.FuncOf(mc.Fn.(*ssa.Function)); lit != nil {
		return ix.SummaryOf(lit).Effects, true
	}
	return ix.effectsOfMethodValue(maker, mc)
}

// effectsOfMethodValue returns what calling "mu.Unlock" does.
func (ix *Index) effectsOfMethodValue(maker *model.Func, mc *ssa.MakeClosure) (effects []Effect, ok bool) {
	obj, _ := mc.Fn.(*ssa.Function).Object().(*types.Func)
	if obj == nil || len(mc.Bindings) != 1 {
		return nil, false
	}
	recv := mc.Bindings[0]
	if obj.Pkg() == nil || obj.Pkg().Path() != "sync" || obj.Name() != "Unlock" && obj.Name() != "RUnlock" {
		return nil, false
	}
	id := ix.planOf(maker).identify(recv)
	if id.place.IsZero() {
		return nil, false
	}
	eff := Effect{Place: id.place, Class: ix.p.ClassOf(recv), Name: id.place.String(), Out: entryOnly.do(doUnlock), Loose: id.loose, weak: id.weak, via: id.via}
	return []Effect{eff}, true
}
