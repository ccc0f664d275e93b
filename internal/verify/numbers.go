package verify

import (
	"cmp"
	"slices"
)

// numbers numbers things that have a small integer as name in the order in
// which they are met. It is cleared in no time, as that happens for each state.
type numbers struct {
	round int32
	next  int
	at    []numbered
}

// numbered is the number that a thing got in some round.
type numbered struct{ round, n int32 }

// clear forgets all numbers and makes room for things below size.
func (t *numbers) clear(size int) {
	t.round++
	t.next = 0
	if len(t.at) < size {
		t.at = make([]numbered, 2*size)
	}
}

// has reports whether a thing has a number.
func (t *numbers) has(i int) bool { return t.at[i].round == t.round }

// of returns a thing's number; isNew says that it has been given only now.
func (t *numbers) of(i int) (n int, isNew bool) {
	if t.has(i) {
		return int(t.at[i].n), false
	}
	t.at[i] = numbered{t.round, int32(t.next)}
	t.next++
	return t.next - 1, true
}

// inOrder lists a state's goroutines, those that stand at the same place next to
// each other: which of several equal workers does what makes no difference. Where
// goroutines queue by number, the order stays.
func (c *checker) inOrder(s *state) []*gor {
	if len(s.gs) < 3 || c.conds {
		return s.gs
	}
	out := slices.DeleteFunc(slices.Clone(s.gs[1:]), func(g *gor) bool { return g == nil })
	slices.SortStableFunc(out, func(a, b *gor) int { return c.comparePlaces(a, b) })
	return append([]*gor{s.gs[0]}, out...)
}

// comparePlaces orders goroutines by where they stand.
func (c *checker) comparePlaces(a, b *gor) int {
	if d := cmp.Compare(len(a.stack), len(b.stack)); d != 0 {
		return d
	}
	for i, f := range a.stack {
		h := b.stack[i]
		if d := cmp.Or(cmp.Compare(f.code.id, h.code.id), cmp.Compare(f.block.Index, h.block.Index), cmp.Compare(f.pc, h.pc)); d != 0 {
			return d
		}
	}
	return 0
}
