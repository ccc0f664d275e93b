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
		c := &counter{duty: duty{j: j}, group: g}
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
		return st.Kind == verify.GroupNeverDone && len(st.Locks) == 0 && slices.Contains(g.Waits, st.Op)
	})
}

// counter is one group whose goroutines are started beside an Add.
type counter struct {
	duty
	group  *model.Group
	spawns []*model.Spawn // the goroutines that were counted where they are started
	told   map[*model.Func]bool
}

// read lists the group's goroutines; it fails if a Done may belong to anything
// else, or cannot be told from an Add.
func (c *counter) read() bool {
	c.ends = slices.Clone(c.group.Dones)
	for _, o := range c.group.Adds {
		n, ok := added(o)
		if !ok && !isCountOf(o) {
			return false
		}
		if ok && n < 0 {
			c.ends = append(c.ends, o)
		}
	}
	for _, s := range c.j.Spawns {
		if s.Kind == model.GoStmt && s.Body != nil && c.isCounted(s) && c.leads(s.Body) {
			c.spawns = append(c.spawns, s)
		}
	}
	return len(c.spawns) > 0 && !slices.ContainsFunc(c.ends, c.isStray)
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
	args := o.Instr.(ssa.CallInstruction).Common().Args
	if len(args) != 2 {
		return false // by way of a method value
	}
	switch v := args[1].(type) {
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
		return v != nil && slices.ContainsFunc(c.ends, func(o *model.Op) bool { return types.Identical(v.Type(), o.Value.Type()) })
	}
	return nilEdges(f, isGroup)
}

// areCounted reports whether each start of f is counted.
func (c *counter) areCounted(f *model.Func) bool {
	return !slices.ContainsFunc(f.Started, func(s *model.Spawn) bool { return !slices.Contains(c.spawns, s) })
}

// addBody reports the return that misses Done.
func (c *counter) addBody(s *model.Spawn, at token.Pos, done ssa.Instruction) {
	name, wait := c.ends[0].Name(), c.group.Waits[0]
	pos := callPos(c.j.Package, done)
	fix, unsafe := c.j.doneFix(c.group)
	c.j.report.Add(report.Finding{
		Fix:     fix,
		Unsafe:  unsafe,
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
