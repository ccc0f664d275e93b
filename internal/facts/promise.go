package facts

import (
	"go/types"
	"slices"
	"strings"
)

// This file carries promises from interface methods to what implements them.

// Promise returns what directives say of fn: on fn itself, or nonblocking if it
// implements an interface method marked so, of this package or of a dependency.
func (ix *Index) Promise(fn *types.Func) Promise {
	c := ix.callee(fn)
	if c == nil || c.promise != NoPromise {
		return promiseOf(c)
	}
	if m := ix.Promiser(fn); m != nil {
		return PromiseNonBlocking
	}
	return NoPromise
}

// promiseOf returns what a directive on the function itself says.
func promiseOf(c *callee) Promise {
	if c == nil {
		return NoPromise
	}
	return c.promise
}

// Promiser returns the interface method whose nonblocking promise fn inherits,
// nil if there is none.
func (ix *Index) Promiser(fn *types.Func) *types.Func {
	recv := fn.Origin().Signature().Recv()
	if recv == nil || types.IsInterface(recv.Type()) {
		return nil
	}
	for _, m := range ix.markedMethods() {
		if m.Name() == fn.Name() && implements(recv.Type(), m) {
			return m
		}
	}
	return nil
}

// implements reports whether a value of t, or a pointer to it, has the method
// m as part of m's interface.
func implements(t types.Type, m *types.Func) bool {
	iface, ok := m.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	if _, isPtr := types.Unalias(t).(*types.Pointer); !isPtr {
		t = types.NewPointer(t)
	}
	return types.Implements(t, iface)
}

// markedMethods lists the interface methods in view that are marked
// nonblocking, in the order of their names.
func (ix *Index) markedMethods() []*types.Func {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.isAsked {
		return ix.marked
	}
	ix.isAsked = true
	for fn, p := range ix.marks {
		ix.addMarked(fn, p)
	}
	for _, of := range ix.pass.AllObjectFacts() {
		fn, isFunc := of.Object.(*types.Func)
		fact, isFact := of.Fact.(*Fact)
		if isFunc && isFact && fn.Pkg() != ix.pkg {
			ix.addMarked(fn, fact.Promise)
		}
	}
	slices.SortFunc(ix.marked, func(a, b *types.Func) int { return strings.Compare(nameOf(a).String(), nameOf(b).String()) })
	return ix.marked
}

// addMarked keeps fn if it is an interface method marked nonblocking.
func (ix *Index) addMarked(fn *types.Func, p Promise) {
	recv := fn.Signature().Recv()
	if p == PromiseNonBlocking && recv != nil && types.IsInterface(recv.Type()) {
		ix.marked = append(ix.marked, fn)
	}
}
