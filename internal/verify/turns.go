package verify

import (
	"go/token"
	"math"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// This file looks at the counters of loops whose bound is unknown: which turn
// begins, and whether somebody else may act on the counter's value.

// turns notes that a loop with an unknown bound turns once more: from the
// second turn on its counter stands for all later ones.
func (m *machine) turns(f *frame, i *ssa.BinOp, a, b value) {
	counter, at, bound := i.X, a, b
	if i.Op == token.GTR || i.Op == token.GEQ {
		counter, at, bound = i.Y, b, a
	}
	n, ok := intOf(at)
	if !ok || isOpen(at) || !isOpen(bound) || isLater(bound) || n <= first(counter) || !f.code.isLoopTest(f.block) {
		return
	}
	if m.st.known(f.get(i)) != litTrue {
		return
	}
	f.set(counter, num{n, later})
	if c, ok := counter.(*ssa.UnOp); ok && c.Op == token.MUL {
		m.store(m.val(f, c.X), num{n, later})
	}
}

// first returns the value with which a counter starts, as far as it is seen.
func first(v ssa.Value) int64 {
	switch v := v.(type) {
	case *ssa.Phi:
		for _, e := range v.Edges {
			if c, ok := e.(*ssa.Const); ok && c.Value != nil {
				return toInt(constValue(c))
			}
		}
		return 1
	case *ssa.BinOp: // the sum that a phi gets
		for _, u := range *v.Referrers() {
			if phi, ok := u.(*ssa.Phi); ok {
				return first(phi)
			}
		}
		return math.MaxInt64
	case *ssa.UnOp:
		return 1
	}
	return math.MaxInt64
}

// isSent reports whether a counter is sent on a channel, alone or in a struct.
func isSent(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 4 {
		return false
	}
	for _, u := range *v.Referrers() {
		sent := false
		switch u := u.(type) {
		case *ssa.Send:
			sent = u.X == v
		case *ssa.Select:
			sent = slices.ContainsFunc(u.States, func(s *ssa.SelectState) bool { return s.Send == v })
		case *ssa.Phi, *ssa.MakeInterface:
			sent = isSent(u.(ssa.Value), depth+1)
		case *ssa.UnOp:
			sent = u.Op == token.MUL && isSent(u, depth+1)
		case *ssa.BinOp:
			sent = u.Op == token.ADD && isSent(u, depth+1)
		case *ssa.Store:
			sent = u.Val == v && isSent(variableOf(u.Addr), depth+1)
		}
		if sent {
			return true
		}
	}
	return false
}

// counterOf returns the counter of a range over an integer for the zero with
// which it starts, else v.
func counterOf(f *frame, v ssa.Value) ssa.Value {
	if _, ok := v.(*ssa.Const); !ok || len(f.block.Succs) == 0 {
		return v
	}
	if phi, ok := f.block.Succs[0].Instrs[0].(*ssa.Phi); ok && phi.Comment == "rangeint.iter" {
		return phi
	}
	return v
}

// variableOf returns the variable that an address is a part of.
func variableOf(addr ssa.Value) ssa.Value {
	if f, ok := addr.(*ssa.FieldAddr); ok {
		return variableOf(f.X)
	}
	return addr
}

// isLoopTest reports whether a block is part of a loop.
func (k *code) isLoopTest(b *ssa.BasicBlock) bool {
	if k.loops == nil {
		k.loops = make(map[*ssa.BasicBlock]bool)
	}
	in, ok := k.loops[b]
	if !ok {
		for _, x := range between(b, nil) {
			in = in || x == b
		}
		k.loops[b] = in
	}
	return in
}

// isReceived reports whether a register holds what came out of a channel: it
// counts nothing here, whatever counted at the sender.
func isReceived(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return v.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Extract:
		return isReceived(v.Tuple)
	case *ssa.Field:
		return isReceived(v.X)
	}
	return false
}
