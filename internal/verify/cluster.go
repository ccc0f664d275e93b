package verify

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds the cause among goroutines that are stuck together. X depends
// on Y if Y still holds the object that X waits on and Y's code has the
// operation that would let X go on. Who depends on nobody is a cause; so is one
// of each circle that depends on nobody outside.

// cause is one goroutine that explains a proof, with those in a circle with it.
type cause struct {
	g      int
	circle []int
}

// causes lists the causes of a proof.
func (s *search) causes(p *proof) []cause {
	reach := s.dependences(p)
	var out []cause
	done := make(map[int]bool)
	for i := range p.stuck {
		if done[i] {
			continue
		}
		circle := []int{}
		sink := true
		for j := range p.stuck {
			switch {
			case reach[i][j] && reach[j][i] && i != j:
				circle = append(circle, j)
			case reach[i][j] && !reach[j][i]:
				sink = false
			}
		}
		if !sink || s.dependsOnGone(p.st, p.st.gs[p.stuck[i]]) {
			continue
		}
		all := append([]int{i}, circle...)
		for _, j := range all {
			done[j] = true
		}
		out = append(out, p.lead(all))
	}
	return out
}

// dependences computes who depends on whom, transitively.
func (s *search) dependences(p *proof) [][]bool {
	n := len(p.stuck)
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
		for j := range reach[i] {
			reach[i][j] = i != j && s.depends(p.st, p.st.gs[p.stuck[i]], p.st.gs[p.stuck[j]])
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
			}
		}
	}
	return reach
}

// lead chooses whom of a circle to name: who waits for a group, then for a
// lock, then the root, then the first.
func (p *proof) lead(circle []int) cause {
	rank := func(i int) int {
		g := p.st.gs[p.stuck[i]]
		switch {
		case g.at.action == model.GroupWait:
			return 0
		case g.at.action == model.Lock || g.at.action == model.RLock:
			return 1
		case g.spawn == nil:
			return 2
		}
		return 3
	}
	best := slices.MinFunc(circle, func(a, b int) int { return rank(a) - rank(b) })
	c := cause{g: p.stuck[best]}
	for _, i := range circle {
		if i != best {
			c.circle = append(c.circle, p.stuck[i])
		}
	}
	return c
}

// ghost is a goroutine that was found stuck before and is out of the run.
type ghost struct {
	g    *gor
	seen map[int]bool // what it can reach
}

// bury takes a stuck goroutine out of the run.
func (s *state) bury(i int) {
	m := &marker{s: s, seen: make(map[int]bool)}
	m.gor(s.gs[i])
	s.gone = append(s.gone[:len(s.gone):len(s.gone)], &ghost{s.gs[i], m.seen})
	s.gs[i] = nil
}

// dependsOnGone reports whether a goroutine that was found stuck before could
// have let x go on: then x is one more consequence.
func (s *search) dependsOnGone(st *state, x *gor) bool {
	return slices.ContainsFunc(st.gone, func(y *ghost) bool {
		return slices.ContainsFunc(x.awaited(), func(i int) bool { return y.seen[i] }) && s.mayHelp(st, x, y.g, y.seen)
	})
}

// depends reports whether y could let x go on if it were not stuck itself.
func (s *search) depends(st *state, x, y *gor) bool {
	m := &marker{s: st, seen: make(map[int]bool)}
	m.gor(y)
	return m.awaits(x) && s.mayHelp(st, x, y, m.seen)
}

// mayHelp reports whether the code of y, which reaches some objects, has what
// would let x go on.
func (s *search) mayHelp(st *state, x, y *gor, seen map[int]bool) bool {
	if slices.ContainsFunc(x.awaited(), func(i int) bool { return seen[i] && (st.objs[i].isContext() || s.isOut(st.objs[i])) }) {
		return true // it holds the cancel function, or hands the channel to who knows whom
	}
	for _, f := range y.stack {
		if f.done != nil && x.at.action == model.GroupWait {
			return true
		}
		if f.code.model != nil && s.serves(f.code.model, x, make(map[*model.Func]bool)) {
			return true
		}
	}
	return false
}

// isOut reports whether code out of view may be given a channel.
func (s *search) isOut(o *object) bool {
	if o == nil {
		return false
	}
	mk, ok := o.site.(*ssa.MakeChan)
	return ok && s.pkg.ChanOf(mk).Out
}

// serves reports whether a function or a callee has an operation that x waits
// for.
func (s *search) serves(f *model.Func, x *gor, seen map[*model.Func]bool) bool {
	if seen[f] {
		return false
	}
	seen[f] = true
	for _, o := range f.Ops {
		if s.answers(o, x) {
			return true
		}
	}
	for _, c := range f.AllCalls() {
		if s.serves(c.To, x, seen) {
			return true
		}
	}
	for _, l := range f.Lits {
		if len(l.Started) == 0 && s.serves(l, x, seen) {
			return true
		}
	}
	return false
}

// answers reports whether an operation is what x waits for.
func (s *search) answers(o *model.Op, x *gor) bool {
	switch x.at.action {
	case model.GroupWait:
		return o.Action == model.GroupDone
	case model.Lock:
		return o.Action == model.Unlock || o.Action == model.RUnlock
	case model.RLock:
		return o.Action == model.Unlock
	case model.CondWait:
		return o.Action == model.CondWake
	}
	waits := x.op()
	if waits == nil {
		return false
	}
	for n, c := range x.intents() {
		if s.answersChan(o, c.action, chanOf(waits, n)) {
			return true
		}
	}
	return false
}

// chanOf returns the class of the channel of an operation's n-th case.
func chanOf(o *model.Op, n int) *model.Chan {
	if o.Action != model.SelectWait {
		return o.Chan
	}
	if n < len(o.Select.Cases) {
		return o.Select.Cases[n].Chan
	}
	return nil
}

// answersChan reports whether an operation lets a wait on the channel ch go on.
func (s *search) answersChan(o *model.Op, waiting model.Action, ch *model.Chan) bool {
	switch o.Action {
	case model.Recv, model.RangeRecv:
		return waiting == model.Send && o.Chan == ch
	case model.Send, model.Close:
		return waiting == model.Recv && o.Chan == ch
	case model.SelectWait:
		for _, k := range o.Select.Cases {
			if k.Chan == ch && (k.Dir == types.RecvOnly) == (waiting == model.Send) {
				return true
			}
		}
	}
	return false
}
