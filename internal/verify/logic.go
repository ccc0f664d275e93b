package verify

import (
	"go/types"
)

// This file decides conditions. A run that meets a condition on unknown values
// splits, remembers the answer as a fact, and gives the same answer whenever
// the same comparison of the same values comes up again. Unknown integers that
// a counter is compared with become 1 or 2, or 0 if the run knows better.

// known replaces v by what the run has learnt about it.
func (s *state) known(v value) value {
	switch x := v.(type) {
	case sym:
		if l, ok := s.fact(x); ok {
			return l
		}
	case term:
		if l, ok := s.fact(x); ok {
			return l
		}
		v = s.reduce(x)
		if t, ok := v.(term); ok {
			return s.implied(t)
		}
	}
	return v
}

// fact returns what the run has decided about a value.
func (s *state) fact(key value) (value, bool) {
	for _, f := range s.facts {
		if f.key == key {
			return f.val, true
		}
	}
	return nil, false
}

// learn notes an answer. That x equals a constant is noted of x as well.
func (s *state) learn(key, val value) {
	s.ownFacts()
	s.facts = append(s.facts, fact{key, val})
	if t, ok := key.(term); ok && t.op == "==" && val == litTrue && isUnknown(t.a) {
		switch c := t.b.(type) {
		case lit:
			s.facts = append(s.facts, fact{t.a, c})
		case num:
			s.facts = append(s.facts, fact{t.a, lit{c.n}})
		}
	}
}

// answered returns the state with an answer to a question.
func (s *state) answered(q question, answer value) *state {
	next := s.clone()
	next.learn(q.key, answer)
	next.asked = true
	if q.isSize {
		next.sizes++
	}
	return next
}

// reduce computes a term whose operands have become known.
func (s *state) reduce(t term) value {
	if t.a == nil || t.b == nil {
		if t.op == "!" {
			return not(s.known(t.a))
		}
		return t
	}
	a, b := s.known(t.a), s.known(t.b)
	if a == t.a && b == t.b {
		return t
	}
	switch t.op {
	case "==":
		return equal(a, b)
	case "<":
		return less(a, b)
	case "+", "-", "*", "/", "min", "max":
		return arith(t.op, a, b)
	}
	return t
}

// truth returns a condition's outcome, or makes the machine ask for it.
func (m *machine) truth(v value) (side, ok bool) {
	if t, isTerm := v.(term); isTerm && t.op == "!" {
		side, ok = m.truth(m.st.known(t.a))
		return !side, ok
	}
	switch x := v.(type) {
	case lit:
		b, _ := x.v.(bool)
		return b, true
	default:
		m.ask = question{key: x, answers: []value{litTrue, litFalse}}
	}
	return false, false
}

// not negates a condition.
func not(v value) value {
	switch x := v.(type) {
	case lit:
		b, _ := x.v.(bool)
		return lit{!b}
	case term:
		if x.op == "!" {
			return x.a
		}
	}
	if isAtom(v) {
		return term{op: "!", a: v}
	}
	return junk{}
}

// equal returns a == b as a constant or a term; junk if nothing can be said.
func equal(a, b value) value {
	switch {
	case isUnknown(b) && !isUnknown(a):
		a, b = b, a
	case isNonNil(a) && b == litNil, isNonNil(b) && a == litNil:
		return litFalse
	}
	if x, ok := b.(*box); ok {
		return equalBox(a, x)
	}
	if x, ok := a.(*box); ok {
		return equalBox(b, x)
	}
	if !isAtom(a) || !isAtom(b) {
		return junk{}
	}
	if x, ok := intOf(a); ok {
		if y, ok := intOf(b); ok {
			return same(a, b, x, y)
		}
	}
	if a == b {
		return litTrue
	}
	if !isUnknown(a) {
		return litFalse
	}
	return term{op: "==", a: a, b: b}
}

// equalBox compares a value with an interface value of known type. Code out of
// view cannot make values of an unexported type.
func equalBox(a value, b *box) value {
	if x, ok := a.(*box); ok {
		if !types.Identical(x.t, b.t) {
			return litFalse
		}
		if y, ok := x.v.(*agg); ok && len(y.vals) == 0 {
			return litTrue
		}
		return equal(x.v, b.v)
	}
	named, ok := types.Unalias(b.t).(*types.Named)
	if ok && !named.Obj().Exported() {
		return litFalse
	}
	return junk{}
}

// less returns a < b as a constant or a term; junk if nothing can be said.
func less(a, b value) value {
	if x, ok := intOf(a); ok {
		if y, ok := intOf(b); ok {
			return compared(a, b, x, y)
		}
	}
	x, okx := a.(lit)
	y, oky := b.(lit)
	if okx && oky {
		x, isText := x.v.(string)
		y, areTexts := y.v.(string)
		if isText && areTexts {
			return lit{x < y}
		}
		return junk{}
	}
	if isAtom(a) && isAtom(b) && a != b {
		return term{op: "<", a: a, b: b}
	}
	return junk{}
}
