package model

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file follows calls through interfaces that only this package can know and
// that one type of it implements: a may, since a value of another package's type
// can still be handed in.

// Args returns the arguments of a call, the receiver first, as the parameters of
// the callee stand.
func (c *Call) Args() []ssa.Value {
	common := c.Instr.Common()
	if c.bound != nil {
		return append([]ssa.Value{c.bound}, common.Args...)
	}
	if c.Value != nil && c.Value.Bound != nil {
		return append([]ssa.Value{c.Value.Bound}, common.Args...)
	}
	if !common.IsInvoke() {
		return common.Args
	}
	return append([]ssa.Value{common.Value}, common.Args...)
}

// addDynamicCall records a call of an interface's method that one method of this
// package answers.
func (f *Func) addDynamicCall(i ssa.CallInstruction, common *ssa.CallCommon, deferred bool) {
	obj := f.Pkg.Facts.SoleMethod(common.Method)
	if obj == nil {
		return
	}
	f.Dynamic = append(f.Dynamic, &Call{From: f, Instr: i, Pos: f.Pkg.CallPos(i), Deferred: deferred, method: obj})
}

// addBoundCall records a call of a method value of this package: "get := s.get;
// get()".
func (f *Func) addBoundCall(i ssa.CallInstruction, common *ssa.CallCommon, deferred bool) {
	obj, recv := f.boundMethod(common)
	if obj == nil || recv == nil || obj.Pkg() != f.Pkg.Pass.Pkg || types.IsInterface(recv.Type()) {
		return
	}
	f.Dynamic = append(f.Dynamic, &Call{From: f, Instr: i, Pos: f.Pkg.CallPos(i), Deferred: deferred, method: obj.Origin(), bound: recv})
}

// linkDynamic finds the bodies of the methods that dynamic calls run.
func (p *Package) linkDynamic() {
	byObj := make(map[*types.Func]*Func)
	for _, f := range p.Funcs {
		if f.Obj != nil {
			byObj[f.Obj] = f
		}
	}
	for _, f := range p.Funcs {
		known := f.Dynamic[:0]
		for _, c := range f.Dynamic {
			if c.To = byObj[c.method]; c.To != nil {
				known = append(known, c)
			}
		}
		f.Dynamic = known
	}
}

// AllCalls returns the static calls of f, those of method values and of function
// values that fields keep, and those through interfaces that one type of the package
// implements.
func (f *Func) AllCalls() []*Call {
	if len(f.Dynamic) == 0 {
		return f.Calls
	}
	return append(f.Calls[:len(f.Calls):len(f.Calls)], f.Dynamic...)
}
