package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
)

// This file takes in what facts say of functions of other packages: what they
// always do to the locks of their receivers and arguments, which they take under
// which, and under which they call a function that they are handed.

// Foreign is a call of a function of another package that does something to locks.
type Foreign struct {
	Instr    ssa.CallInstruction
	Pos      token.Pos
	Callee   *types.Func
	Deferred bool
	Locks    []ForeignLock
	Orders   []ForeignOrder
}

// ForeignLock is one lock that such a call takes or gives back.
type ForeignLock struct {
	Place  model.Place // in the caller's words
	Name   string
	Effect Effect
	Lent   bool // the call returns how to give it back, and nothing else
}

// ForeignOrder says that such a call takes one lock while it holds another.
type ForeignOrder struct{ First, Second ForeignLock }

// ForeignCalls returns the calls of f to functions of other packages that do
// something to locks, in source order.
func (ix *Index) ForeignCalls(f *model.Func) []Foreign { return ix.planOf(f).foreign }

// deeds is the net effect of each deed.
var deeds = map[facts.LockDeed]Atoms{
	facts.LockTaken: atom(free, nothing),
	facts.LockKept:  atom(lockedW, nothing),
	facts.LockGiven: atom(released, nothing),
	facts.LockLent:  atom(lockedW, nothing),
}

// foreignCallee returns the function of another package that a call runs, or nil.
func (ix *Index) foreignCallee(common *ssa.CallCommon) *types.Func {
	fn := common.StaticCallee()
	if fn == nil {
		return nil
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil || obj.Pkg() == nil || obj.Pkg() == ix.p.Pass.Pkg {
		return nil
	}
	return obj
}

// addForeign records what a function of another package does to locks; ok is false
// if nothing is known of it.
func (pl *plan) addForeign(i ssa.CallInstruction) (ok bool) {
	common := i.Common()
	obj := pl.ix.foreignCallee(common)
	if obj == nil {
		return false
	}
	sum := pl.ix.p.Facts.Of(obj)
	_, deferred := i.(*ssa.Defer)
	call := Foreign{Instr: i, Pos: pl.ix.posOf(i), Callee: obj, Deferred: deferred}
	e := event{kind: onCall, instr: i, pos: call.Pos, deferred: deferred}
	for _, use := range sum.Locks {
		l, id, ok := pl.foreignLock(obj, common, use.LockRef)
		if !ok || !isMet(obj, common, use) {
			continue
		}
		l.Effect.Out, l.Effect.First, l.Effect.Always = deeds[use.Deed], use.Deed != facts.LockGiven, use.Deed != facts.LockGiven
		if use.Read && (use.Deed == facts.LockKept || use.Deed == facts.LockLent) {
			l.Effect.Out = atom(lockedR, nothing)
		}
		l.Lent = use.Deed == facts.LockLent
		e.effects = append(e.effects, placed{pl.number(id), l.Effect.Class, l.Effect})
		call.Locks = append(call.Locks, l)
	}
	for _, pair := range sum.Orders {
		first, _, ok := pl.foreignLock(obj, common, pair.First)
		second, _, both := pl.foreignLock(obj, common, pair.Second)
		if ok && both {
			call.Orders = append(call.Orders, ForeignOrder{first, second})
		}
	}
	if len(call.Locks) == 0 && len(call.Orders) == 0 {
		return false
	}
	pl.foreign = append(pl.foreign, call)
	pl.add(e)
	return len(call.Locks) > 0
}

// foreignLock says what a lock of a callee is called by the caller; ok is false if
// it has no name here.
func (pl *plan) foreignLock(obj *types.Func, common *ssa.CallCommon, ref facts.LockRef) (l ForeignLock, id lockID, ok bool) {
	if ref.Pkg != "" {
		l, id = pl.globalAbroad(obj, ref)
		return l, id, true
	}
	k := ref.Of - 1
	if obj.Signature().Recv() != nil {
		k++
	}
	args := argsOf(obj, common)
	if k < 0 || k >= len(args) {
		return l, id, false
	}
	arg := lockOf(args[k])
	if id = pl.identify(arg); id.place.IsZero() {
		return l, id, false
	}
	if ref.Path == "" {
		id.class = pl.ix.p.ClassOf(arg)
	} else {
		id.class = fieldAt(arg.Type(), ref.Path)
		id.place.Fields += "." + ref.Path
	}
	if id.class == nil {
		return l, id, false
	}
	id.name = id.place.String()
	return ForeignLock{Place: id.place, Name: id.name, Effect: Effect{Class: id.class, Read: ref.Read, Loose: id.loose}}, id, true
}

// addLentFunc follows a call of the function that one of another package returned
// to give its lock back. It reports whether the call is dealt with.
func (pl *plan) addLentFunc(i ssa.CallInstruction, maker *ssa.Call) bool {
	obj := pl.ix.foreignCallee(maker.Common())
	if obj == nil {
		return false
	}
	_, deferred := i.(*ssa.Defer)
	e := event{kind: onCall, instr: i, pos: i.Pos(), deferred: deferred}
	for _, use := range pl.ix.p.Facts.Of(obj).Locks {
		l, id, ok := pl.foreignLock(obj, maker.Common(), use.LockRef)
		if !ok || use.Deed != facts.LockLent {
			continue
		}
		l.Effect.Out = deeds[facts.LockGiven]
		e.effects = append(e.effects, placed{pl.number(id), l.Effect.Class, l.Effect})
	}
	if len(e.effects) > 0 {
		pl.add(e)
	}
	return len(e.effects) > 0
}

// Releasers returns the functions of the package that unlock locks of a class,
// themselves or by a method of another package, in source order.
func (ix *Index) Releasers(class types.Object) []*model.Func {
	if ix.releasers == nil {
		ix.releasers = make(map[types.Object][]*model.Func)
		for _, f := range ix.p.Funcs {
			ix.readReleases(f)
		}
	}
	return ix.releasers[class]
}

// readReleases files f under the classes that it unlocks.
func (ix *Index) readReleases(f *model.Func) {
	seen := make(map[types.Object]bool)
	note := func(class types.Object) {
		if class != nil && !seen[class] {
			seen[class] = true
			ix.releasers[class] = append(ix.releasers[class], f)
		}
	}
	for _, o := range f.Ops {
		if o.Action == model.Unlock || o.Action == model.RUnlock {
			note(o.Class)
		}
	}
	for _, call := range ix.ForeignCalls(f) {
		for _, l := range call.Locks {
			if l.Effect.Out.MayBeReleased() {
				note(l.Effect.Class)
			}
		}
	}
}
