package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A group in a field of a type that can be closed is there to be waited for.
// This file finds such groups without any Wait in the package, which is the only
// place that can reach them (must: the field is not exported, and the group is
// never handed out).

// judgeFieldGroups reports groups of closable objects that nobody waits for.
func (j *judge) judgeFieldGroups() {
	for _, g := range j.Groups {
		if g.In || g.Out || len(g.Waits) > 0 {
			continue
		}
		if o, owner := j.fieldOf(g); owner != nil && closerOf(owner) != "" {
			j.judgeFieldGroup(g, o, owner)
		}
	}
}

// fieldOf returns an operation on a group that lives in a field of this package
// only, with the type that the field belongs to, or nil.
func (j *judge) fieldOf(g *model.Group) (*model.Op, *types.Named) {
	for _, o := range append(append([]*model.Op(nil), g.Adds...), g.Gos...) {
		addr := fieldAddr(o.Value)
		if addr == nil {
			continue
		}
		field, owner := model.FieldOf(addr.X.Type(), addr.Field), model.NamedOf(addr.X.Type())
		if owner == nil || field.Pkg() != j.Pass.Pkg || field.Exported() && owner.Obj().Exported() && !j.IsMain() {
			return nil, nil
		}
		return o, owner
	}
	return nil, nil
}

// fieldAddr returns the field that v is the address of, or was loaded from.
func fieldAddr(v ssa.Value) *ssa.FieldAddr {
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	addr, _ := v.(*ssa.FieldAddr)
	return addr
}

// judgeFieldGroup reports the first goroutine of a group without Wait.
func (j *judge) judgeFieldGroup(g *model.Group, o *model.Op, owner *types.Named) {
	l := &localGroup{class: g}
	for _, s := range j.Spawns {
		if j.isOn(s, g) && !j.isProcessScope(s.Func) {
			l.spawns = append(l.spawns, s)
		}
	}
	if len(l.spawns) == 0 || j.isJoinedOtherwise(l) || j.isStated(l.spawns[0]) {
		return
	}
	first, closer := l.spawns[0], owner.Obj().Name()+"."+closerOf(owner)
	j.report.Add(report.Finding{
		Rule:    "group-not-waited",
		Pos:     first.Pos,
		Message: fit("nobody waits for " + o.Name() + ", so this goroutine outlives " + closer + "; call " + o.Name() + ".Wait there"),
		Related: []analysis.RelatedInformation{report.Step(o.Pos, "the goroutine is counted here")},
		Strict:  j.IsTestFile(first.Pos),
		Defect:  first,
	})
}
