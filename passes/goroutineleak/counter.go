package goroutineleak

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// The model checker follows a group through whole runs, which needs every use in
// view of one function. This file looks at one function at a time, which is
// enough for groups kept in structs: a goroutine that calls Done on some path and
// returns on another, and an Add behind which the function may return without
// having started its goroutine. Must: the group never leaves the package, and
// every Done is accounted for by a goroutine that was counted. Missed: goroutines
// that are handed the duty by a channel, and panics.

// judgeCounters reports counters that stay above zero.
func (j *judge) judgeCounters() {
	for _, g := range j.Groups {
		if g.In || g.Out || len(g.Waits) == 0 || j.isProved(g) {
			continue
		}
		c := &counter{j: j, group: g}
		if !c.read() {
			continue
		}
		for _, s := range c.spawns {
			c.judgeBody(s)
		}
		for _, o := range g.Adds {
			c.judgeAdd(o)
		}
	}
}

// isProved reports whether the model checker has shown that the group's Wait
// never returns.
func (j *judge) isProved(g *model.Group) bool {
	return slices.ContainsFunc(j.proofs.Stuck, func(st *verify.Stuck) bool {
		return st.Kind == verify.GroupNeverDone && slices.Contains(g.Waits, st.Op)
	})
}

// counter is one group whose goroutines are started beside an Add.
type counter struct {
	j      *judge
	group  *model.Group
	dones  []*model.Op
	spawns []*model.Spawn // the goroutines that were counted where they are started
	told   map[*model.Func]bool
}

// read lists the group's goroutines; it fails if a Done may belong to anything
// else, or cannot be told from an Add.
func (c *counter) read() bool {
	c.dones = slices.Clone(c.group.Dones)
	for _, o := range c.group.Adds {
		n, ok := added(o)
		switch {
		case !ok:
		case n < 0:
			c.dones = append(c.dones, o)
		}
		if !ok && !isCountOf(o) {
			return false
		}
	}
	for _, s := range c.j.Spawns {
		if s.Kind == model.GoStmt && s.Body != nil && c.isCounted(s) && c.leadsToDone(s.Body) {
			c.spawns = append(c.spawns, s)
		}
	}
	return len(c.spawns) > 0 && !slices.ContainsFunc(c.dones, c.isStray)
}

// added returns the constant that an Add adds.
func added(o *model.Op) (int64, bool) {
	args := o.Instr.(ssa.CallInstruction).Common().Args
	if len(args) != 2 {
		return 0, false
	}
	k, ok := args[1].(*ssa.Const)
	if !ok || k.Value == nil {
		return 0, false
	}
	return constant.Int64Val(constant.ToInt(k.Value))
}

// isCountOf reports whether an Add adds a length or a number that is no
// difference: such an Add counts goroutines and takes nothing back.
func isCountOf(o *model.Op) bool {
	switch v := o.Instr.(ssa.CallInstruction).Common().Args[1].(type) {
	case *ssa.UnOp:
		return v.Op != token.SUB
	case *ssa.BinOp:
		return v.Op != token.SUB
	}
	return true
}

// isCounted reports whether an Add always comes before the go statement in the
// same function.
func (c *counter) isCounted(s *model.Spawn) bool {
	return slices.ContainsFunc(c.group.Adds, func(o *model.Op) bool {
		return o.Func == s.Func && model.Before(o.Instr, s.Instr)
	})
}

// leadsToDone reports whether running f calls Done, itself or by way of what it
// calls, or may hand somebody a literal that does.
func (c *counter) leadsToDone(f *model.Func) bool {
	if f == nil {
		return false
	}
	return slices.ContainsFunc(c.j.taskOf(f).near, func(g *model.Func) bool {
		return slices.ContainsFunc(c.dones, func(o *model.Op) bool { return o.Func == g })
	})
}

// isStray reports whether a Done may account for something else than the
// goroutine that calls it.
func (c *counter) isStray(o *model.Op) bool {
	for _, s := range c.spawns {
		if s.Func == o.Func {
			return false // undoes an Add of its own
		}
		if slices.Contains(c.j.taskOf(s.Body).near, o.Func) {
			return o.Func.Reaches(o.Block(), o.Block()) // one for each turn of a worker
		}
	}
	return true
}

// points lists the instructions of f behind which Done is called, or left to
// somebody else.
func (c *counter) points(f *model.Func) map[ssa.Instruction]bool {
	points := make(map[ssa.Instruction]bool)
	for _, o := range c.dones {
		if o.Func == f {
			points[o.Instr] = true
		}
	}
	for _, call := range f.Calls {
		if c.leadsToDone(call.To) || slices.ContainsFunc(c.j.taskOf(call.To).near, c.startsDone) {
			points[call.Instr] = true
		}
	}
	for _, s := range f.Spawns {
		if c.leadsToDone(s.Body) {
			points[s.Instr] = true
		}
	}
	instrs(f, func(i ssa.Instruction) {
		for _, operand := range i.Operands(nil) {
			if fn, ok := (*operand).(*ssa.Function); ok {
				if g := c.j.FuncOf(fn); g != nil && g.EscapesAsValue() && c.leadsToDone(g) {
					points[i] = true
				}
			}
		}
	})
	return points
}

// startsDone reports whether f starts a goroutine that calls Done.
func (c *counter) startsDone(f *model.Func) bool {
	return slices.ContainsFunc(f.Spawns, func(s *model.Spawn) bool { return c.leadsToDone(s.Body) })
}

// judgeBody reports a goroutine that returns without Done on some path.
func (c *counter) judgeBody(s *model.Spawn) {
	f := s.Body
	if c.told[f] || len(f.Callers) > 0 || f.EscapesAsValue() || !c.areCounted(f) {
		return
	}
	points := c.points(f)
	if len(points) == 0 || isRepeatedIn(f, points) {
		return
	}
	ret := returnsWithout(f, points, c.absent(f))
	if ret == nil || c.j.isStated(s) {
		return
	}
	if c.told == nil {
		c.told = make(map[*model.Func]bool)
	}
	c.told[f] = true
	c.addBody(s, retPos(f, ret), firstOf(points))
}

// absent lists the branches of f on which it was given no group: who counts is
// asked for.
func (c *counter) absent(f *model.Func) map[edge]bool {
	isGroup := func(v ssa.Value) bool {
		return v != nil && slices.ContainsFunc(c.dones, func(o *model.Op) bool { return types.Identical(v.Type(), o.Value.Type()) })
	}
	return nilEdges(f, isGroup)
}

// areCounted reports whether each start of f is counted.
func (c *counter) areCounted(f *model.Func) bool {
	return !slices.ContainsFunc(f.Started, func(s *model.Spawn) bool { return !slices.Contains(c.spawns, s) })
}

// addBody reports the return that misses Done.
func (c *counter) addBody(s *model.Spawn, at token.Pos, done ssa.Instruction) {
	name, wait := c.dones[0].Name(), c.group.Waits[0]
	pos := callPos(c.j.Package, done)
	c.j.report.Add(report.Finding{
		Rule:    "group-never-done",
		Pos:     at,
		Message: fit("this return skips " + name + ".Done (" + where(c.j.report.Where(at, pos)) + "), so " + wait.Name() + ".Wait never returns; defer Done"),
		Related: []analysis.RelatedInformation{
			report.Step(s.Pos, "the goroutine is started here, behind Add"),
			report.Step(pos, "other paths call Done"),
			report.Step(wait.Pos, "this waits for ever"),
		},
		Strict: c.j.IsTestFile(at),
		Defect: s.Body,
	})
}

// judgeAdd reports an Add of one behind which the function may return before it
// starts the goroutine that was counted.
func (c *counter) judgeAdd(o *model.Op) {
	f := o.Func
	if n, ok := added(o); !ok || n != 1 || o.Deferred || !isCallers(f, o.Place) {
		return
	}
	loop := f.LoopAt(o.Pos)
	own := slices.IndexFunc(c.spawns, func(s *model.Spawn) bool {
		return s.Func == f && s.Loop == loop && f.MayFollow(o.Instr, s.Instr)
	})
	if own < 0 {
		return
	}
	ret := leavesWithout(f, o.Instr, c.points(f))
	if ret == nil || c.j.isStated(c.spawns[own]) {
		return
	}
	c.addAdd(o, c.spawns[own], retPos(f, ret))
}

// isCallers reports whether f got the object at a place from its caller, so that
// somebody else waits for it: an object that f makes is lost with the error.
func isCallers(f *model.Func, place model.Place) bool {
	switch root := place.Root.(type) {
	case *ssa.Parameter:
		return root.Parent() == f.SSA || root.Parent() == f.Decl().SSA
	case *ssa.Global:
		return true
	}
	return false
}

// addAdd reports the Add.
func (c *counter) addAdd(o *model.Op, s *model.Spawn, ret token.Pos) {
	wait := c.group.Waits[0]
	c.j.report.Add(report.Finding{
		Rule:    "group-never-done",
		Pos:     o.Pos,
		Message: fit(o.Name() + ".Add counts a goroutine that is not started if this returns early (" + where(c.j.report.Where(o.Pos, ret)) + "); Add just before go"),
		Related: []analysis.RelatedInformation{
			report.Step(ret, "the function returns here without a goroutine and without Done"),
			report.Step(s.Pos, "the goroutine that was counted is started here"),
			report.Step(wait.Pos, "this waits for ever"),
		},
		Strict: c.j.IsTestFile(o.Pos),
		Defect: o,
	})
}
