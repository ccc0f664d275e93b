package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
)

// This file follows a literal into the function of this package that it is
// handed to: "s.with(func() { … })", a range over an iterator of the package. If
// that function does nothing but call it, the literal is entered with what is
// held at all those calls (must).

// runner is a function that calls a function parameter in its own goroutine.
type runner struct {
	f     *model.Func           // nil if it belongs to another package
	calls []ssa.CallInstruction // of the parameter
	names *ssa.Function         // whose parameters the places in f start at
	args  []ssa.Value           // what the caller gives for them

	callee *types.Func     // of another package
	under  []facts.LockRef // what that holds at all calls
}

// runner returns what runs the literal that call i is given, or nil if that is
// not in view or does anything else with it.
func (ix *Index) runner(i ssa.CallInstruction, lit *model.Func) *runner {
	r := ix.target(i.Common())
	if r == nil {
		return nil
	}
	given := slices.IndexFunc(i.Common().Args, func(v ssa.Value) bool { return isOnlyUse(v, lit) })
	k := given + len(r.f.SSA.Params) - len(i.Common().Args)
	if given < 0 || k < 0 || k >= len(r.f.SSA.Params) {
		return nil
	}
	if r.calls = onlyCalls(r.f.SSA.Params[k]); r.calls == nil {
		return nil
	}
	return r
}

// foreignRunner is runner for a function of another package.
func (ix *Index) foreignRunner(i ssa.CallInstruction, lit *model.Func) *runner {
	common := i.Common()
	obj := ix.foreignCallee(common)
	if obj == nil {
		return nil
	}
	args, shift := argsOf(obj, common), 0
	if obj.Signature().Recv() != nil {
		shift = 1
	}
	for _, use := range ix.p.Facts.Of(obj).Runs {
		if k := use.Param + shift; k < len(args) && isOnlyUse(args[k], lit) {
			return &runner{callee: obj, args: args, under: use.Under}
		}
	}
	return nil
}

// heldAbroad returns the locks that a runner of another package holds, in the
// words of the function around f.
func (ix *Index) heldAbroad(r *runner, i ssa.CallInstruction, f *model.Func) (out []Held) {
	pl := ix.planOf(f.Parent)
	for _, ref := range r.under {
		l, id, ok := pl.foreignLock(r.callee, i.Common(), ref)
		if !ok || id.weak || id.loose {
			continue
		}
		h := Held{Place: l.Place, Class: l.Effect.Class, Name: l.Name, Pos: ix.posOf(i)}
		if ref.Read {
			h.Mode = Read
		}
		out = append(out, h)
	}
	return out
}

// isOnlyUse reports whether v is the literal, made for one use.
func isOnlyUse(v ssa.Value, lit *model.Func) bool {
	if mc, ok := v.(*ssa.MakeClosure); ok {
		return mc.Fn == lit.SSA && len(*mc.Referrers()) == 1
	}
	return v == lit.SSA && (lit.SSA.Referrers() == nil || len(*lit.SSA.Referrers()) == 1)
}

// target returns the function of this package that a call runs: directly, as a
// method value, or as the literal that a function of this package returns.
func (ix *Index) target(common *ssa.CallCommon) *runner {
	if common.IsInvoke() {
		return nil
	}
	if f := ix.p.FuncOf(common.StaticCallee()); f != nil && f.Parent == nil {
		return &runner{f: f, names: f.SSA, args: common.Args}
	}
	switch v := common.Value.(type) {
	case *ssa.MakeClosure:
		obj, _ := v.Fn.(*ssa.Function).Object().(*types.Func)
		if obj == nil || len(v.Bindings) != 1 {
			return nil
		}
		for _, f := range ix.p.Funcs {
			if f.Obj == obj.Origin() {
				return &runner{f: f, names: f.SSA, args: append(v.Bindings[:1:1], common.Args...)}
			}
		}
	case *ssa.Call:
		maker := ix.p.FuncOf(v.Common().StaticCallee())
		if maker == nil {
			return nil
		}
		if mc, ok := onlyResult(maker).(*ssa.MakeClosure); ok {
			if f := ix.p.FuncOf(mc.Fn.(*ssa.Function)); f != nil && f.Parent == maker {
				return &runner{f: f, names: maker.SSA, args: v.Common().Args}
			}
		}
	}
	return nil
}

// onlyResult returns the one value that f returns as its first result, or nil.
func onlyResult(f *model.Func) (only ssa.Value) {
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == f.SSA.Recover {
			continue
		}
		if len(ret.Results) == 0 || only != nil && only != ret.Results[0] {
			return nil
		}
		only = ret.Results[0]
	}
	if ct, ok := only.(*ssa.ChangeType); ok {
		only = ct.X
	}
	return only
}

// onlyCalls returns the calls of a function parameter, or nil if anything else is
// done with it but a comparison.
func onlyCalls(param *ssa.Parameter) (calls []ssa.CallInstruction) {
	for _, ref := range *param.Referrers() {
		switch i := ref.(type) {
		case *ssa.Call, *ssa.Defer:
			call := i.(ssa.CallInstruction)
			if call.Common().Value != param || slices.Contains(call.Common().Args, ssa.Value(param)) {
				return nil
			}
			calls = append(calls, call)
		case *ssa.BinOp, *ssa.DebugRef:
		default:
			return nil
		}
	}
	return calls
}

// heldBy returns the locks that a runner holds whenever it calls what f hands to it,
// in the words of f.
func (ix *Index) heldBy(r *runner, f *model.Func) []Held {
	held := ix.HeldAt(r.f, r.calls[0])
	for _, call := range r.calls[1:] {
		also := ix.HeldAt(r.f, call)
		held = slices.DeleteFunc(held, func(h Held) bool {
			return !slices.ContainsFunc(also, func(x Held) bool { return x.Place == h.Place && x.Mode == h.Mode })
		})
	}
	var out []Held
	pl := ix.planOf(f)
	for _, h := range held {
		if x, ok := pl.renamed(r, h); ok {
			out = append(out, x)
		}
	}
	return out
}

// renamed says what a lock that a runner holds is called where it is handed the
// literal.
func (pl *plan) renamed(r *runner, h Held) (Held, bool) {
	h.Value = nil
	param, ok := h.Place.Root.(*ssa.Parameter)
	if !ok || param.Parent() != r.names {
		return h, isVariable(h.Place.Root)
	}
	k := slices.Index(r.names.Params, param)
	if k < 0 || k >= len(r.args) {
		return h, false
	}
	arg := pl.identify(r.args[k])
	if arg.place.IsZero() || arg.weak || arg.loose {
		return h, false
	}
	if h.Place.Fields == "" {
		h.Class = pl.ix.p.ClassOf(lockOf(r.args[k]))
	}
	h.Place = model.Place{Root: arg.place.Root, Fields: arg.place.Fields + h.Place.Fields}
	h.Name = h.Place.String()
	return h, true
}

// isVariable reports whether a place starts at a package's variable.
func isVariable(root any) bool {
	switch root.(type) {
	case *ssa.Global, *types.Var:
		return true
	}
	return false
}

// lockOf returns the pointer in a sync.Locker.
func lockOf(v ssa.Value) ssa.Value {
	if mi, ok := v.(*ssa.MakeInterface); ok {
		return mi.X
	}
	return v
}

// keptBy returns the locks of a caller that a runner does not release before it
// calls the literal.
func (ix *Index) keptBy(r *runner, held []Held) []Held {
	return slices.DeleteFunc(held, func(h Held) bool {
		return slices.ContainsFunc(r.calls, func(i ssa.CallInstruction) bool { return !ix.IsKept(&model.Call{To: r.f}, h, i) })
	})
}
