package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
)

// This file judges unbounded-queue: a field or package variable that several
// goroutines use as a first-in, first-out queue. May: that anything compares a
// length, drops elements or makes the pusher wait is taken for a bound. Knowingly
// missed: queues behind pointers, in local variables, and those that are taken
// over as a whole.

// queue is a field or variable with what is done to its elements.
type queue struct {
	v      *types.Var
	owner  string            // the struct's name, "" for a package variable
	grows  []*touch          // appends, pushes, entries
	pops   []*touch          // removals of the first element
	shifts []*touch          // copies of the rest to the front: pops if the end is cut off
	drops  map[ast.Node]bool // functions that remove or cut in any way
	cuts   map[ast.Node]bool // functions that cut off an end
	asks   map[ast.Node]bool // functions that use its length other than for emptiness

	home     *ast.GenDecl // that declares it
	fresh    []*touch     // where a function starts it afresh
	measured bool         // its length is handed to a gauge
}

// touch is one change to a queue.
type touch struct {
	at   ast.Node
	fn   ast.Node // innermost function
	decl *ast.FuncDecl
}

// judgeQueues looks for queues among the fields of synchronised structs and the
// variables of synchronised packages.
func (j *judge) judgeQueues() {
	r := j.readQueues()
	for _, q := range r.list {
		if grow, pop := j.unboundedQueue(q); grow != nil {
			j.reportQueue(q, grow, pop)
		}
	}
}

// reportQueue names both sites of a queue that nothing bounds.
func (j *judge) reportQueue(q *queue, grow, pop *touch) {
	j.add(report.Finding{
		Rule:    "unbounded-queue",
		Pos:     grow.at.Pos(),
		Strict:  j.isIntended(q, grow),
		Message: j.queueMessage(q, grow, pop),
		Related: []analysis.RelatedInformation{
			report.Step(q.v.Pos(), "the queue is declared here"),
			report.Step(pop.at.Pos(), "its first element is taken here"),
		},
		Defect: q.v,
	})
}

// queueMessage says what grows and who takes from it. Where the pop is, which
// the steps say as well, is left out if the message would get too long.
func (j *judge) queueMessage(q *queue, grow, pop *touch) string {
	name := q.v.Name()
	if q.owner != "" {
		name = q.owner + "." + name
	}
	where := ", " + j.report.Where(grow.at.Pos(), pop.at.Pos())
	full := "%s grows in %s and is popped in %s%s, and nothing bounds it; compare its length and wait or drop"
	if m := fmt.Sprintf(full, name, grow.name(), pop.name(), where); len(m)+len(" (unbounded-queue)") <= report.MaxMessage {
		return m
	}
	return fmt.Sprintf("%s grows in %s and is popped in %s, and nothing bounds it; compare its length", name, grow.name(), pop.name())
}

// name returns the name of the declared function around a change.
func (t *touch) name() string {
	if t.decl == nil {
		return "a literal"
	}
	return t.decl.Name.Name
}

// unboundedQueue returns a growth site and a pop site of a queue that nothing
// bounds, or nil.
func (j *judge) unboundedQueue(q *queue) (grow, pop *touch) {
	if len(q.pops) == 0 || strings.HasPrefix(q.owner, "Unbounded") || q.isNamedFree() { // said by its name
		return nil, nil
	}
	if j.isWorkList(q) || slices.ContainsFunc(q.pops, func(p *touch) bool { return j.isFreeList(q, p) }) {
		return nil, nil
	}
	j.addAccessors(q)
	for _, g := range q.grows {
		if j.boundsGrowth(q, g) || j.holdsEachOnce(g) {
			return nil, nil
		}
	}
	for _, g := range q.grows {
		for _, p := range q.pops {
			if p.fn != g.fn && !q.rotates(p) && !q.isOfBatch(p) && (pop == nil || isClosing(pop) && !isClosing(p)) {
				grow, pop = g, p
			}
		}
	}
	return grow, pop
}

// isClosing reports whether a function is named for the end, at which it empties
// what others use.
func isClosing(t *touch) bool { return t.decl != nil && closingName.MatchString(t.decl.Name.Name) }

// closingName matches the names of such functions.
var closingName = pattern.New(`^(?i)(stop|close|shutdown|drain|reset|clear)`)

// rotates reports whether the function of a pop also puts back: then it goes
// round a list rather than through a queue.
func (q *queue) rotates(pop *touch) bool {
	return slices.ContainsFunc(q.grows, func(g *touch) bool { return g.fn == pop.fn })
}

// isOfBatch reports whether the function of a pop has put an empty queue in place
// before: then it works on a batch of its own.
func (q *queue) isOfBatch(pop *touch) bool {
	return slices.ContainsFunc(q.fresh, func(f *touch) bool { return f.fn == pop.fn && f.at.Pos() < pop.at.Pos() })
}

// boundsGrowth reports whether a function that makes the queue grow also limits
// it, by itself or by what it calls or is called by.
func (j *judge) boundsGrowth(q *queue, g *touch) bool {
	f := j.funcAt(g.fn)
	switch {
	case q.drops[g.fn] || q.asks[g.fn]:
		return true
	case f == nil:
		return false
	case j.waitsFor(f) || j.comparesRoom(f):
		return true
	}
	for _, c := range f.Calls {
		if q.drops[c.To.Syntax] || q.asks[c.To.Syntax] {
			return true
		}
	}
	for _, via := range forwarders(f) {
		for _, c := range via.Callers {
			if q.asks[c.From.Syntax] || q.drops[c.From.Syntax] || j.comparesRoom(c.From) || j.asksAround(q, c.From) {
				return true
			}
		}
	}
	return false
}

// asksAround reports whether a caller of the growth asks another function for
// the length.
func (j *judge) asksAround(q *queue, f *model.Func) bool {
	for _, c := range f.Calls {
		if q.asks[c.To.Syntax] {
			return true
		}
	}
	return false
}

// waitsFor reports whether f waits for room, or for an answer: then each
// goroutine has at most one element in the queue.
func (j *judge) waitsFor(f *model.Func) bool {
	for _, o := range f.Ops {
		switch o.Action {
		case model.CondWait, model.Recv, model.RangeRecv:
			return true
		case model.SelectWait:
			if o.Wait.Waits() && !isEventLoop(o.Select) {
				return true
			}
		case model.Send:
			if hasRoom(o.Chan) && o.Chan.IsSemaphore() {
				return true
			}
		}
	}
	for _, call := range callsIn(f.Body) {
		if limiterName.MatchString(types.ExprString(call.Fun)) {
			return true
		}
	}
	return false
}

// isEventLoop reports whether a select is the head of a loop that takes events:
// it waits for more to queue, not for room.
func isEventLoop(s *model.Select) bool { return s.Loop() != nil && s.HasCase(model.Work) }

// comparesRoom reports whether f compares something counted, or two variable
// numbers, by order.
func (j *judge) comparesRoom(f *model.Func) (found bool) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && isOrdered(cmp.Op) && isInteger(j.TypeOf(cmp.X)) {
			found = found || j.isCount(cmp.X) && !isEmptiness(j, cmp) || !j.isConst(cmp.X) && !j.isConst(cmp.Y) && f.LoopAt(cmp.Pos()) == nil
		}
		return !found
	})
	return found
}

// callsIn lists the calls in a body, literals excluded.
func callsIn(body *ast.BlockStmt) (list []*ast.CallExpr) {
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			list = append(list, call)
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return list
}

// funcAt returns the model of a function's syntax, or nil.
func (j *judge) funcAt(n ast.Node) *model.Func { return j.bySyntax[n] }

// isInteger reports whether t is an integer type.
func isInteger(t types.Type) bool {
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}
