package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file finds locks that a function takes and leaves held on one way out,
// while on another way, or at the end of a turn of the loop that takes them, it
// gives them back. Both are certain along their paths.

// Left is a lock that a return leaves held and another way does not.
type Left struct {
	Held   Held
	Return *ssa.Return     // leaves it held, for certain if From is nil
	From   *ssa.BasicBlock // the end of the path that leaves it held, if other paths to Return do not
	Other  *ssa.Return     // comes after it was unlocked, or nil
	Always bool            // no return gives it back: only the next turn of a loop finds it free
}

// LeftHeld returns the locks of f that f itself took and that are certainly
// held at one way out, certainly unlocked on another way.
func (ix *Index) LeftHeld(f *model.Func) []Left {
	sol := ix.SolutionOf(f)
	if sol.flow == nil {
		return nil
	}
	return sol.allLeft()
}

// allLeft looks at all locks of a function.
func (sol *Solution) allLeft() []Left {
	ends := sol.ends()
	onPaths := sol.leftOnPaths()
	var out []Left
	for n, id := range sol.pl.locks {
		if n < len(sol.entry) && !id.loose && isStable(id) {
			out = append(out, sol.leftHeld(n, ends, onPaths[n])...)
		}
	}
	return out
}

// end is a return and what is known there.
type end struct {
	ret *ssa.Return
	st  []Fact
}

// ends returns the returns of the function with what is known there.
func (sol *Solution) ends() (out []end) {
	sol.Returns(func(ret *ssa.Return, st []Fact) {
		if !givesUp(ret.Block()) {
			out = append(out, end{ret, st})
		}
	})
	return out
}

// isStable reports whether a lock is named by a place, or by one SSA value that
// stays the same until it is computed anew.
func isStable(id lockID) bool {
	_, isPhi := id.place.Root.(*ssa.Phi)
	return !id.weak || !isPhi
}

// leftHeld looks at all ways on which lock n leaves the function. What a deferred
// literal takes does not count.
func (sol *Solution) leftHeld(n int, ends []end, left []Left) []Left {
	var other *ssa.Return
	always := true
	for _, e := range ends {
		v := e.st[n]
		if v.By != nil && v.By.Obj == nil {
			continue
		}
		always = always && v.Atoms.IsHeldHere()
		switch {
		case v.Atoms.every(free):
			other = e.ret
		case v.Atoms.IsHeldHere():
			left = append(left, Left{Held: sol.held(n, v), Return: e.ret})
		}
	}
	var out []Left
	for _, l := range left {
		if other == nil && !sol.isGivenBack(n, l) {
			continue
		}
		l.Other, l.Always = other, always
		out = append(out, l)
	}
	return out
}

// leftOnPaths looks, for each lock, for edges on which it is certainly held, that
// join paths on which it is not, and behind which nothing touches it any more.
func (sol *Solution) leftOnPaths() map[int][]Left {
	out := make(map[int][]Left)
	for _, p := range sol.pl.f.SSA.Blocks {
		in, ok := sol.flow.In(p)
		if !ok || p == sol.pl.f.SSA.Recover || givesUp(p) {
			continue
		}
		st := sol.block(p, in)
		for _, q := range p.Succs {
			if at, ok := sol.flow.In(q); ok && len(q.Preds) > 1 && !sol.given.excludes(p, q) {
				sol.addLeft(out, p, q, sol.edge(p, q, st), at)
			}
		}
	}
	return out
}

// addLeft looks at one edge: what is known on it, and where it leads.
func (sol *Solution) addLeft(out map[int][]Left, p, q *ssa.BasicBlock, on, at []Fact) {
	for n, v := range on {
		if !v.Atoms.IsHeldHere() || !v.Atoms.do(doExit).IsHeldHere() || at[n].Atoms.IsHeld() || !at[n].Atoms.some(free) {
			continue
		}
		if ret := sol.untouchedReturn(q, n); ret != nil {
			out[n] = append(out[n], Left{Held: sol.held(n, v), Return: ret, From: p})
		}
	}
}

// fatal matches names of functions that do not come back, by all convention.
var fatal = pattern.New(`^(Must)?(Fatal|Panic|FailNow|Exit|Goexit|Skip)`)

// givesUp reports whether a block calls something that is named for not coming
// back, such as a test's Fatal behind an interface.
func givesUp(b *ssa.BasicBlock) bool {
	for _, instr := range b.Instrs {
		if i, ok := instr.(*ssa.Call); ok && i.Call.IsInvoke() && fatal.MatchString(i.Call.Method.Name()) {
			return true
		}
	}
	return false
}

// untouchedReturn returns a return behind q, or nil if anything that can be
// reached from q concerns lock n.
func (sol *Solution) untouchedReturn(q *ssa.BasicBlock, n int) (ret *ssa.Return) {
	seen := map[*ssa.BasicBlock]bool{q: true}
	work := []*ssa.BasicBlock{q}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if sol.mayTouch(b, n) {
			return nil
		}
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && (ret == nil || r.Pos() < ret.Pos()) {
			ret = r
		}
		for _, s := range b.Succs {
			if !seen[s] {
				seen[s] = true
				work = append(work, s)
			}
		}
	}
	return ret
}

// mayTouch reports whether anything in b concerns lock n, or unlocks one that may
// be the same under another name.
func (sol *Solution) mayTouch(b *ssa.BasicBlock, n int) bool {
	if sol.firstOn(b, n) != nil {
		return true
	}
	class := sol.pl.locks[n].class
	for _, e := range sol.pl.events[b] {
		if e.kind == onLock && e.act == doUnlock && sol.pl.locks[e.lock].class == class {
			return true
		}
		for _, p := range e.effects {
			if p.class == class && p.effect.Out.MayBeReleased() {
				return true
			}
		}
	}
	return false
}

// isGivenBack reports whether what took lock n, where l says so, finds it free
// again after an unlock: the loop around it unlocks it by the end of a turn.
// Behind l.From other paths come with the lock free, which says the same.
func (sol *Solution) isGivenBack(n int, l Left) bool {
	if l.From != nil {
		return true
	}
	for b, events := range sol.pl.events {
		for _, e := range events {
			if e.pos != l.Held.Pos || !takes(e, n) || !sol.pl.f.Reaches(b, b) {
				continue
			}
			if st, ok := sol.before(e.instr); ok && st[n].Atoms.some(free) {
				return true
			}
		}
	}
	return false
}

// takes reports whether an event takes lock n.
func takes(e event, n int) bool {
	if e.kind == onLock {
		return e.lock == n && (e.act == doLock || e.act == doRLock)
	}
	for _, p := range e.effects {
		if e.kind == onCall && p.lock == n && p.effect.Out.some(lockedW, lockedR) {
			return true
		}
	}
	return false
}

// NeverGivenBack returns the locks that f takes itself and that are certainly held
// at all its returns, one return with each.
func (ix *Index) NeverGivenBack(f *model.Func) (out []Left) {
	sol := ix.SolutionOf(f)
	if sol.flow == nil {
		return nil
	}
	ends := sol.ends()
	for n, id := range sol.pl.locks {
		if n >= len(sol.entry) || id.loose || !isStable(id) || len(ends) == 0 {
			continue
		}
		always := true
		for _, e := range ends {
			always = always && e.st[n].Atoms.IsHeldHere() && e.st[n].By == nil
		}
		if always {
			out = append(out, Left{Held: sol.held(n, ends[0].st[n]), Return: ends[0].ret, Always: true})
		}
	}
	return out
}
