package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
)

// A channel in a field that no code of the package ever sets is nil, and nothing
// ever comes from it. This file finds waits for such channels, alone or as the
// only way to stop a loop (must: the field is not exported, its address is never
// taken, nobody asks whether it is nil, and the package makes such objects).
// Fields for tests are left out, since the tests that set them may not be in
// view.

// judgeNilFields reports waits for channels that are never made.
func (j *judge) judgeNilFields() {
	for _, f := range j.Funcs {
		for _, o := range f.Ops {
			switch o.Action {
			case model.Recv, model.RangeRecv:
				j.judgeNilWait(o)
			case model.SelectWait:
				j.judgeNilCase(o.Select)
			}
		}
	}
}

// unmadeField returns the field that a channel was loaded from, if it is never
// set, and the type it belongs to.
func (j *judge) unmadeField(ch ssa.Value) (*types.Var, *types.Named) {
	load, ok := ch.(*ssa.UnOp)
	if !ok {
		return nil, nil
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil, nil
	}
	field, owner := model.FieldOf(addr.X.Type(), addr.Field), model.NamedOf(addr.X.Type())
	if owner == nil || field.Exported() || field.Pkg() != j.Pass.Pkg || isForTests(field, owner) || j.importsUnsafe() {
		return nil, nil
	}
	if !j.fields().made[owner.Obj()] || j.fields().lent[field] || !j.isAlwaysNil(field) {
		return nil, nil
	}
	return field, owner
}

// testName matches fields and types that tests set.
var testName = pattern.New(`(?i)(test|hook|mock|fake|stub|debug)`)

// isForTests reports whether a field may be set by tests, which are not always
// in view.
func isForTests(field *types.Var, owner *types.Named) bool {
	return testName.MatchString(field.Name()) || testName.MatchString(owner.Obj().Name())
}

// importsUnsafe reports whether the package may set anything.
func (j *judge) importsUnsafe() bool {
	for _, imp := range j.Pass.Pkg.Imports() {
		if imp.Path() == "unsafe" {
			return true
		}
	}
	return false
}

// isAlwaysNil reports whether nothing but nil is ever stored in a field, and
// nobody compares it with nil.
func (j *judge) isAlwaysNil(field *types.Var) bool {
	for _, st := range j.fields().stores[field] {
		if k, ok := st.Val.(*ssa.Const); !ok || !k.IsNil() {
			return false
		}
	}
	for _, load := range j.fields().loads[field] {
		for _, ref := range *load.Referrers() {
			if _, isCompared := ref.(*ssa.BinOp); isCompared {
				return false
			}
		}
	}
	return true
}

// judgeNilWait reports a receive that nothing ends.
func (j *judge) judgeNilWait(o *model.Op) {
	field, owner := j.unmadeField(o.Value)
	if field == nil {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "abandoned-receiver",
		Pos:     o.Pos,
		Message: fit("nothing ever comes from " + o.Name() + ": no code sets this field of " + owner.Obj().Name() + ", so it is nil; make the channel"),
		Related: []analysis.RelatedInformation{report.Step(field.Pos(), "the field is declared here and never set")},
		Strict:  j.IsTestFile(o.Pos),
		Defect:  o,
	})
}

// judgeNilCase reports the stop case of a select that never comes, if the select
// hears no other stop.
func (j *judge) judgeNilCase(s *model.Select) {
	if len(s.Cases) < 2 {
		return // SSA has made a plain receive of it
	}
	var dead *model.Case
	var field *types.Var
	var owner *types.Named
	for _, k := range s.Cases {
		if k.Dir != types.RecvOnly {
			continue
		}
		if v, named := j.unmadeField(k.Value); v != nil && k.MayLeave() && model.IsStopName(v.Name()) {
			dead, field, owner = k, v, named
		} else if k.Kind != model.Work {
			return // ends, or turns, by other means
		}
	}
	if dead == nil || s.HasDefault {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "abandoned-receiver",
		Pos:     dead.Pos,
		Message: fit("this case never comes: no code sets " + dead.Name() + " of " + owner.Obj().Name() + ", so it is nil and stops nothing; make the channel"),
		Related: []analysis.RelatedInformation{
			report.Step(field.Pos(), "the field is declared here and never set"),
			report.Step(s.Op.Pos, "this select hears no other stop"),
		},
		Strict: j.IsTestFile(dead.Pos),
		Defect: s,
	})
}
