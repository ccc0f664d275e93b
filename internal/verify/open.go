package verify

import "math"

// This file is numbers that stand for more than themselves. A loop with an
// unknown bound turns once or twice; the second turn stands for all later ones.
// So the bound 2 also means any larger number, the counter of the last turn any
// later one, and a comparison of either with a constant that two turns cannot
// reach has both answers. Open numbers are compared with each other as they
// are: the bounds of loops, buffers and groups that belong together stay equal.

// num is such a number, or a constant that no counter reaches.
type num struct {
	n  int64
	of value // the unknown number it was chosen for, later or written
}

// role is what a num is if it is chosen for nothing.
type role string

const (
	later   role = "later"   // the counter of a loop's last turn
	written role = "written" // a constant of the source beyond two turns
)

// reach is the largest constant that two turns of a loop tell apart.
const reach = 2

// number returns an integer constant of the source.
func number(n int64) value {
	if n > reach {
		return num{n, written}
	}
	return lit{n}
}

// isOpen reports whether v is a number that stands for all larger ones, too.
func isOpen(v value) bool {
	x, ok := v.(num)
	return ok && x.of != written
}

// isWritten reports whether v is a constant beyond two turns.
func isWritten(v value) bool {
	x, ok := v.(num)
	return ok && x.of == written
}

// origin returns what facts say of a number: they are about the unknown number
// it was chosen for.
func origin(v value) value {
	x, ok := v.(num)
	if !ok {
		return v
	}
	if _, ok := x.of.(role); ok {
		return x
	}
	return x.of
}

// isLater reports whether v is the counter of a loop's last turn.
func isLater(v value) bool {
	x, ok := v.(num)
	return ok && x.of == later
}

// result returns the number n that op made of a and b, or a term if it says
// nothing about larger ones.
func result(op string, a, b value, n int64) value {
	openA, openB := isOpen(a), isOpen(b)
	switch {
	case !openA && !openB:
		if isWritten(a) && isWritten(b) {
			return number(n)
		}
		return lit{n}
	case openA && openB && (op == "-" || op == "/"), openB && !openA && (op == "-" || op == "/"):
		return lit{n} // what one gains the other loses
	case openA && openB && op == "*" && (isLater(a) || isLater(b)):
		return term{op: op, a: a, b: b}
	}
	from := term{op: op, a: origin(a), b: origin(b)}
	if isLater(a) || isLater(b) || depthOf(from) > maxTerm {
		return num{n, later}
	}
	return num{n, from}
}

// isBound reports whether an unknown value may become a number: whether it is
// made of unknown ones.
func isBound(v value) bool {
	t, ok := v.(term)
	return isUnknown(v) && (!ok || t.b == nil || t.op == "index" || isBound(t.a) || isBound(t.b))
}

// compared returns a < b of two numbers.
func compared(a, b value, x, y int64) value {
	switch {
	case isOpen(a) && isWritten(b) && x < y:
	case isWritten(a) && isOpen(b) && x >= y:
	default:
		return lit{x < y}
	}
	return term{op: "<", a: origin(a), b: origin(b)}
}

// same returns a == b of two numbers.
func same(a, b value, x, y int64) value {
	if isOpen(b) && isWritten(a) {
		a, b, x, y = b, a, y, x
	}
	if isOpen(a) && isWritten(b) && x <= y {
		return term{op: "==", a: origin(a), b: b}
	}
	return lit{x == y}
}

// implied returns what earlier answers about an unknown number say about
// another comparison of it with a constant, or t.
func (s *state) implied(t term) value {
	x, c := t.a, t.b
	n, ok := intOf(c)
	if !ok || t.op == "<" && isWritten(x) {
		x, c = t.b, t.a
		n, ok = intOf(c)
	}
	if !ok || t.op != "<" && t.op != "==" {
		return t
	}
	low, high := s.limits(x)
	switch {
	case t.op == "==" && (n < low || n > high):
		return litFalse
	case t.op == "==" && low == high:
		return litTrue
	case t.op == "==":
	case c == t.b && high < n, c == t.a && low > n:
		return litTrue
	case c == t.b && low >= n, c == t.a && high <= n:
		return litFalse
	}
	return t
}

// limits returns the least and the largest value that an unknown number can
// have.
func (s *state) limits(x value) (low, high int64) {
	low, high = math.MinInt64, math.MaxInt64
	for _, f := range s.facts {
		if n, ok := intOf(f.val); ok && f.key == x {
			low = max(low, n)
		}
		t, ok := f.key.(term)
		if !ok || t.op != "<" {
			continue
		}
		n, right := intOf(t.b)
		m, left := intOf(t.a)
		switch yes := f.val == litTrue; {
		case right && yes && atMost(x, t.a):
			high = min(high, n-1)
		case right && !yes && atMost(t.a, x):
			low = max(low, n)
		case left && yes && atMost(t.b, x):
			low = max(low, m+1)
		case left && !yes && atMost(x, t.b):
			high = min(high, m)
		}
	}
	return low, high
}

// atMost reports whether an unknown number is certainly not larger than
// another.
func atMost(a, b value) bool {
	x, ok := a.(num)
	y, too := b.(num)
	return a == b || ok && too && x.of == later && y.of == later && x.n <= y.n
}
