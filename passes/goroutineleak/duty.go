package goroutineleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// duty is something that a goroutine owes before it ends, such as Done, and all
// the operations of the package that pay it.
type duty struct {
	j    *judge
	ends []*model.Op
}

// leads reports whether running f pays the duty, itself or by way of what it
// calls, or may hand somebody a literal that does.
func (d *duty) leads(f *model.Func) bool {
	if f == nil {
		return false
	}
	return slices.ContainsFunc(d.j.taskOf(f).near, func(g *model.Func) bool {
		return slices.ContainsFunc(d.ends, func(o *model.Op) bool { return o.Func == g })
	})
}

// starts reports whether f starts a goroutine that pays.
func (d *duty) starts(f *model.Func) bool {
	return slices.ContainsFunc(f.Spawns, func(s *model.Spawn) bool { return d.leads(s.Body) })
}

// points lists the instructions of f behind which the duty is paid, or left to
// somebody else.
func (d *duty) points(f *model.Func) map[ssa.Instruction]bool {
	points := make(map[ssa.Instruction]bool)
	for _, o := range d.ends {
		if o.Func == f {
			points[o.Instr] = true
		}
	}
	for _, call := range f.Calls {
		if d.leads(call.To) || slices.ContainsFunc(d.j.taskOf(call.To).near, d.starts) {
			points[call.Instr] = true
		}
	}
	for _, s := range f.Spawns {
		if d.leads(s.Body) {
			points[s.Instr] = true
		}
	}
	instrs(f, func(i ssa.Instruction) {
		for _, operand := range i.Operands(nil) {
			if fn, ok := (*operand).(*ssa.Function); ok {
				if g := d.j.FuncOf(fn); g != nil && g.EscapesAsValue() && d.leads(g) {
					points[i] = true
				}
			}
		}
	})
	return points
}
