package verify

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// A program of its own is a function that is given nothing which could lead to
// something to wait for, and hands nothing such back: whatever its goroutines wait
// for is made in view. There locks and what lies deep in structs can be followed
// that belong to somebody else otherwise: tests, examples, the function behind a
// command. It is the one place where a must proof about locks needs no class.

// programs explores the programs of a package of which narrow has proved nothing.
func (r *Result) programs(narrow *checker, o Options) {
	c := newChecker(narrow.pkg, o.States, true)
	for _, f := range c.roots() {
		switch {
		case !isProgram(f) || narrow.proved[f] || testRank(f) > 0 && !o.Tests:
		case r.Programs.States > c.bounds.pkg:
			r.Programs.Over++
		default:
			c.check(f, r, &r.Programs)
		}
	}
}

// isProgram reports whether a function is given nothing to wait for and hands
// nothing such back.
func isProgram(f *model.Func) bool {
	sig := f.SSA.Signature
	if sig.Recv() != nil || leadsOn(sig.Results()) || leadsOn(sig.Params()) {
		return false
	}
	for _, v := range f.SSA.FreeVars {
		if ptr, ok := v.Type().Underlying().(*types.Pointer); !ok || mayHold(ptr.Elem()) {
			return false
		}
	}
	return true
}

// leadsOn reports whether parameters or results may lead to something to wait
// for. Contexts and tests do not: they end by themselves.
func leadsOn(vars *types.Tuple) bool {
	for v := range vars.Variables() {
		if mayHold(v.Type()) && !model.IsContext(v.Type()) && nameOf(deref(v.Type())).Pkg != "testing" {
			return true
		}
	}
	return false
}

// deref returns what a pointer type points to, or the type itself.
func deref(t types.Type) types.Type {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}
