package verify

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A value is what a register or a memory cell holds in one run. What is
// computed from visible code alone is concrete (lit, ref, chanRef, *fnVal,
// slice, *agg, *box, ctxRef); everything else is a sym or a term over syms:
// unknown, but equal to itself, so that one run asks each question once.
type value any

type (
	// lit is a constant: nil, a bool, an int64 or a string.
	lit struct{ v any }
	// junk is a value of which nothing is asked, such as a float.
	junk struct{}
	// sym is an unknown value; two syms of one state may be equal.
	sym int
	// term is an operation on unknown values; equal terms are equal values.
	term struct {
		op   string
		a, b value
		p    any
	}
	// ref is the address of a cell of an object in view.
	ref struct {
		obj  int
		path string
	}
	// chanRef is a channel made in view.
	chanRef struct{ obj int }
	// slice is a slice over an array in view, of known length.
	slice struct{ obj, off, n int }
	// ctxRef is a context that only code in view can cancel; done is the
	// object of its Done channel.
	ctxRef struct{ done int }
	// cancelRef is the cancel function of a ctxRef.
	cancelRef struct{ done int }
)

// fnVal is a function value: a function and what it captures.
type fnVal struct {
	fn   *ssa.Function
	free []value
}

// box is an interface value whose dynamic type is known.
type box struct {
	t types.Type
	v value
}

// agg is a struct or a tuple by components.
type agg struct{ vals []value }

// sentinel is the operation of terms that stand for errors which are not nil:
// package variables, and what errors.New and its like return.
const sentinel = "error"

var (
	// litNil is nil of any type.
	litNil = lit{nil}
	// litTrue is true.
	litTrue = lit{true}
	// litFalse is false.
	litFalse = lit{false}
)

// isUnknown reports whether v is a sym or a term, about which facts can be
// learnt.
func isUnknown(v value) bool {
	switch v.(type) {
	case sym, term:
		return true
	}
	return false
}

// isAtom reports whether v may be an operand of a term.
func isAtom(v value) bool {
	switch v.(type) {
	case sym, term, lit, num, ref, chanRef, ctxRef:
		return true
	}
	return false
}

// isNonNil reports whether v is certainly not nil.
func isNonNil(v value) bool {
	switch x := v.(type) {
	case ref, chanRef, *fnVal, *box, slice, ctxRef, cancelRef, *agg:
		return true
	case term:
		return x.op == sentinel
	}
	return false
}

// mayHold reports whether values of type t can lead to objects in view.
func mayHold(t types.Type) bool { return holds(t, 0) }

// holds does the work of mayHold, to a bounded depth.
func holds(t types.Type, depth int) bool {
	if depth > 4 {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Struct:
		for f := range u.Fields() {
			if holds(f.Type(), depth+1) {
				return true
			}
		}
		return false
	case *types.Array:
		return holds(u.Elem(), depth+1)
	case *types.Slice:
		return holds(u.Elem(), depth+1)
	case *types.Tuple:
		for v := range u.Variables() {
			if holds(v.Type(), depth+1) {
				return true
			}
		}
		return false
	}
	return !isError(t)
}

// isError reports whether t is the type error, whose values carry no objects.
func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// zero returns the zero value of t.
func zero(t types.Type) value {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return zeroBasic(u)
	case *types.Struct:
		a := &agg{make([]value, u.NumFields())}
		for i := range a.vals {
			a.vals[i] = zero(u.Field(i).Type())
		}
		return a
	case *types.Tuple:
		a := &agg{make([]value, u.Len())}
		for i := range a.vals {
			a.vals[i] = zero(u.At(i).Type())
		}
		return a
	case *types.Array:
		return junk{}
	}
	return litNil
}

// zeroBasic returns the zero value of a basic type.
func zeroBasic(b *types.Basic) value {
	switch {
	case b.Info()&types.IsBoolean != 0:
		return litFalse
	case b.Info()&types.IsInteger != 0:
		return lit{int64(0)}
	case b.Info()&types.IsString != 0:
		return lit{""}
	case b.Kind() == types.UntypedNil || b.Kind() == types.UnsafePointer:
		return litNil
	}
	return junk{}
}

// constValue returns the value of a constant.
func constValue(c *ssa.Const) value {
	if c.Value == nil {
		return zero(c.Type())
	}
	switch c.Value.Kind() {
	case constant.Bool:
		return lit{constant.BoolVal(c.Value)}
	case constant.String:
		return lit{constant.StringVal(c.Value)}
	case constant.Int:
		if n, ok := constant.Int64Val(c.Value); ok {
			return number(n)
		}
	}
	return junk{}
}
