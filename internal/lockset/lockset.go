// Package lockset says which locks are held where.
//
// It is a forward analysis over SSA. For each lock that a function touches it
// keeps the set of things that may be true of the lock (Atoms): a lock is held
// for certain if every one of them says so. Keeping the set, and not only the
// certain part, tells a lock that some path leaves held from one that nobody
// knows about.
//
// Locks are told apart by place. A place whose path goes through a pointer is
// forgotten when that pointer is assigned; elements of slices and maps are told
// apart by the SSA value that holds them and are given up when anything of
// their class is unlocked (sure or silent).
//
// Calls of functions of this package count by their net effect, translated to
// the caller's places, and only if the effect is unconditional. A function value out
// of a field counts so if it is the only one, and its locks are named where the
// object that it captured is the one with the field, or keeps it. Closures that
// are called or deferred, method values, unlock functions that a call returns
// and TryLock's outcome are followed. A function is entered with a lock held if
// its name (…Locked) or its comment says so, and the body of a range-over-func
// loop or of a literal called on the spot is entered with what holds there.
//
// Knowingly missed: locks handed to other packages (they are forgotten), unlock
// functions kept in fields that others can set, and how often a read lock is taken.
package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// Mode is how a lock is held.
type Mode uint8

const (
	// Write is Lock.
	Write Mode = iota
	// Read is RLock.
	Read
)

// Held is one lock that is certainly held at some point.
type Held struct {
	Place   model.Place
	Class   types.Object // what all instances share; nil if the lock has no home
	Name    string       // as the source spells it
	Mode    Mode
	Pos     token.Pos   // where it was locked: the operation, the call that locks it, or the function that is entered with it
	By      *model.Func // the callee that locked it, or nil
	Assumed bool        // held on entry, by convention
	Value   ssa.Value   // the lock's address at one operation in this function; nil if By locked it
}

// Index answers for one package.
type Index struct {
	p         *model.Package
	plans     map[*model.Func]*plan
	solutions map[*model.Func]*Solution
	summaries map[*model.Func]*Summary
	outcomes  map[outcome]*Summary
	moving    map[*types.Var]bool // pointer fields that are assigned after construction
	assigned  map[*types.Var]bool // any fields assigned after construction
	byClass   map[types.Object][]*model.Op
	releasers map[types.Object][]*model.Func      // made on demand
	across    map[types.Object][]Across           // made on demand
	parentOf  map[*model.Func]ssa.CallInstruction // where a literal or loop body runs in its parent's goroutine
	runnerOf  map[*model.Func]*runner             // and what in this package calls it there
	entering  map[*model.Func]bool                // literals whose entry is being looked at
	strangers map[string]*types.Var               // locks of other packages that have no name here
}

// Of reads the locks of a package.
func Of(p *model.Package) *Index {
	ix := &Index{
		p:         p,
		plans:     make(map[*model.Func]*plan),
		solutions: make(map[*model.Func]*Solution),
		summaries: make(map[*model.Func]*Summary),
		outcomes:  make(map[outcome]*Summary),
		moving:    make(map[*types.Var]bool),
		assigned:  make(map[*types.Var]bool),
		byClass:   make(map[types.Object][]*model.Op),
		parentOf:  make(map[*model.Func]ssa.CallInstruction),
		runnerOf:  make(map[*model.Func]*runner),
		entering:  make(map[*model.Func]bool),
		strangers: make(map[string]*types.Var),
	}
	for _, f := range p.Funcs {
		ix.readClasses(f)
		ix.readMoving(f)
		ix.readCallSites(f)
	}
	return ix
}

// IsLockOp reports whether an operation locks or unlocks.
func IsLockOp(o *model.Op) bool {
	switch o.Action {
	case model.Lock, model.RLock, model.TryLock, model.TryRLock, model.Unlock, model.RUnlock:
		return true
	}
	return false
}

// IsAcquire reports whether an operation waits for a lock and takes it.
func IsAcquire(o *model.Op) bool { return o.Action == model.Lock || o.Action == model.RLock }

// Ops returns every operation of the package on locks of a class, in source
// order of their functions.
func (ix *Index) Ops(class types.Object) []*model.Op { return ix.byClass[class] }

// readClasses files the lock operations of f under their classes.
func (ix *Index) readClasses(f *model.Func) {
	for _, o := range f.Ops {
		if IsLockOp(o) && o.Class != nil {
			ix.byClass[o.Class] = append(ix.byClass[o.Class], o)
		}
	}
}

// IsReassigned reports whether a field is assigned in objects that others may
// know already.
func (ix *Index) IsReassigned(field *types.Var) bool { return ix.assigned[field.Origin()] }

// readMoving finds the pointer fields that are assigned in objects that others
// may know already: a place through them may change its meaning.
func (ix *Index) readMoving(f *model.Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			addr, ok := st.Addr.(*ssa.FieldAddr)
			if !ok || isFresh(addr.X) {
				continue
			}
			if v := fieldVar(addr); v != nil {
				ix.assigned[v] = true
				ix.moving[v] = ix.moving[v] || isPointerLike(st.Val.Type())
			}
		}
	}
}

// isFresh reports whether an address is that of an object made in this function.
func isFresh(v ssa.Value) bool {
	for {
		switch x := v.(type) {
		case *ssa.Alloc:
			return true
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp: // of a variable that literals share
			a, ok := x.X.(*ssa.Alloc)
			if !ok || onlyStore(a) == nil || !isOnlyRead(a, 0) {
				return false
			}
			v = onlyStore(a)
		default:
			return false
		}
	}
}

// isOnlyRead reports whether no literal assigns a variable that it shares with the
// function around it.
func isOnlyRead(addr ssa.Value, depth int) bool {
	for _, ref := range *addr.Referrers() {
		mc, ok := ref.(*ssa.MakeClosure)
		if !ok {
			if st, ok := ref.(*ssa.Store); ok && depth > 0 && st.Addr == addr {
				return false
			}
			continue
		}
		for k, b := range mc.Bindings {
			if b == addr && (depth > maxNested || !isOnlyRead(mc.Fn.(*ssa.Function).FreeVars[k], depth+1)) {
				return false
			}
		}
	}
	return true
}

// isPointerLike reports whether a value of type t leads to an object, so that
// storing another one changes what a path through it means.
func isPointerLike(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

// fieldVar returns the field an address is of, its generic origin.
func fieldVar(x *ssa.FieldAddr) *types.Var {
	t := x.X.Type().Underlying()
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem().Underlying()
	}
	if st, ok := t.(*types.Struct); ok && x.Field < st.NumFields() {
		return st.Field(x.Field).Origin()
	}
	return nil
}
