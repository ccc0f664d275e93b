package knowledge

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// What follows proves tables against the packages they speak about. It serves
// the tests of the built-in tables, here and in the module that loads the
// third-party packages.

// Exists reports whether pkg has what n names: a function, a type, or a method
// that may also be promoted. Advice may name all of these.
func Exists(pkg *types.Package, n symbol.Name) bool {
	switch {
	case pkg == nil:
		return false
	case n.Recv == "":
		return pkg.Scope().Lookup(n.Func) != nil
	}
	named := typeIn(pkg, n.Recv)
	if named == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(named, true, pkg, n.Func)
	return obj != nil
}

// CheckBound says whether an unconditional row's bound disagrees with the
// function's signature: what takes a context or a stop channel is bound by it,
// unless the row's note says what is wrong with that context. Loggers take one
// for its values only.
func CheckBound(pkg *types.Package, e Entry) error {
	fn := FuncIn(pkg, e.Name)
	if fn == nil {
		return fmt.Errorf("%s does not exist", e.Name)
	}
	hears := hearsStop(fn.Signature()) && e.Effect.Kind != op.Log
	switch {
	case e.Effect.Bound == op.Context && !hears:
		return fmt.Errorf("%s is bound by a context that it does not take", e.Name)
	case e.Effect.Bound == op.Unbounded && hears && e.Cond == Always && !strings.Contains(e.Note, "context"):
		return fmt.Errorf("%s takes a context: bound it or say in which case it does not help", e.Name)
	}
	return nil
}

// hearsStop reports whether a parameter is a context or a channel of signals.
func hearsStop(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if IsContext(p.Type()) {
			return true
		}
		ch, ok := p.Type().Underlying().(*types.Chan)
		if ok && ch.Dir() == types.RecvOnly {
			return true
		}
	}
	return false
}

// CheckContract says what is wrong with a contract: nothing of that name in
// pkg, or something that is not a callback.
func CheckContract(pkg *types.Package, c Contract) error {
	switch c.Place {
	case InField:
		return checkField(pkg, c)
	case InParam:
		return checkParam(pkg, c)
	}
	fn := FuncIn(pkg, c.Name)
	if fn == nil || !types.IsInterface(fn.Signature().Recv().Type()) {
		return fmt.Errorf("contract %s: no such method of an interface", c.Name)
	}
	return nil
}

// checkField checks that c names a field that holds a function.
func checkField(pkg *types.Package, c Contract) error {
	named := typeIn(pkg, c.Name.Recv)
	if named == nil {
		return fmt.Errorf("contract %s: no such type", c.Name)
	}
	obj, _, _ := types.LookupFieldOrMethod(named, true, pkg, c.Name.Func)
	field, ok := obj.(*types.Var)
	if !ok || !mayHoldFunc(field.Type()) {
		return fmt.Errorf("contract %s: no such field that holds a function", c.Name)
	}
	return nil
}

// checkParam checks that c names a parameter that takes a function.
func checkParam(pkg *types.Package, c Contract) error {
	fn := FuncIn(pkg, c.Name)
	if fn == nil {
		return fmt.Errorf("contract %s: no such function", c.Name)
	}
	params := fn.Signature().Params()
	if c.Param < 0 || c.Param >= params.Len() || !mayHoldFunc(params.At(c.Param).Type()) {
		return fmt.Errorf("contract %s: parameter %d takes no function", c.Name, c.Param)
	}
	return nil
}

// mayHoldFunc reports whether a value of type t is a function, or any value at
// all, as in runtime.SetFinalizer.
func mayHoldFunc(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Signature:
		return true
	case *types.Interface:
		return t.Empty()
	}
	return false
}
