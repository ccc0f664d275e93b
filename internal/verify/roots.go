package verify

import (
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
	slices.SortStableFunc(out, func(a, b *model.Func) int { return testRank(a) - testRank(b) })
	return out
}

// testRank puts tests last: what they find is found in the code itself first.
func testRank(f *model.Func) int {
	if f.Pkg.IsTestFile(f.Syntax.Pos()) {
		return 1
	}
	return 0
}

// isRoot reports whether a function is worth exploring by itself.
func (c *checker) isRoot(f *model.Func) bool {
	return c.own[f] || slices.ContainsFunc(f.Calls, func(call *model.Call) bool {
		return handsBack(call.To.SSA.Signature) && c.doesAct(call.To)
	})
}

// isMainFunc reports whether the process ends when f returns.
func isMainFunc(f *model.Func) bool {
	return f.Obj != nil && f.Obj.Name() == "main" && f.Pkg.IsMain() && f.Obj.Signature().Recv() == nil
}
