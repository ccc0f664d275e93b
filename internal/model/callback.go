package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file follows calls of function values that are kept in struct fields or
// package variables: where every value that the package stores there is a known
// function, a call may run each of them. Only fields and variables that no other
// package can set are followed; values that tests store do not count.

// maxValues bounds the functions that one field may hold, maxBehind the steps from
// a field to a function.
const (
	maxValues = 3
	maxBehind = 6
)

// FuncValue is a function that is stored in a field or variable.
type FuncValue struct {
	To    *Func
	Bound ssa.Value // the receiver of a method value, or nil
	Here  bool      // it is made where it is called
	Owner Place     // the object with the field, in the words of the function that makes the value; zero if that is not clear
}

// callbacks are the function values of a package by the field or variable that
// keeps them.
type callbacks struct {
	p      *Package
	stores map[types.Object][]*ssa.Store
	open   map[types.Object]bool      // others may set it, or it is not clear what is stored
	elems  map[types.Object][]element // of slices and maps
	values map[types.Object][]FuncValue
	calls  map[*Func][]*Call // of each function: static ones and through interfaces
}

// readCallbacks finds what calls of function values run. It comes after all else
// is known of functions.
func (p *Package) readCallbacks() {
	cb := &callbacks{p: p, stores: make(map[types.Object][]*ssa.Store), open: make(map[types.Object]bool), elems: make(map[types.Object][]element), values: make(map[types.Object][]FuncValue), calls: make(map[*Func][]*Call)}
	for _, f := range p.Funcs {
		for _, c := range f.AllCalls() {
			if !p.IsTestFile(c.Pos) {
				cb.calls[c.To] = append(cb.calls[c.To], c)
			}
		}
		if !p.IsTestFile(f.Syntax.Pos()) {
			cb.readStores(f.SSA)
		}
	}
	if len(p.Funcs) > 0 {
		cb.readStores(p.Funcs[0].SSA.Pkg.Func("init"))
	}
	for _, f := range p.Funcs {
		cb.addCalls(f)
	}
}

// readStores files what a function stores to fields and variables for functions.
func (cb *callbacks) readStores(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			cb.readContainers(instr)
			switch i := instr.(type) {
			case *ssa.Store:
				if key := cb.keyOf(i.Addr); key != nil {
					cb.stores[key] = append(cb.stores[key], i)
				}
			case *ssa.FieldAddr:
				if key := cb.keyOf(i); key != nil && isHandedOn(i) {
					cb.open[key] = true
				}
			}
		}
	}
}

// isHandedOn reports whether the address of a field is used for more than reading
// and writing the field.
func isHandedOn(addr *ssa.FieldAddr) bool {
	for _, ref := range *addr.Referrers() {
		switch i := ref.(type) {
		case *ssa.Store:
			if i.Addr != addr {
				return true
			}
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			return true
		}
	}
	return false
}

// keyOf returns the field or package variable for functions at an address, if no
// other package can set it; nil otherwise.
func (cb *callbacks) keyOf(addr ssa.Value) types.Object {
	ptr, ok := addr.Type().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	if _, ok := ptr.Elem().Underlying().(*types.Signature); !ok {
		return nil
	}
	var key types.Object
	switch x := addr.(type) {
	case *ssa.FieldAddr:
		key = fieldOf(x.X.Type(), x.Field)
	case *ssa.Global:
		key = x.Object()
	}
	if key == nil || !cb.isOwn(key) {
		return nil
	}
	return key
}

// isOwn reports whether no other package can set a field or variable.
func (cb *callbacks) isOwn(key types.Object) bool {
	return key.Pkg() == cb.p.Pass.Pkg && (!key.Exported() || cb.p.IsMain())
}

// addCalls records the calls of f that run function values.
func (cb *callbacks) addCalls(f *Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(ssa.CallInstruction)
			if _, isGo := instr.(*ssa.Go); !ok || isGo || i.Common().IsInvoke() {
				continue
			}
			values, owner, each := cb.valuesOf(i.Common().Value)
			for _, v := range values {
				_, deferred := i.(*ssa.Defer)
				f.Dynamic = append(f.Dynamic, &Call{From: f, To: v.To, Instr: i, Pos: cb.p.CallPos(i), Deferred: deferred, Value: &v, Owner: owner, Sole: len(values) == 1, Each: each})
			}
		}
	}
}

// valuesOf returns the functions that a called value may be, the object whose
// field it is read from, or nil, and whether all are called in turn.
func (cb *callbacks) valuesOf(v ssa.Value) (values []FuncValue, owner ssa.Value, each bool) {
	if bound := cb.boundHere(v); bound != nil {
		return bound, nil, false
	}
	if key, owner, each := cb.elementOf(v); key != nil {
		return cb.elements(key), owner, each
	}
	values, owner = cb.singlesOf(v)
	return values, owner, false
}

// boundHere returns the method of a method value that is made in the function that
// calls it, or around it.
func (cb *callbacks) boundHere(v ssa.Value) []FuncValue {
	for range maxPath {
		switch x := v.(type) {
		case *ssa.MakeClosure:
			if value := cb.p.FuncValueOf(x); value != nil && value.Bound != nil {
				return []FuncValue{*value}
			}
			return nil
		case *ssa.UnOp:
			v = x.X
		case *ssa.Alloc:
			v = soleStore(x)
		case *ssa.FreeVar:
			v = cb.p.binding(x)
		default:
			return nil
		}
	}
	return nil
}

// singlesOf returns the functions that a called value may be, if it is read from a
// field or handed in, and the object with the field.
func (cb *callbacks) singlesOf(v ssa.Value) ([]FuncValue, ssa.Value) {
	switch x := v.(type) {
	case *ssa.UnOp:
		if x.Op != token.MUL {
			return nil, nil
		}
		key := cb.keyOf(x.X)
		if field, ok := x.X.(*ssa.FieldAddr); ok {
			return cb.held(key), field.X
		}
		return cb.held(key), nil
	case *ssa.Field:
		return cb.held(cb.keyOfField(x)), x.X
	case *ssa.Parameter:
		return cb.handed(x), nil
	}
	return nil, nil
}

// keyOfField returns the field of a struct value that is read, as keyOf does.
func (cb *callbacks) keyOfField(x *ssa.Field) types.Object {
	key := fieldOf(x.X.Type(), x.Field)
	if _, ok := key.Type().Underlying().(*types.Signature); !ok || !cb.isOwn(key) {
		return nil
	}
	return key
}

// handed returns the functions that callers hand in for a parameter, if they come
// out of fields: a literal that is handed over where it stands is known to run
// there.
func (cb *callbacks) handed(param *ssa.Parameter) []FuncValue {
	f := cb.p.FuncOf(param.Parent())
	if f == nil || len(cb.calls[f]) == 0 || f.IsExported() {
		return nil
	}
	t := &tracer{cb: cb}
	for _, c := range cb.calls[f] {
		k := indexOfParam(param)
		if k >= len(c.Args()) {
			return nil
		}
		arg := c.Args()[k]
		if ct, ok := arg.(*ssa.ChangeType); ok {
			arg = ct.X
		}
		if load, ok := arg.(*ssa.UnOp); !ok || cb.keyOf(load.X) == nil {
			return nil
		}
		t.follow(arg, Place{}, maxBehind)
	}
	return t.result()
}

// held returns the functions that a field or variable may hold; nil if that is
// not clear, or there are many.
func (cb *callbacks) held(key types.Object) []FuncValue {
	return cb.once(key, func(t *tracer) { t.followStores(key, maxBehind) })
}

// once traces what a field, variable or container may hold the first time that it is
// asked for; a circle finds nothing.
func (cb *callbacks) once(key types.Object, trace func(*tracer)) []FuncValue {
	if key == nil || cb.open[key] {
		return nil
	}
	if out, ok := cb.values[key]; ok {
		return out
	}
	cb.values[key] = nil
	t := &tracer{cb: cb}
	trace(t)
	cb.values[key] = t.result()
	return cb.values[key]
}

// indexOfParam returns which parameter of its function a parameter is.
func indexOfParam(param *ssa.Parameter) int {
	for k, p := range param.Parent().Params {
		if p == param {
			return k
		}
	}
	return len(param.Parent().Params)
}

// FuncValueOf returns the function of this package that a value is which names it:
// a function, a method of an object at hand or a literal; nil otherwise.
func (p *Package) FuncValueOf(v ssa.Value) *FuncValue {
	if ct, ok := v.(*ssa.ChangeType); ok {
		v = ct.X
	}
	t := &tracer{cb: &callbacks{p: p}}
	switch x := v.(type) {
	case *ssa.Function:
		t.add(p.FuncOf(x), nil, Place{})
	case *ssa.MakeClosure:
		t.closure(x, Place{})
	}
	if values := t.result(); len(values) == 1 {
		values[0].Here = true
		return &values[0]
	}
	return nil
}
