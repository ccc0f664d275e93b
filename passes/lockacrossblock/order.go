package lockacrossblock

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file reports two locks that are taken in both orders. The edges are
// certain: the first lock is held whenever the second is taken, here or first
// thing in a function that is called. That both edges meet in the same two
// objects is assumed where related.go sees what they have to do with each other.

// edge says that a lock is taken while another is held.
type edge struct {
	f       *model.Func
	first   lockset.Held
	second  types.Object
	place   model.Place
	name    string
	reading bool  // the second is taken for reading
	deep    *take // how the second is taken some calls down, nil if it is taken here or first thing in a call
	given   bool  // the first is held by whoever calls f, which gives it back
	again   bool  // the second was held before, and was let go of in between
	pos     token.Pos
	at      ssa.Instruction
	gates   []lockset.Held // everything that is held
	abroad  string         // the function of another package that takes both locks, or ""
}

// classSet is a set of lock classes.
type classSet map[types.Object]bool

// noteOrder records the edges of f.
func (j *judge) noteOrder(f *model.Func) {
	if j.IsTestFile(f.Syntax.Pos()) {
		return
	}
	for _, o := range f.Ops {
		class := j.classAt(o)
		if place, ok := j.locks.PlaceAt(o); ok && lockset.IsAcquire(o) && !o.Deferred && class != nil {
			v, _ := j.locks.FactAt(f, o.Instr, place)
			j.noteEdges(edge{f: f, second: class, place: place, name: lockset.LockName(o), reading: o.Action == model.RLock, again: v.Atoms.IsFree(), pos: o.Pos, at: o.Instr}, j.locks.HeldAt(f, o.Instr))
		}
	}
	for _, c := range f.AllCalls() {
		held := j.heldThrough(f, c)
		if len(held) == 0 {
			continue
		}
		for _, eff := range j.locks.SummaryAt(c).Effects {
			if place, name, ok := j.locks.Through(c, eff); ok && (eff.Always || eff.Retakes()) && eff.Class != nil {
				name = j.nameThrough(c, eff, name)
				j.noteEdges(edge{f: f, second: eff.Class, place: place, name: name, reading: eff.Reads(), again: eff.Retakes(), pos: c.Pos, at: c.Instr}, held)
			}
		}
	}
	j.noteDeep(f)
	j.noteGiven(f)
	for _, c := range j.locks.ForeignCalls(f) {
		held := j.locks.HeldAt(f, c.Instr)
		for _, l := range c.Locks {
			if l.Effect.Always {
				j.noteEdges(edge{f: f, second: l.Effect.Class, place: l.Place, name: l.Name, reading: l.Effect.Read, pos: c.Pos, at: c.Instr}, held)
			}
		}
		j.noteAbroad(f, c, held)
	}
}

// heldThrough returns the locks held at a call that the callee does not let go of.
func (j *judge) heldThrough(f *model.Func, c *model.Call) []lockset.Held {
	held := j.locks.HeldAt(f, c.Instr)
	if len(held) == 0 {
		return nil
	}
	effects := j.locks.SummaryAt(c).Effects
	return slices.DeleteFunc(held, func(h lockset.Held) bool {
		return slices.ContainsFunc(effects, func(eff lockset.Effect) bool { return eff.Class == h.Class && eff.LetsGo() })
	})
}

// noteAbroad records the edges between locks that a function of another package
// takes, and those from what is held here.
func (j *judge) noteAbroad(f *model.Func, c lockset.Foreign, held []lockset.Held) {
	for _, o := range c.Orders {
		first := lockset.Held{Place: o.First.Place, Class: o.First.Effect.Class, Name: o.First.Name, Pos: c.Pos}
		if o.First.Effect.Read {
			first.Mode = lockset.Read
		}
		e := edge{f: f, second: o.Second.Effect.Class, place: o.Second.Place, name: o.Second.Name, reading: o.Second.Effect.Read, pos: c.Pos, at: c.Instr}
		j.noteEdges(e, held)
		e.abroad = symbol.Of(c.Callee).Short()
		j.noteEdges(e, append(held[:len(held):len(held)], first))
	}
}

// nameThrough spells the lock of a method's receiver as the call spells it.
func (j *judge) nameThrough(c *model.Call, eff lockset.Effect, name string) string {
	call := j.CallSyntax(c.Instr)
	if call == nil || len(c.To.SSA.Params) == 0 || eff.Place.Root != c.To.SSA.Params[0] {
		return name
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || j.Pass.TypesInfo.Selections[sel] == nil || len(j.Pass.TypesInfo.Selections[sel].Index()) > 1 {
		return name
	}
	if x := types.ExprString(sel.X); len(x) <= maxSpelling {
		return x + eff.Place.Fields
	}
	return name
}

// maxSpelling bounds the expressions that a message repeats.
const maxSpelling = 30

// noteEdges records one edge from each lock that is held.
func (j *judge) noteEdges(e edge, held []lockset.Held) {
	if j.isPrivate(e.f, lockset.Held{Place: e.place}, e.at) {
		return
	}
	for _, h := range held {
		h.Class = j.classHeld(h)
		if h.Class == nil || h.Assumed || j.isPrivate(e.f, h, e.at) {
			continue
		}
		if h.Class == e.second {
			j.judgePair(e, h)
			continue
		}
		e.first, e.gates = h, held
		if isAlongFields(e) || j.isKept(e) {
			j.edges = append(j.edges, e)
		}
	}
}

// judgeOrder looks for pairs of edges that run against each other, and for three
// that run in a circle.
func (j *judge) judgeOrder() {
	g := newOrders(j, j.edges)
	for _, p := range g.pairs {
		back := pair{p.second, p.first}
		if g.done[p] || g.done[back] {
			continue
		}
		if a, b, ok := g.meeting(g.edges[p], g.edges[back]); ok {
			g.done[p], g.done[back] = true, true
			if a.deep != nil && a.deep.root == nil {
				a, b = b, a // whose objects are easier to see
			}
			j.addCycle(a, b)
		}
	}
	for _, c := range g.circles() {
		j.addCircleOf(c)
	}
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
	for _, c := range f.AllCalls() {
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
	j.note(report.Finding{
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
