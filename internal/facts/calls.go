package facts

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"
)

// This file reads calls: which run their function arguments at once, which
// start goroutines, and what becomes of the parameters handed over.

// role says what a function does with functions it is given, or with control.
type role uint8

const (
	roleNone     role = iota
	roleSync          // calls its function arguments before it returns
	roleSpawn         // calls them in another goroutine
	roleNoReturn      // never comes back
	roleCtxAside      // does not wait on the context it is given
)

// syncPkgs are packages whose functions call every function argument before
// they return.
var syncPkgs = []string{"slices", "maps", "sort", "strings", "bytes", "container/heap"}

// roles are single functions; methods as "pkg.Recv.Func".
var roles = map[string]role{
	"sync.Once.Do":                             roleSync,
	"sync.Map.Range":                           roleSync,
	"path/filepath.Walk":                       roleSync,
	"path/filepath.WalkDir":                    roleSync,
	"io/fs.WalkDir":                            roleSync,
	"go/ast.Inspect":                           roleSync,
	"runtime/pprof.Do":                         roleSync,
	"flag.VisitAll":                            roleSync,
	"flag.Visit":                               roleSync,
	"sync.WaitGroup.Go":                        roleSpawn,
	"golang.org/x/sync/errgroup.Group.Go":      roleSpawn,
	"golang.org/x/sync/errgroup.Group.TryGo":   roleSpawn,
	"github.com/sourcegraph/conc.WaitGroup.Go": roleSpawn,
	"time.AfterFunc":                           roleSpawn,
	"context.AfterFunc":                        roleSpawn,
	"context.WithoutCancel":                    roleCtxAside,
	"context.Cause":                            roleCtxAside,
}

// roleOf returns the role of fn.
func roleOf(fn *types.Func) role {
	pkg := fn.Pkg()
	if pkg == nil {
		return roleNone
	}
	if isNoReturn(fn) {
		return roleNoReturn
	}
	if slices.Contains(syncPkgs, pkg.Path()) {
		return roleSync
	}
	if pkg.Path() == "log/slog" {
		return roleCtxAside
	}
	n := nameOf(fn)
	if n.Recv != "" {
		return roles[n.Pkg+"."+n.Recv+"."+n.Func]
	}
	return roles[n.Pkg+"."+n.Func]
}

// call reads a call in the order in which Go evaluates it.
func (w walker) call(n *ast.CallExpr) {
	c := w.callee(n)
	w.operands(n, c)
	w.ix.readLimit(n)
	w.ix.readDeadline(n, w.f.scope)
	switch {
	case c == nil:
		return
	case c.speaks() || c.role == roleNoReturn:
		w.act(n, c)
	}
	if c.role == roleSpawn && w.here {
		w.f.starts = true
	}
}

// callee resolves a call and notes what builtins do.
func (w walker) callee(n *ast.CallExpr) *callee {
	switch fn := typeutil.Callee(w.ix.info, n).(type) {
	case *types.Func:
		return w.ix.callee(fn)
	case *types.Builtin:
		w.builtin(n, fn.Name())
	case *types.Var:
		return w.ix.callOf(n, w.f.scope)
	}
	return nil
}

// builtin notes close and recover.
func (w walker) builtin(n *ast.CallExpr, name string) {
	switch {
	case name == "recover":
		w.f.recovers = true
	case name == "close" && len(n.Args) == 1:
		w.chanUse(n.Args[0], func(u *ChanUse) { u.Closes = true })
		if obj := objectOf(w.ix.info, n.Args[0]); obj != nil {
			w.ix.closed[obj] = true
		}
	}
}

// operands walks a call's function and arguments.
func (w walker) operands(n *ast.CallExpr, c *callee) {
	if lit, ok := ast.Unparen(n.Fun).(*ast.FuncLit); ok {
		w.arguments(n, c)
		w.literal(lit, true)
		return
	}
	w.walk(n.Fun)
	w.arguments(n, c)
}

// arguments walks a call's arguments and notes parameters handed over.
func (w walker) arguments(n *ast.CallExpr, c *callee) {
	for i, arg := range n.Args {
		if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok && c != nil && c.role == roleSync {
			w.literal(lit, true)
			continue
		}
		w.handOver(n, c, i)
		w.walk(arg)
	}
}

// handOver notes what the i-th argument of a call is: a parameter, a channel
// others may now send on, or a function that is called there.
func (w walker) handOver(n *ast.CallExpr, c *callee, i int) {
	arg := n.Args[i]
	if isChan(w.ix.info.TypeOf(arg)) && !isBuiltinCall(w.ix.info, n) {
		w.f.scope.countSend(w.ix.info, arg, w.inLoop)
	}
	if c == nil {
		return
	}
	if p, ok := w.f.param(w.ix.info, arg); ok {
		w.f.hands = append(w.f.hands, hand{p, c, i - argShift(w.ix.info, n)})
	}
	if c.role == roleSync && w.here {
		if given := w.ix.callee(funcValue(w.ix.info, arg)); given != nil && given.speaks() {
			w.act(arg, given)
		}
	}
}

// spawn reads a go statement: operands are evaluated here, the call is not.
func (w walker) spawn(n *ast.CallExpr) {
	w.f.starts = w.f.starts || w.here
	c := w.callee(n)
	if lit, ok := ast.Unparen(n.Fun).(*ast.FuncLit); ok {
		w.arguments(n, nil)
		w.literal(lit, false)
		return
	}
	w.walk(n.Fun)
	w.arguments(n, c)
}

// argShift is 1 if the call's first argument is the receiver: T.Method(t, …).
func argShift(info *types.Info, n *ast.CallExpr) int {
	if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
		if s := info.Selections[sel]; s != nil && s.Kind() == types.MethodExpr {
			return 1
		}
	}
	return 0
}

// funcValue returns the declared function or method that e names.
func funcValue(info *types.Info, e ast.Expr) *types.Func {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		fn, _ := info.Uses[e].(*types.Func)
		return fn
	case *ast.SelectorExpr:
		fn, _ := info.Uses[e.Sel].(*types.Func)
		return fn
	}
	return nil
}

// isBuiltinCall reports whether n calls a builtin, which hands nothing over.
func isBuiltinCall(info *types.Info, n *ast.CallExpr) bool {
	tv, ok := info.Types[ast.Unparen(n.Fun)]
	return ok && tv.IsBuiltin()
}
