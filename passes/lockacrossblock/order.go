package lockacrossblock

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file reports two locks that are taken in both orders. The edges are
// certain: the first lock is held whenever the second is taken, here or first
// thing in a function that is called. That both edges meet in the same two
// objects is not certain for fields, so both must be fields of one object on
// each side, or lie on a path from one to the other, or be package variables.

// edge says that a lock is taken while another is held.
type edge struct {
	f       *model.Func
	first   lockset.Held
	second  types.Object
	place   model.Place
	name    string
	reading bool // the second is taken for reading
	pos     token.Pos
	at      ssa.Instruction
	gates   []lockset.Held // everything that is held
}

// classSet is a set of lock classes.
type classSet map[types.Object]bool

// noteOrder records the edges of f.
func (j *judge) noteOrder(f *model.Func) {
	if j.IsTestFile(f.Syntax.Pos()) {
		return
	}
	for _, o := range f.Ops {
		if place, ok := j.locks.PlaceAt(o); ok && lockset.IsAcquire(o) && !o.Deferred && o.Class != nil {
			j.noteEdges(edge{f: f, second: o.Class, place: place, name: lockset.LockName(o), reading: o.Action == model.RLock, pos: o.Pos, at: o.Instr}, j.locks.HeldAt(f, o.Instr))
		}
	}
	for _, c := range f.Calls {
		if c.Deferred {
			continue
		}
		held := j.locks.HeldAt(f, c.Instr)
		if len(held) == 0 {
			continue
		}
		for _, eff := range j.locks.SummaryOf(c.To).Effects {
			if place, name, ok := j.locks.Through(c, eff); ok && eff.First && eff.Class != nil {
				j.noteEdges(edge{f: f, second: eff.Class, place: place, name: name, reading: eff.Read, pos: c.Pos, at: c.Instr}, held)
			}
		}
	}
}

// noteEdges records one edge from each lock that is held.
func (j *judge) noteEdges(e edge, held []lockset.Held) {
	if j.isPrivate(e.f, lockset.Held{Place: e.place}, e.at) {
		return
	}
	for _, h := range held {
		if h.Class == nil || h.Assumed || j.isPrivate(e.f, h, e.at) {
			continue
		}
		if h.Class == e.second {
			j.judgePair(e, h)
			continue
		}
		e.first, e.gates = h, held
		if isRelated(e) {
			j.edges = append(j.edges, e)
		}
	}
}

// isRelated reports whether it is clear which two objects an edge is about.
func isRelated(e edge) bool {
	return isGlobal(e.first.Class) || isGlobal(e.second) || e.first.Place.Root == e.place.Root || isParam(e.first.Place) && isParam(e.place)
}

// isParam reports whether a place starts at a parameter.
func isParam(p model.Place) bool { _, ok := p.Root.(*ssa.Parameter); return ok }

// isGlobal reports whether a lock is a package-level variable.
func isGlobal(o types.Object) bool {
	return o.Pkg() != nil && o.Parent() == o.Pkg().Scope()
}

// judgeOrder looks for pairs of edges that run against each other.
func (j *judge) judgeOrder() {
	type pair struct{ first, second types.Object }
	byPair := make(map[pair][]edge)
	for _, e := range j.edges {
		byPair[pair{e.first.Class, e.second}] = append(byPair[pair{e.first.Class, e.second}], e)
	}
	done := make(map[pair]bool)
	for _, e := range j.edges {
		key, back := pair{e.first.Class, e.second}, pair{e.second, e.first.Class}
		if done[key] || done[back] {
			continue
		}
		for _, other := range byPair[back] {
			if mayMeet(e, other) {
				done[key] = true
				j.addCycle(e, other)
				break
			}
		}
	}
}

// mayMeet reports whether two edges can stop each other: they conflict on both
// locks, run in different functions, and no third lock keeps them apart.
func mayMeet(a, b edge) bool {
	if a.f == b.f || a.first.Mode == lockset.Read && b.reading || b.first.Mode == lockset.Read && a.reading {
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

// addCycle reports two edges that run against each other, at the first.
func (j *judge) addCycle(a, b edge) {
	message := fmt.Sprintf("%s is locked under %s, but %s takes them the other way round (%s); agree on one order",
		a.name, a.first.Name, b.f.Name(), j.report.Where(a.pos, b.pos))
	j.report.Add(report.Finding{
		Rule: lockOrder, Pos: a.pos, Message: clip(message, lockOrder),
		Related: []analysis.RelatedInformation{
			report.Step(a.first.Pos, "%s is locked here", a.first.Name),
			report.Step(a.pos, "and then %s", a.name),
			report.Step(b.first.Pos, "%s is locked here", b.first.Name),
			report.Step(b.pos, "and then %s", b.name),
		},
	})
}

// mayTouch returns the classes of all locks that a call of f may take or
// release, through calls within the package.
func (j *judge) mayTouch(f *model.Func) classSet {
	if set, ok := j.taken[f]; ok {
		return set
	}
	set := make(classSet)
	j.taken[f] = set
	for _, o := range f.Ops {
		if lockset.IsLockOp(o) && o.Class != nil {
			set[o.Class] = true
		}
	}
	for _, c := range f.Calls {
		for class := range j.mayTouch(c.To) {
			set[class] = true
		}
	}
	return set
}

// judgePair reports, at level strict, two objects of one type that are locked in
// the order in which they are handed in: two calls with the arguments swapped
// stop each other. A comparison of the two sides settles the order.
func (j *judge) judgePair(e edge, h lockset.Held) {
	a, isParam := h.Place.Root.(*ssa.Parameter)
	b, areParams := e.place.Root.(*ssa.Parameter)
	if !isParam || !areParams || a == b || h.Place.Fields != e.place.Fields || !types.Identical(a.Type(), b.Type()) || compares(e.f) {
		return
	}
	j.report.Add(report.Finding{
		Rule: lockOrder, Pos: e.pos, Strict: true,
		Message: clip(fmt.Sprintf("%s is locked under %s in the order of the arguments (locked %s); compare them first", e.name, h.Name, j.report.Where(e.pos, h.Pos)), lockOrder),
		Related: []analysis.RelatedInformation{report.Step(h.Pos, "%s is locked here", h.Name)},
	})
}

// compares reports whether a function orders anything.
func compares(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if bin, ok := instr.(*ssa.BinOp); ok && (bin.Op == token.LSS || bin.Op == token.GTR || bin.Op == token.LEQ || bin.Op == token.GEQ) {
				return true
			}
		}
	}
	return false
}
