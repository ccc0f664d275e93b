package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/symbol"
)

// chanUnion puts values that may be the same channel (or the same wait group)
// into one set, flow-insensitively and for all instances of a struct together:
// a may-analysis in near-linear time. A node is an ssa.Value, a variable's
// types.Object, a function result, or the elements of a field.
type chanUnion struct {
	p       *Package
	parent  map[any]any
	flags   map[any]openness      // by root, merged on union
	sources map[any][]*types.Func // calls outside the package that a set's values come from
	asValue map[*ssa.Function]bool
	frozen  bool // the model is read: sets do not change any more
}

// openness says how a set is open to code out of view.
type openness uint8

const (
	openIn   openness = 1 << iota // may stand for an object made elsewhere
	openOut                       // code elsewhere may use it
	maybeNil                      // nil is assigned somewhere
)

// resultNode is the i-th result of a function.
type resultNode struct {
	fn *ssa.Function
	i  int
}

// elemNode is what the elements of a container have in common.
type elemNode struct{ of any }

// newUnion returns a union in which every node is alone.
func newUnion(p *Package) *chanUnion {
	return &chanUnion{
		p:       p,
		parent:  make(map[any]any),
		flags:   make(map[any]openness),
		sources: make(map[any][]*types.Func),
		asValue: make(map[*ssa.Function]bool),
	}
}

// find returns the representative of n's set. Once the model is read it changes
// nothing: passes that run side by side ask it.
func (u *chanUnion) find(n any) any {
	p, ok := u.parent[n]
	if !ok || p == n {
		return n
	}
	r := u.find(p)
	if !u.frozen && r != p {
		u.parent[n] = r
	}
	return r
}

// union says that two nodes may be the same object.
func (u *chanUnion) union(a, b any) {
	if a == nil || b == nil {
		return
	}
	a, b = u.find(a), u.find(b)
	if a == b {
		return
	}
	u.parent[b] = a
	u.flags[a] |= u.flags[b]
	u.sources[a] = append(u.sources[a], u.sources[b]...)
	delete(u.flags, b)
	delete(u.sources, b)
}

// open says how code out of view may reach the set of n.
func (u *chanUnion) open(n any, o openness) {
	if n != nil {
		u.flags[u.find(n)] |= o
	}
}

// isTracked reports whether values of type t are put into sets.
func isTracked(t types.Type) bool {
	if _, ok := coreOf(t).(*types.Chan); ok {
		return true
	}
	ptr, ok := t.Underlying().(*types.Pointer)
	return ok && isGroup(ptr.Elem())
}

// isGroup reports whether t is a type whose Wait joins goroutines.
func isGroup(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	name := symbol.Name{Pkg: named.Obj().Pkg().Path(), Recv: named.Obj().Name(), Func: "Wait"}
	return syncWords[name].action == GroupWait
}

// node returns the node of a value: the variable behind an address, or the
// value itself.
func (u *chanUnion) node(v ssa.Value) any {
	switch x := v.(type) {
	case nil, *ssa.Const:
		return nil
	case *ssa.FieldAddr, *ssa.Global, *ssa.IndexAddr:
		return u.cell(x)
	}
	return v
}

// cell returns the node of the variable that an address points to.
func (u *chanUnion) cell(addr ssa.Value) any {
	switch x := addr.(type) {
	case *ssa.FieldAddr:
		return fieldOf(x.X.Type(), x.Field)
	case *ssa.Global:
		return x.Object()
	case *ssa.IndexAddr:
		return u.elems(x.X)
	}
	return addr
}

// addFunc unifies what each instruction of fn moves.
func (u *chanUnion) addFunc(f *Func) {
	u.openParams(f)
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			u.noteFuncValues(instr)
			u.addInstr(f, instr)
		}
	}
}

// addInstr unifies what one instruction moves.
func (u *chanUnion) addInstr(f *Func, instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.ChangeType:
		u.same(i, i.X)
	case *ssa.Phi:
		for _, e := range i.Edges {
			u.same(i, e)
			u.sameElems(i, e)
		}
	case *ssa.Slice:
		u.sameElems(i, i.X)
	case *ssa.UnOp:
		u.addUnOp(i)
	case *ssa.Store:
		u.assign(u.cell(i.Addr), i.Val)
		u.assignElems(u.cell(i.Addr), i.Val)
	case *ssa.Field:
		if isTracked(i.Type()) {
			u.union(i, fieldOf(i.X.Type(), i.Field))
		}
	case *ssa.MapUpdate:
		u.assign(u.elems(i.Map), i.Value)
		u.assign(u.elems(i.Map), i.Key)
	case *ssa.Lookup:
		u.fromElems(i, i.X)
	case *ssa.Index:
		u.fromElems(i, i.X)
	case *ssa.Extract:
		u.addExtract(i)
	case *ssa.MakeInterface:
		u.leak(i.X)
		u.leakElems(i.X)
	case *ssa.Send:
		u.leak(i.X)
		u.leakElems(i.X)
	case *ssa.TypeAssert:
		u.enter(i)
	case *ssa.MakeClosure:
		u.addClosure(i)
	case *ssa.Return:
		u.addReturn(f, i)
	case ssa.CallInstruction:
		u.addCall(i)
	}
}

// same says that two values may be the same object.
func (u *chanUnion) same(a, b ssa.Value) {
	if !isTracked(a.Type()) {
		return
	}
	u.assign(u.node(a), b)
}

// assign puts v's set into the set of the variable at cell.
func (u *chanUnion) assign(cell any, v ssa.Value) {
	if !isTracked(v.Type()) {
		return
	}
	if c, ok := v.(*ssa.Const); ok && c.IsNil() {
		u.open(cell, maybeNil)
		return
	}
	if cell == nil {
		u.leak(v)
		return
	}
	u.union(cell, u.node(v))
}

// leak says that code out of view may use v; enter, that v may come from there.
func (u *chanUnion) leak(v ssa.Value) {
	if v != nil && isTracked(v.Type()) {
		u.open(u.node(v), openOut)
	}
}

// enter says that v may come from out of view and be used there.
func (u *chanUnion) enter(v ssa.Value) {
	if isTracked(v.Type()) {
		u.open(u.node(v), openIn|openOut)
	}
}

// addUnOp unifies a load with its variable; what is received from a channel is out of view.
func (u *chanUnion) addUnOp(i *ssa.UnOp) {
	switch {
	case !isTracked(i.Type()):
	case i.Op == token.MUL:
		if cell := u.cell(i.X); cell != nil {
			u.union(i, cell)
		} else {
			u.enter(i)
		}
	case i.Op == token.ARROW:
		u.enter(i)
	}
}

// addExtract follows one component of a tuple to where the tuple came from.
func (u *chanUnion) addExtract(i *ssa.Extract) {
	if !isTracked(i.Type()) {
		return
	}
	switch t := i.Tuple.(type) {
	case *ssa.Call:
		u.fromCall(i, t, i.Index)
	case *ssa.Lookup:
		u.fromElems(i, t.X)
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok {
			u.fromElems(i, r.X)
			return
		}
		u.enter(i)
	default:
		u.enter(i)
	}
}

// addClosure unifies captured variables with what closures see of them.
func (u *chanUnion) addClosure(i *ssa.MakeClosure) {
	fn := i.Fn.(*ssa.Function)
	for k, b := range i.Bindings {
		if k < len(fn.FreeVars) {
			u.union(u.cell(b), fn.FreeVars[k])
			if ptr, ok := b.Type().Underlying().(*types.Pointer); ok && holdsTracked(ptr.Elem()) {
				u.union(elemNode{u.cell(b)}, elemNode{fn.FreeVars[k]})
			}
		}
	}
	if fn.Synthetic != "" && len(i.Bindings) == 1 && !isCalledHere(i) {
		u.leak(i.Bindings[0]) // wg.Wait as a value: who calls it, and when, is out of view
	}
}
