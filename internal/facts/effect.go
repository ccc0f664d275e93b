package facts

import (
	"go/ast"
	"go/types"
	"time"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/op"
)

// This file judges a call by what its callee may wait for: contexts given,
// constants slept, and the conditions of table rows (see condition.go).

// rowWaits is what a row says without a call site.
func rowWaits(c *callee) []Wait {
	w := Wait{Effect: c.row.Effect}
	if !w.Waits() {
		return nil
	}
	switch {
	case c.row.Cond != knowledge.Always:
		w.Bound = op.Unknown
	case w.Bound == op.Context:
		w.Ctx = ctxParam(c.fn.Signature()) + 1
	}
	return []Wait{w}
}

// waitsOf translates what s says of c to a call. The call is nil where c is
// handed to a function that calls it.
func (ix *Index) waitsOf(c *callee, s Summary, call ast.Node, sc *scope) []Wait {
	if len(s.Waits) == 0 {
		return nil
	}
	var out Summary
	for _, w := range s.Waits {
		w.Via, w.At, w.Then = nameOf(c.fn), ix.at(call.Pos()), nil
		if site, ok := call.(*ast.CallExpr); ok {
			w = ix.judge(c, w, ix.spelledOut(site, sc), sc)
		} else {
			w.Ctx = 0
		}
		out.addWait(w)
	}
	return out.Waits
}

// judge looks at one call site.
func (ix *Index) judge(c *callee, w Wait, call *ast.CallExpr, sc *scope) Wait {
	if c.row != nil {
		w.Effect = c.row.Effect
		if c.row.Cond != knowledge.Always {
			return ix.meet(c.row.Cond, w, call, sc)
		}
	}
	switch {
	case isNamed(recvType(ix.info, call), "net/http", "Client"):
		return ix.byClient(w, call, sc)
	case isConn(recvType(ix.info, call)):
		return ix.byEnd(w, ast.Unparen(receiver(call)), sc)
	case w.Kind == op.Sleep && c.row != nil:
		return ix.sleepWait(w, call, sc)
	case w.Bound == op.Context && w.Ctx > 0:
		return ix.boundByArg(w, call, sc)
	}
	return w
}

// boundByArg looks at the context that is given to a wait.
func (ix *Index) boundByArg(w Wait, call *ast.CallExpr, sc *scope) Wait {
	i := w.Ctx - 1 + argShift(ix.info, call)
	if i < 0 || i >= len(call.Args) {
		w.Ctx = 0
		return w
	}
	return ix.endByCtx(w, ix.ctxOrigin(sc, call.Args[i]))
}

// sleepWait looks for a constant duration: short sleeps are no long waits.
func (ix *Index) sleepWait(w Wait, call *ast.CallExpr, sc *scope) Wait {
	for _, arg := range call.Args {
		if !isNamed(ix.info.TypeOf(arg), "time", "Duration") {
			continue
		}
		d, ok := duration(ix.info, arg)
		if !ok {
			return ix.limitedSleep(w, arg, sc)
		}
		if d <= 0 {
			return Wait{}
		}
		if w.Dur, w.Always = d, true; d < config.Active().MinSleep {
			w.Bound, w.Tier = op.Timeout, op.TierQuick
		}
		break
	}
	return w
}

// limitedSleep looks for a limit of a sleep whose length is computed. One that
// the settings' minimum limits is short.
func (ix *Index) limitedSleep(w Wait, length ast.Expr, sc *scope) Wait {
	w.Always = true
	limit, ok := ix.limit(sc, length)
	if !ok || limit <= 0 {
		return w
	}
	w.Dur, w.AtMost = time.Duration(limit), true
	if w.Dur <= config.Active().MinSleep {
		w.Bound, w.Tier = op.Timeout, op.TierQuick
	}
	return w
}

// isNoReturn asks the tables whether fn ends the process or its goroutine.
func isNoReturn(fn *types.Func) bool { return knowledge.NoReturn(nameOf(fn)) }
