package blockingcall

import (
	"go/ast"
	"go/constant"
	"go/types"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/model"
)

// A sleep whose length is computed may still have a limit in view:
// min(d, 10*time.Millisecond), or until a moment a constant after some other.
// Must: the limit is a constant of the expression.

// isShortNap reports whether a direct sleep cannot reach the settings' minimum.
func (j *judge) isShortNap(o *model.Op) bool {
	if o.Call == nil || len(o.Call.Args) != 1 || o.Wait.Dur > 0 {
		return false
	}
	limit, ok := j.limitOf(o.Call.Args[0])
	return ok && limit < config.Active().MinSleep
}

// limitOf returns the longest duration that e can be.
func (j *judge) limitOf(e ast.Expr) (limit time.Duration, ok bool) {
	tv := j.Pass.TypesInfo.Types[e]
	if tv.Value != nil {
		n, exact := constant.Int64Val(constant.ToInt(tv.Value))
		return time.Duration(n), exact
	}
	call, isCall := ast.Unparen(e).(*ast.CallExpr)
	if !isCall {
		return 0, false
	}
	switch fn := typeutil.Callee(j.Pass.TypesInfo, call).(type) {
	case *types.Builtin:
		if fn.Name() == "min" {
			return j.leastOf(call.Args)
		}
	case *types.Func:
		if fn.FullName() == "time.Until" && len(call.Args) == 1 {
			return j.addedIn(call.Args[0])
		}
	}
	return 0, false
}

// leastOf returns the smallest limit among expressions.
func (j *judge) leastOf(list []ast.Expr) (least time.Duration, ok bool) {
	for _, e := range list {
		if d, known := j.limitOf(e); known && (!ok || d < least) {
			least, ok = d, true
		}
	}
	return least, ok
}

// addedIn returns the constant that a moment lies after another: t.Add(c).
func (j *judge) addedIn(e ast.Expr) (d time.Duration, ok bool) {
	call, isCall := ast.Unparen(e).(*ast.CallExpr)
	if !isCall || len(call.Args) != 1 {
		return 0, false
	}
	fn, isFunc := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if !isFunc || fn.FullName() != "(time.Time).Add" {
		return 0, false
	}
	return j.limitOf(call.Args[0])
}
