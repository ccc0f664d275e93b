package verify

import (
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
)

// roots lists the functions to explore: those that make something of
// interest, or call a function that does and hands something back.
func (c *checker) roots() []*model.Func {
	var out []*model.Func
	for _, f := range c.pkg.Funcs {
		if !f.IsLoopBody() && c.isRoot(f) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *model.Func) int { return c.rank(a) - c.rank(b) })
	return out
}

// rank puts functions that only call others behind those, and tests last.
func (c *checker) rank(f *model.Func) int {
	if c.own[f] {
		return 2 * testRank(f)
	}
	return 2*testRank(f) + 1
}

// isHopeless reports whether a function makes nothing itself but calls another
// that was too much already: its own part would hardly be reached.
func (c *checker) isHopeless(f *model.Func) bool {
	if c.own[f] {
		return c.hopeless[f]
	}
	if v, ok := c.hopeless[f]; ok {
		return v
	}
	c.hopeless[f] = false // against recursion
	v := slices.ContainsFunc(f.Calls, func(call *model.Call) bool {
		return c.handsBack(call.To.SSA.Signature) && c.doesAct(call.To) && c.isHopeless(call.To)
	})
	c.hopeless[f] = v
	return v
}

// testRank puts tests last: what they find is found in the code itself first.
func testRank(f *model.Func) int {
	if f.Pkg.IsTestFile(f.Syntax.Pos()) || isGivenTest(f.SSA.Signature) {
		return 1
	}
	return 0
}

// isGivenTest reports whether a function is given a test.
func isGivenTest(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if nameOf(deref(v.Type())).Pkg == "testing" {
			return true
		}
	}
	return false
}

// isRoot reports whether a function is worth exploring by itself.
func (c *checker) isRoot(f *model.Func) bool {
	return c.own[f] || c.whole && c.litsAct(f) || slices.ContainsFunc(f.Calls, func(call *model.Call) bool {
		return c.handsBack(call.To.SSA.Signature) && c.doesAct(call.To)
	})
}

// isMainFunc reports whether the process ends when f returns.
func isMainFunc(f *model.Func) bool {
	return f.Obj != nil && f.Obj.Name() == "main" && f.Pkg.IsMain() && f.Obj.Signature().Recv() == nil
}
