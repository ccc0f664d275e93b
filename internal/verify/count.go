package verify

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// This file computes with integers. Counters are numbers; an unknown bound that
// a counter meets becomes 1 or 2, or 0 if the run knows better.

// arith computes on integers, or returns a term.
func arith(op string, a, b value) value {
	x, okx := intOf(a)
	y, oky := intOf(b)
	if okx && oky {
		switch op {
		case "+":
			return result(op, a, b, x+y)
		case "-":
			return result(op, a, b, x-y)
		case "*":
			return result(op, a, b, x*y)
		case "/":
			if y != 0 {
				return result(op, a, b, x/y)
			}
			return junk{}
		case "min":
			return result(op, a, b, min(x, y))
		case "max":
			return result(op, a, b, max(x, y))
		}
	}
	if isAtom(a) && isAtom(b) && depthOf(a) < maxTerm && depthOf(b) < maxTerm {
		return term{op: op, a: a, b: b}
	}
	return junk{}
}

// maxTerm bounds the depth of sums, which loops would grow without end.
const maxTerm = 3

// depthOf returns how deep a term is nested.
func depthOf(v value) int {
	t, ok := v.(term)
	if !ok {
		return 0
	}
	return 1 + max(depthOf(t.a), depthOf(t.b))
}

// intOf returns the number that a value is, if it is known.
func intOf(v value) (int64, bool) {
	switch x := v.(type) {
	case lit:
		n, ok := x.v.(int64)
		return n, ok
	case num:
		return x.n, true
	}
	return 0, false
}

// arithOps spells the integer operators that are computed as terms spell them.
var arithOps = map[token.Token]string{token.ADD: "+", token.SUB: "-", token.MUL: "*", token.QUO: "/"}

// arith computes a binary operator; a sum that nothing bounds, in a loop, is lost.
func (m *machine) arith(op token.Token, a, b value, bounded bool) value {
	if isLost(a) || isLost(b) {
		return m.lose()
	}
	v := arith(arithOps[op], a, b)
	if n, ok := intOf(v); ok && !bounded && (n > maxTally || n < -maxTally) {
		return m.lose()
	}
	return v
}

// lose returns a number that was known and became too large to be kept. It is not
// unknown: a run that asks for it is given up, for either answer may be wrong.
func (m *machine) lose() value { return term{op: "lost", a: m.st.fresh()} }

// isLost reports whether a value is a number that was given up.
func isLost(v value) bool { t, ok := v.(term); return ok && t.op == "lost" }

// binop executes comparisons and integer arithmetic.
func (m *machine) binop(f *frame, i *ssa.BinOp) outcome {
	a, b := m.val(f, i.X), m.val(f, i.Y)
	if isComparison(i.Op) && (isLost(a) || isLost(b)) {
		return leaves
	}
	switch i.Op {
	case token.EQL:
		f.set(i, equal(a, b))
	case token.NEQ:
		f.set(i, not(equal(a, b)))
	case token.LSS, token.GTR, token.LEQ, token.GEQ:
		return m.order(f, i, a, b)
	case token.ADD, token.SUB, token.MUL, token.QUO:
		if !isInt(i.Type()) {
			f.set(i, m.st.fresh())
			break
		}
		bounded := isBounded(i)
		v := m.arith(i.Op, a, b, bounded || !f.code.isLoopTest(f.block))
		if n, ok := intOf(v); ok && bounded && n > maxCount && n > max(toInt(a), toInt(b)) && !isFar(i) {
			if isTested(i, 0) {
				return leaves
			}
			v = m.lose()
		}
		f.set(i, v)
	default:
		f.set(i, m.st.fresh())
	}
	return next
}

// isComparison reports whether an operator compares.
func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.GTR, token.LEQ, token.GEQ:
		return true
	}
	return false
}

// toInt returns the number that a value is, 0 if it is unknown.
func toInt(v value) int64 { n, _ := intOf(v); return n }

// isFar reports whether a sum has a large constant as operand: then it is no
// counter.
func isFar(i *ssa.BinOp) bool {
	for _, v := range []ssa.Value{i.X, i.Y} {
		if c, ok := v.(*ssa.Const); ok && c.Value != nil {
			if n, ok := constant.Int64Val(constant.ToInt(c.Value)); ok && n > maxCount {
				return true
			}
		}
	}
	return false
}

// isMeasure reports whether a condition compares two integers by size.
func isMeasure(cond ssa.Value) bool {
	b, ok := cond.(*ssa.BinOp)
	return ok && isInt(b.X.Type()) && (b.Op == token.LSS || b.Op == token.GTR || b.Op == token.LEQ || b.Op == token.GEQ)
}

// isInt reports whether t is an integer type.
func isInt(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// order executes <, >, <= and >=. Where a counter meets an unknown bound, the
// bound becomes a number.
func (m *machine) order(f *frame, i *ssa.BinOp, a, b value) outcome {
	if isInt(i.X.Type()) && (isCounter(f, i.X, a) && isBound(b) || isCounter(f, i.Y, b) && isBound(a)) {
		counter := i.X
		if isUnknown(a) {
			b, counter = a, i.Y
		}
		if m.isSkipped(f, i) {
			f.set(i, m.st.fresh())
			return next
		}
		if isSent(counterOf(f, counter), 0) {
			return m.count(b, 3) // a receiver may leave on its account
		}
		return m.count(b, 2)
	}
	switch i.Op {
	case token.LSS:
		f.set(i, less(a, b))
	case token.GTR:
		f.set(i, less(b, a))
	case token.LEQ:
		f.set(i, not(less(b, a)))
	case token.GEQ:
		f.set(i, not(less(a, b)))
	}
	m.turns(f, i, a, b)
	return next
}

// isSkipped reports whether a condition only decides a dull branch.
func (m *machine) isSkipped(f *frame, i *ssa.BinOp) bool {
	br, ok := f.block.Instrs[len(f.block.Instrs)-1].(*ssa.If)
	if !ok || br.Cond != i || len(*i.Referrers()) != 1 {
		return false
	}
	trial := *f
	trial.owner, trial.regs = nil, slices.Clone(f.regs)
	return m.skip(&trial)
}

// isCounter reports whether a register with a known number is computed rather
// than written in the source. The zero with which a range over an integer
// starts is not written either.
func isCounter(f *frame, v ssa.Value, x value) bool {
	_, isInt := intOf(x)
	if isReceived(v) {
		return false
	}
	if c, isConst := v.(*ssa.Const); isConst {
		return isInt && c.Int64() == 0 && len(f.block.Succs) > 0 && f.block.Succs[0].Comment == "rangeint.body"
	}
	return isInt
}

// count asks for the number behind an unknown integer: for the first unknown
// value it is computed from. It is 1, 2 or at most top.
func (m *machine) count(v value, top int64) outcome {
	if isLost(v) {
		return leaves
	}
	for isBound(v) {
		t, ok := v.(term)
		if !ok || t.b == nil || t.op == "index" {
			break
		}
		if isBound(t.a) {
			v = t.a
		} else {
			v = t.b
		}
	}
	m.ask = question{key: v, isSize: true}
	if one := (lit{int64(1)}); m.st.allows(v, one) {
		m.ask.answers = append(m.ask.answers, one)
	}
	for n := int64(2); n <= top; n++ {
		if many := (num{n, v}); m.st.allows(v, many) {
			m.ask.answers = append(m.ask.answers, many)
		}
	}
	if len(m.ask.answers) > 0 {
		return asks
	}
	if none := (lit{int64(0)}); m.st.allows(v, none) { // else nothing happening with empty input proves little
		m.ask.answers = append(m.ask.answers, none)
		return asks
	}
	return leaves
}

// allows reports whether no fact speaks against v being x.
func (s *state) allows(v, x value) bool {
	for _, f := range s.facts {
		t, ok := f.key.(term)
		if !ok || t.a != v && t.b != v {
			continue
		}
		a, b := t.a, t.b
		if a == v {
			a = x
		}
		if b == v {
			b = x
		}
		var now value
		switch t.op {
		case "==":
			now = equal(a, b)
		case "<":
			now = less(a, b)
		}
		if l, ok := now.(lit); ok && l != f.val {
			return false
		}
	}
	return true
}
