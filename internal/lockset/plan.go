package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// plan is what a function does to locks, block by block. It is made once; the
// solver only replays it.
type plan struct {
	ix     *Index
	f      *model.Func
	locks  []lockID
	index  map[model.Place]int
	events map[*ssa.BasicBlock][]event
	tries  map[ssa.Value]event // results of TryLock that only branches look at

	foreign []Foreign
}

// lockID is one lock as a function sees it.
type lockID struct {
	place model.Place
	class types.Object
	name  string
	value ssa.Value    // the lock's address at the first operation here, or nil
	via   []*types.Var // pointer fields that the path goes through
	weak  bool         // told apart by an SSA value only
	loose bool         // the path goes through a variable or field that is assigned more than once
}

// eventKind says what an event is about.
type eventKind uint8

const (
	onLock      eventKind = iota // act on one lock
	onCall                       // the net effects of a call
	onNew                        // the lock's object is made anew
	onMove                       // a pointer on the lock's path is assigned
	onForget                     // one lock goes out of sight
	onForgetAll                  // every lock may have been unlocked
	onExit                       // deferred calls run
)

// event is one thing a function does to locks.
type event struct {
	kind     eventKind
	instr    ssa.Instruction
	index    int // of instr in its block
	pos      token.Pos
	lock     int
	act      action
	by       *model.Func // the callee of an onCall
	effects  []placed    // of an onCall
	deferred bool        // of an onCall
}

// placed is a callee's effect on one of the caller's locks; a negative lock
// stands for one that cannot be told, of the class.
type placed struct {
	lock   int
	class  types.Object
	effect Effect
}

// planOf returns f's plan, making it on first use.
func (ix *Index) planOf(f *model.Func) *plan {
	if pl := ix.plans[f]; pl != nil {
		return pl
	}
	if ix.summaries[f] == nil {
		ix.SummaryOf(f) // which comes back here: a call that leads back to f must not see half a plan
		return ix.plans[f]
	}
	pl := &plan{ix: ix, f: f, index: make(map[model.Place]int), events: make(map[*ssa.BasicBlock][]event), tries: make(map[ssa.Value]event)}
	ix.plans[f] = pl
	pl.addOps()
	pl.addCalls()
	if len(pl.locks) > 0 {
		pl.addObjectEvents()
	}
	for _, events := range pl.events {
		slices.SortStableFunc(events, func(a, b event) int { return a.index - b.index })
	}
	return pl
}

// lockOf returns the number of the lock at an address; ok is false if nothing
// can be told of it.
func (pl *plan) lockOf(o *model.Op) (n int, ok bool) {
	id := pl.identifyOp(o)
	if id.place.IsZero() {
		return 0, false
	}
	id.class, id.name = o.Class, LockName(o)
	if o.Below == "" {
		id.value = o.Value
	}
	return pl.number(id), true
}

// number returns the number of a lock, giving it one on first sight.
func (pl *plan) number(id lockID) int {
	if n, ok := pl.index[id.place]; ok {
		old := &pl.locks[n]
		old.loose = old.loose || id.loose
		for _, v := range id.via {
			if !slices.Contains(old.via, v) {
				old.via = append(old.via, v)
			}
		}
		return n
	}
	n := len(pl.locks)
	pl.locks = append(pl.locks, id)
	pl.index[id.place] = n
	return n
}

// add files an event under its block.
func (pl *plan) add(e event) {
	b := e.instr.Block()
	e.index = slices.Index(b.Instrs, e.instr)
	pl.events[b] = append(pl.events[b], e)
}

// addOps records the lock operations of the function itself.
func (pl *plan) addOps() {
	for _, o := range pl.f.Ops {
		if !IsLockOp(o) {
			continue
		}
		n, ok := pl.lockOf(o)
		if !ok {
			continue
		}
		e := event{kind: onLock, instr: o.Instr, pos: o.Pos, lock: n}
		switch o.Action {
		case model.TryLock, model.TryRLock:
			pl.addTry(o, e)
			continue
		default:
			e.act = actionOf(o)
		}
		pl.add(e)
	}
}

// actionOf returns what a plain lock operation does.
func actionOf(o *model.Op) action {
	isUnlock := o.Action == model.Unlock || o.Action == model.RUnlock
	switch {
	case isUnlock && o.Deferred:
		return doDeferUnlock
	case isUnlock:
		return doUnlock
	case o.Deferred:
		return doDeferLock
	case o.Action == model.RLock:
		return doRLock
	}
	return doLock
}

// addTry follows the outcome of TryLock if only branches look at it; otherwise
// nothing is known of the lock from then on.
func (pl *plan) addTry(o *model.Op, e event) {
	call, ok := o.Instr.(*ssa.Call)
	if !ok || len(*call.Referrers()) == 0 {
		return
	}
	e.act = doLock
	if o.Action == model.TryRLock {
		e.act = doRLock
	}
	for _, ref := range *call.Referrers() {
		if !isBranchOn(ref) {
			e.kind = onForget
			pl.add(e)
			return
		}
	}
	pl.tries[call] = e
}

// isBranchOn reports whether an instruction only branches on its operand,
// perhaps negated.
func isBranchOn(ref ssa.Instruction) bool {
	switch r := ref.(type) {
	case *ssa.If, *ssa.DebugRef:
		return true
	case *ssa.UnOp:
		return r.Op == token.NOT && !slices.ContainsFunc(*r.Referrers(), func(i ssa.Instruction) bool { _, ok := i.(*ssa.If); return !ok })
	}
	return false
}

// addObjectEvents records where a lock's object is made anew, where a pointer
// on its path is assigned, and where deferred calls run.
func (pl *plan) addObjectEvents() {
	roots := make(map[any][]int)
	via := make(map[*types.Var][]int)
	for n, id := range pl.locks {
		roots[id.place.Root] = append(roots[id.place.Root], n)
		for _, v := range id.via {
			via[v] = append(via[v], n)
		}
	}
	for _, b := range pl.f.SSA.Blocks {
		for _, instr := range b.Instrs {
			pl.addObjectEvent(instr, roots, via)
		}
	}
}

// addObjectEvent looks at one instruction; roots and via say which locks depend
// on a value and on a field.
func (pl *plan) addObjectEvent(instr ssa.Instruction, roots map[any][]int, via map[*types.Var][]int) {
	if v, ok := instr.(ssa.Value); ok {
		for _, n := range roots[v] {
			pl.add(event{kind: onNew, instr: instr, lock: n})
		}
	}
	switch i := instr.(type) {
	case *ssa.RunDefers:
		pl.add(event{kind: onExit, instr: instr})
	case *ssa.Store:
		if addr, ok := i.Addr.(*ssa.FieldAddr); ok {
			for _, n := range via[fieldVar(addr)] {
				pl.add(event{kind: onMove, instr: instr, lock: n})
			}
		}
		for _, n := range roots[i.Addr] {
			if isPointerLike(i.Val.Type()) {
				pl.add(event{kind: onMove, instr: instr, lock: n})
			}
		}
	}
}
