package goroutineleak

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// A test's t must not be used once the test has returned: the process panics,
// or a failure is lost. This file finds goroutines that use t and tell nobody
// that they have ended (must). Goroutines inside a synctest bubble are waited
// for by the bubble.

// judgeTest reports a goroutine that may use t after its test.
func (j *judge) judgeTest(s *model.Spawn) {
	if !j.IsTestFile(s.Pos) || s.Body == nil || !isRunByTest(s.Func) || isStoppedTimer(s) || j.isInBubble(s.Func) {
		return
	}
	uses := j.testUses(s)
	if len(uses) == 0 || s.Kind != model.ByGroup && j.isEndTold(s, uses) || s.Group != nil && j.isWaitedAnywhere(s) {
		return
	}
	use := uses[0]
	if j.isEndAwaited(s) || j.isStated(s) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "test-outlives",
		Pos:     s.Pos,
		Message: s.Name() + " uses " + use.name + " (" + where(j.report.Where(s.Pos, use.pos)) + ") and nothing waits for it before the test returns; wait for it",
		Related: []analysis.RelatedInformation{report.Step(use.pos, "this panics, or is lost, once the test has returned")},
		Defect:  s,
	})
}

// isRunByTest reports whether f is run while its t is alive: a function or a
// subtest's literal that has the handle itself.
func isRunByTest(f *model.Func) bool {
	for f.IsLoopBody() {
		f = f.Parent
	}
	for param := range f.SSA.Signature.Params().Variables() {
		if isTesting(param.Type()) {
			return true
		}
	}
	return false
}

// isStoppedTimer reports whether a timer is kept: a watchdog that the test
// stops.
func isStoppedTimer(s *model.Spawn) bool {
	v := s.Instr.Value()
	return s.Kind == model.AfterFunc && v != nil && v.Referrers() != nil && len(*v.Referrers()) > 0
}

// isWaitedAnywhere reports whether a goroutine's group is waited for, or out of
// view.
func (j *judge) isWaitedAnywhere(s *model.Spawn) bool {
	g := j.groups[s.Group]
	return g == nil || g.Out || g.In || len(g.Waits) > 0
}

// isInBubble reports whether f runs inside synctest.Test.
func (j *judge) isInBubble(f *model.Func) bool {
	for g := f; g != nil; g = g.Parent {
		if g.Parent != nil && j.isGivenTo(g, "testing/synctest") {
			return true
		}
	}
	return false
}

// isGivenTo reports whether a literal is an argument of a function of a package.
func (j *judge) isGivenTo(lit *model.Func, pkg string) bool {
	found := false
	instrs(lit.Parent, func(i ssa.Instruction) {
		call, ok := i.(ssa.CallInstruction)
		if !ok || calledName(call.Common()).Pkg != pkg {
			return
		}
		for _, arg := range call.Common().Args {
			found = found || j.FuncOf(j.ClosureIn(arg)) == lit
		}
	})
	return found
}

// isEndTold reports whether anybody may learn that the goroutine is done with t.
func (j *judge) isEndTold(s *model.Spawn, uses []testingUse) bool {
	for _, t := range j.tasksOf(s) {
		tells := func(sig signal) bool { return sig.isHeard(t) && !isTooEarly(sig, uses) }
		if t.callsBack || slices.ContainsFunc(t.signals, tells) {
			return true
		}
	}
	return false
}

// isTooEarly reports whether t is still used behind a signal, and not only
// before it, so that who hears the signal knows nothing of that use. A select
// may have gone another way than the signal's.
func isTooEarly(sig signal, uses []testingUse) bool {
	if _, isSelect := sig.at.(*ssa.Select); isSelect || sig.last {
		return false
	}
	return slices.ContainsFunc(uses, func(u testingUse) bool {
		if u.in != sig.in || !u.in.MayFollow(sig.at, u.call) {
			return false
		}
		return !u.in.MayFollow(u.call, sig.at) || isBehindLast(sig, u)
	})
}

// isBehindLast reports whether t is always used behind a signal that is sent in
// turns, and so behind the last one.
func isBehindLast(sig signal, u testingUse) bool {
	return sig.at.Block() == u.call.Block() && model.Before(sig.at, u.call) &&
		leavesWithout(u.in, u.call, map[ssa.Instruction]bool{sig.at: true}) != nil
}

// testingUse is a call on t, or one that is given t.
type testingUse struct {
	pos  token.Pos
	name string
	in   *model.Func
	call ssa.Instruction
}

// testUses finds where a goroutine uses t.
func (j *judge) testUses(s *model.Spawn) (uses []testingUse) {
	for _, f := range append([]*model.Func{s.Body}, nested(s.Body)...) {
		instrs(f, func(i ssa.Instruction) {
			call, ok := i.(ssa.CallInstruction)
			if ok && reports(call.Common()) {
				uses = append(uses, testingUse{j.CallPos(call), j.testName(call.Common()), f, call})
			}
		})
	}
	return uses
}

// reporting are the methods of t that fail or print.
var reporting = []string{"Error", "Errorf", "Fail", "FailNow", "Fatal", "Fatalf", "Log", "Logf", "Skip", "Skipf", "SkipNow"}

// reports reports whether a call fails the test or prints, itself or by way of
// a function that is given t.
func reports(common *ssa.CallCommon) bool {
	fn := callee(common)
	if fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "testing" {
		return slices.Contains(reporting, fn.Name())
	}
	return slices.ContainsFunc(common.Args, func(arg ssa.Value) bool { return isTesting(arg.Type()) })
}

// isTesting reports whether t is one of package testing's handles.
func isTesting(t types.Type) bool {
	for _, name := range []string{"T", "B", "F", "TB"} {
		if isType(t, "testing", name) {
			return true
		}
	}
	return false
}

// testName spells the handle.
func (j *judge) testName(common *ssa.CallCommon) string {
	for _, v := range append([]ssa.Value{common.Value}, common.Args...) {
		place := j.PlaceOf(v)
		root, ok := place.Root.(ssa.Value)
		if ok && isTesting(deref(root.Type())) {
			return model.Place{Root: place.Root}.String()
		}
	}
	return "t"
}

// deref returns what a pointer to a handle, the address of its variable, points
// to.
func deref(t types.Type) types.Type {
	if ptr, ok := t.(*types.Pointer); ok {
		if inner, ok := ptr.Elem().Underlying().(*types.Pointer); ok {
			return inner
		}
	}
	return t
}

// isEndAwaited reports whether the test waits for something only the goroutine
// brings about, through something other than channels: a connection it serves
// or closes, a server, a pipe.
func (j *judge) isEndAwaited(s *model.Spawn) bool {
	found := false
	for _, f := range j.taskOf(s.Body).funcs {
		for _, o := range f.Ops {
			found = found || o.Action == model.CallWait && (o.Wait.Kind.IsOutside() || o.Wait.Kind == op.Serve || o.Wait.Kind.IsChan())
		}
		instrs(f, func(i ssa.Instruction) {
			call, ok := i.(ssa.CallInstruction)
			found = found || ok && strings.HasPrefix(calledName(call.Common()).Func, "Close")
		})
	}
	return found
}
