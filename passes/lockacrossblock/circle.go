package lockacrossblock

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds circles of two and three edges in the order of locks. That
// they can meet at the same time is a may.

// pair is an order between two classes of locks.
type pair struct{ first, second types.Object }

// orders are the edges of a package by their pairs of classes.
type orders struct {
	j       *judge
	pairs   []pair // as they are first seen
	edges   map[pair][]edge
	certain map[pair][]edge                 // those whose two objects certainly belong together
	next    map[types.Object][]types.Object // classes taken under a class
	done    map[pair]bool                   // reported

	together func(f, g *model.Func) bool // whether both may be run by one goroutine, out of view
}

// newOrders sorts the edges of a package.
func newOrders(j *judge, edges []edge) *orders {
	g := &orders{j: j, edges: make(map[pair][]edge), certain: make(map[pair][]edge), next: make(map[types.Object][]types.Object), done: make(map[pair]bool), together: j.areHandedTogether}
	for _, e := range edges {
		p := pair{e.first.Class, e.second}
		if len(g.edges[p]) == 0 {
			g.pairs = append(g.pairs, p)
			g.next[p.first] = append(g.next[p.first], p.second)
		}
		g.edges[p] = append(g.edges[p], e)
		if isCertain(e) {
			g.certain[p] = append(g.certain[p], e)
		}
	}
	return g
}

// isCertain reports whether one object of an edge is reached from the other, or
// both locks are package variables.
func isCertain(e edge) bool {
	return e.deep == nil && e.first.Place.Root == e.place.Root || isGlobal(e.first.Class) && isGlobal(e.second)
}

// isAlong reports whether the two objects of an edge are one, or reached from each
// other along fields.
func isAlong(e edge) bool {
	return e.first.Place.Root == e.place.Root && (e.deep == nil || e.deep.elem == nil) || isGlobal(e.first.Class) && isGlobal(e.second)
}

// meeting returns the first edges of two lists that can stop each other.
func (g *orders) meeting(as, bs []edge) (a, b edge, ok bool) {
	for _, a := range as {
		for _, b := range bs {
			if a.given && !b.isUnasked() || b.given && !a.isUnasked() || a.given && b.given {
				continue
			}
			if (a.deep == nil || isAlong(a) || isAlong(b)) && (b.deep == nil || isAlong(b) || isAlong(a)) && mayMeet(a, b) && conflicts(a, b) && conflicts(b, a) && !g.j.areGated(a, b) && !g.together(a.f, b.f) {
				return a, b, true
			}
		}
	}
	return edge{}, edge{}, false
}

// mayMeet reports whether two edges can be under way at the same time: they run
// in different functions, or in one that lets go of a lock and takes it back, of which one runs in another goroutine if it is about
// variables of one call, not both in one goroutine only, and no third lock keeps
// them apart.
func mayMeet(a, b edge) bool {
	if a.f == b.f && !a.again && !b.again || (isShared(a) || isShared(b)) && !runsBeside(a.f) && !runsBeside(b.f) {
		return false
	}
	if r := runner(a.f, maxRunner); r != nil && r == runner(b.f, maxRunner) {
		return false
	}
	for _, g := range a.gates {
		for _, h := range b.gates {
			if g.Class != nil && g.Class == h.Class && g.Class != a.first.Class && g.Class != b.first.Class {
				return false
			}
		}
	}
	return true
}

// areGated reports whether a third lock that one edge is made under is held by all
// callers of the other, so that both are never under way together.
func (j *judge) areGated(a, b edge) bool {
	return j.isGatedBy(a, b) || j.isGatedBy(b, a)
}

// isGatedBy reports whether all callers of b hold a lock that a is made under.
func (j *judge) isGatedBy(a, b edge) bool {
	return slices.ContainsFunc(a.gates, func(h lockset.Held) bool {
		return h.Class != nil && h.Class != a.first.Class && h.Class != b.first.Class && j.isUnder(b.f, b.at, h.Class, maxUnder)
	})
}

// conflicts reports whether a waits for the lock that b holds: not if both only
// read.
func conflicts(a, b edge) bool { return !(a.reading && b.first.Mode == lockset.Read) }

// maxRunner bounds the calls from a function to the goroutine that runs it.
const maxRunner = 4

// runner returns the one start of a goroutine that runs f, and nothing else does;
// nil if that is not clear.
func runner(f *model.Func, depth int) (only *model.Spawn) {
	if depth == 0 || f.IsExported() || f.EscapesAsValue() {
		return nil
	}
	if len(f.Started) == 1 && len(f.Callers) == 0 && f.Started[0].Loop == nil {
		return f.Started[0]
	}
	if len(f.Started) > 0 {
		return nil
	}
	for _, c := range f.Callers {
		r := runner(c.From, depth-1)
		if r == nil || only != nil && only != r {
			return nil
		}
		only = r
	}
	return only
}

// maxTried bounds the edges of a pair that are tried in circles of three.
const maxTried = 4

// circles returns one circle of edges for each three classes that have one and
// no shorter one. That three objects belong together is believed of fields and
// pointers only.
func (g *orders) circles() [][3]edge {
	var out [][3]edge
	for _, p := range g.pairs {
		for _, third := range g.next[p.second] {
			q, r := pair{p.second, third}, pair{third, p.first}
			if g.done[p] || g.done[q] || g.done[r] {
				continue
			}
			if c, ok := g.circle(g.certain[p], g.certain[q], g.certain[r]); ok {
				g.done[p], g.done[q], g.done[r] = true, true, true
				out = append(out, c)
			}
		}
	}
	return out
}

// circle returns edges of three lists that can stop each other.
func (g *orders) circle(as, bs, cs []edge) (c [3]edge, ok bool) {
	for _, a := range as[:min(len(as), maxTried)] {
		for _, b := range bs[:min(len(bs), maxTried)] {
			for _, c := range cs[:min(len(cs), maxTried)] {
				if mayMeet(a, b) && mayMeet(b, c) && mayMeet(a, c) && conflicts(a, b) && conflicts(b, c) && conflicts(c, a) {
					return [3]edge{a, b, c}, true
				}
			}
		}
	}
	return c, false
}

// addCycle reports two edges that run against each other, at the first, or at the
// one that stands in this package.
func (j *judge) addCycle(a, b edge) {
	if a.abroad != "" && b.abroad == "" {
		a, b = b, a
	}
	other := b.abroad
	if other == "" {
		other = b.f.Name()
	}
	name := a.name
	if name == a.first.Name && j.ownerName(a.second) != "" {
		name = j.ownerName(a.second) + "." + a.second.Name()
	}
	message := fmt.Sprintf("%s is locked under %s, but %s takes them the other way round (%s); agree on one order",
		name, a.first.Name, other, j.report.Where(a.pos, b.pos))
	j.note(report.Finding{
		Rule: lockOrder, Pos: a.pos, Message: clip(message, lockOrder),
		Related: append(steps(a), steps(b)...),
	})
}

// ownerName returns the type of this package that has a lock for a field, or "".
func (j *judge) ownerName(class types.Object) string {
	scope := j.Pass.Pkg.Scope()
	for _, name := range scope.Names() {
		st, ok := scope.Lookup(name).Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for v := range st.Fields() {
			if v == class {
				return name
			}
		}
	}
	return ""
}

// addCircleOf reports three edges that run in a circle, at the first.
func (j *judge) addCircleOf(c [3]edge) {
	message := fmt.Sprintf("%s is locked under %s, and %s and %s close the circle (%s); agree on one order",
		c[0].name, c[0].first.Name, c[1].f.Name(), c[2].f.Name(), j.report.Where(c[0].pos, c[2].pos))
	j.note(report.Finding{
		Rule: lockOrder, Pos: c[0].pos, Message: clip(message, lockOrder),
		Related: append(append(steps(c[0]), steps(c[1])...), steps(c[2])...),
	})
}

// steps explains an edge.
func steps(e edge) []analysis.RelatedInformation {
	if e.given {
		return []analysis.RelatedInformation{
			report.Step(e.pos, "%s is locked here", e.name),
			report.Step(e.first.Pos, "before %s, which others have locked, is given back", e.first.Name),
		}
	}
	if e.abroad != "" {
		return []analysis.RelatedInformation{report.Step(e.pos, "%s takes %s, and then %s", e.abroad, e.first.Name, e.name)}
	}
	return []analysis.RelatedInformation{
		report.Step(e.first.Pos, "%s is locked here", e.first.Name),
		report.Step(e.pos, "and then %s", e.name),
	}
}
