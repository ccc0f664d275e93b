package lockset

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
)

// This file takes in what facts say of methods of other packages: what they
// always do to the locks of their receivers.

// Foreign is a call of a method of another package that does something to locks.
type Foreign struct {
	Instr    ssa.CallInstruction
	Pos      token.Pos
	Callee   *types.Func
	Deferred bool
	Locks    []ForeignLock
}

// ForeignLock is one lock that such a call takes or gives back.
type ForeignLock struct {
	Place  model.Place // in the caller's words
	Name   string
	Effect Effect
}

// ForeignCalls returns the calls of f to methods of other packages that do
// something to locks, in source order.
func (ix *Index) ForeignCalls(f *model.Func) []Foreign { return ix.planOf(f).foreign }

// deeds is the net effect of each deed.
var deeds = map[facts.LockDeed]Atoms{
	facts.LockTaken: atom(free, nothing),
	facts.LockKept:  atom(lockedW, nothing),
	facts.LockGiven: atom(released, nothing),
}

// addForeign records what a method of another package does to locks; ok is false
// if nothing is known of it.
func (pl *plan) addForeign(i ssa.CallInstruction) (ok bool) {
	common := i.Common()
	fn := common.StaticCallee()
	if fn == nil || len(common.Args) == 0 {
		return false
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil || obj.Pkg() == nil || obj.Pkg() == pl.ix.p.Pass.Pkg || obj.Signature().Recv() == nil {
		return false
	}
	uses := pl.ix.p.Facts.Of(obj).Locks
	recv := pl.identify(common.Args[0])
	if len(uses) == 0 || recv.place.IsZero() {
		return false
	}
	_, deferred := i.(*ssa.Defer)
	call := Foreign{Instr: i, Pos: pl.ix.p.CallPos(i), Callee: obj, Deferred: deferred}
	e := event{kind: onCall, instr: i, pos: call.Pos, deferred: deferred}
	for _, use := range uses {
		eff := Effect{Class: fieldAt(common.Args[0].Type(), use.Path), Out: deeds[use.Deed], First: use.Deed != facts.LockGiven, Always: use.Deed != facts.LockGiven, Read: use.Read, Loose: recv.loose}
		if use.Read && use.Deed == facts.LockKept {
			eff.Out = atom(lockedR, nothing)
		}
		if eff.Class == nil {
			continue
		}
		id := recv
		id.place = model.Place{Root: recv.place.Root, Fields: recv.place.Fields + "." + use.Path}
		id.class, id.name = eff.Class, id.place.String()
		e.effects = append(e.effects, placed{pl.number(id), eff.Class, eff})
		call.Locks = append(call.Locks, ForeignLock{id.place, id.name, eff})
	}
	pl.foreign = append(pl.foreign, call)
	pl.add(e)
	return true
}

// fieldAt returns the field at the end of a path from a struct or a pointer to
// one, its generic origin; nil if there is no such field.
func fieldAt(t types.Type, path string) types.Object {
	var field *types.Var
	for name := range strings.SplitSeq(path, ".") {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		if field = fieldNamed(st, name); field == nil {
			return nil
		}
		t = field.Type()
	}
	return field.Origin()
}

// fieldNamed returns the field of a struct with a name, or nil.
func fieldNamed(st *types.Struct, name string) *types.Var {
	for v := range st.Fields() {
		if v.Name() == name {
			return v
		}
	}
	return nil
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
