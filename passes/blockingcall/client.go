package blockingcall

import (
	"go/ast"
	"go/types"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
)

// Clients and dialers have timeouts of their own, and a ticker that ticks before
// one has passed is starved although the call is bounded. Must: the timeout is a
// constant that the only value given to the client's variable or field sets.
// Knowingly missed: clients that come from parameters and other packages.

// clientValues is what a package gives to variables and fields that hold clients.
type clientValues struct {
	sources  map[types.Object][]ast.Expr // what is assigned to them
	timeouts map[types.Object][]ast.Expr // what is assigned to their field Timeout
}

// clientTimeouts judges starves-heartbeat for calls whose client or dialer gives
// up no earlier than the ticker ticks. One case is one finding.
func (j *judge) clientTimeouts(l *eventLoop) {
	if l.pooled || len(l.beats) == 0 {
		return
	}
	told := map[*model.Case]bool{}
	for _, m := range l.turn() {
		if m.in == nil || told[m.in] || m.op.Action != model.CallWait {
			continue
		}
		w, ok := j.boundedWait(m.op)
		if !ok {
			continue
		}
		d := j.callTimeout(m.op, 2)
		for _, beat := range l.beats {
			if p := beat.Period(); p > 0 && d >= p && beat != m.in {
				told[m.in] = true
				j.addTimeout(j.what(m.op, w), m.op.Pos, d, beat, "move it to a goroutine")
				break
			}
		}
	}
}

// boundedWait returns the wait for the outside of a call that no other judgement
// of the loop speaks of; ok is false if there is none.
func (j *judge) boundedWait(o *model.Op) (w facts.Wait, ok bool) {
	if _, g := j.worst(o); g >= pause || j.isGivenContext(o) {
		return w, false
	}
	for _, w := range j.Facts.Waits(o.Call) {
		if w.Kind.IsOutside() {
			return w, true
		}
	}
	return w, false
}

// callTimeout returns the constant after which a call gives up, its own or the
// longest of the functions of this package that it calls; 0 if unknown.
func (j *judge) callTimeout(o *model.Op, depth int) (d time.Duration) {
	if d = j.ownTimeout(o.Call); d > 0 || depth == 0 || o.Callee == nil || o.Callee.Pkg() != j.Pass.Pkg {
		return d
	}
	f := j.funcOf(o.Callee)
	if f == nil {
		return 0
	}
	for _, inner := range f.Ops {
		if inner.Action == model.CallWait && !inner.Deferred && inner.Call != nil {
			d = max(d, j.callTimeout(inner, depth-1))
		}
	}
	return d
}

// ownTimeout returns the constant timeout of a call of the standard library.
func (j *judge) ownTimeout(call *ast.CallExpr) time.Duration {
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if !ok {
		return 0
	}
	switch fn.FullName() {
	case "net.DialTimeout":
		if len(call.Args) == 3 {
			d, _ := j.Facts.Limit(call.Args[2])
			return d
		}
	case "crypto/tls.DialWithDialer":
		return j.timeoutOfClient(call.Args[0], 3)
	case "(*net.Dialer).Dial", "(*net/http.Client).Do", "(*net/http.Client).Get", "(*net/http.Client).Head", "(*net/http.Client).Post", "(*net/http.Client).PostForm":
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return j.timeoutOfClient(sel.X, 3)
		}
	}
	return 0
}

// timeoutOfClient returns the constant Timeout of a client, or 0.
func (j *judge) timeoutOfClient(e ast.Expr, depth int) time.Duration {
	e = ast.Unparen(e)
	if ref, ok := e.(*ast.UnaryExpr); ok {
		e = ast.Unparen(ref.X)
	}
	if lit, ok := e.(*ast.CompositeLit); ok {
		return j.timeoutInLit(lit)
	}
	obj := j.objectOf(e)
	if obj == nil || depth == 0 {
		return 0
	}
	values := j.clientValuesOf()
	if set := values.timeouts[obj]; len(set) > 0 {
		return j.onlyLimit(set)
	}
	if given := values.sources[obj]; len(given) == 1 {
		return j.timeoutOfClient(given[0], depth-1)
	}
	return 0
}

// onlyLimit returns the limit of the only expression of a list, or 0.
func (j *judge) onlyLimit(list []ast.Expr) time.Duration {
	if len(list) != 1 {
		return 0
	}
	d, _ := j.Facts.Limit(list[0])
	return d
}

// timeoutInLit returns the constant that a literal gives to its field Timeout.
func (j *judge) timeoutInLit(lit *ast.CompositeLit) time.Duration {
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Timeout" {
				d, _ := j.Facts.Limit(kv.Value)
				return d
			}
		}
	}
	return 0
}

// objectOf returns the variable or field that an expression names, or nil.
func (j *judge) objectOf(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return j.Pass.TypesInfo.ObjectOf(e)
	case *ast.SelectorExpr:
		return j.Pass.TypesInfo.ObjectOf(e.Sel)
	}
	return nil
}

// clientValuesOf reads the package's clients on first use.
func (j *judge) clientValuesOf() *clientValues {
	if j.clients == nil {
		j.clients = &clientValues{map[types.Object][]ast.Expr{}, map[types.Object][]ast.Expr{}}
		for _, file := range j.Pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				j.readClients(n)
				return true
			})
		}
	}
	return j.clients
}

// readClients notes what one node gives to clients.
func (j *judge) readClients(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			if len(n.Lhs) == len(n.Rhs) {
				j.readClient(lhs, n.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Names) == len(n.Values) {
				j.readClient(name, n.Values[i])
			}
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok {
			j.readClient(key, n.Value)
		}
	}
}

// readClient notes one value.
func (j *judge) readClient(to, value ast.Expr) {
	if sel, ok := ast.Unparen(to).(*ast.SelectorExpr); ok && sel.Sel.Name == "Timeout" && isClient(j.TypeOf(sel.X)) {
		if obj := j.objectOf(sel.X); obj != nil {
			j.clients.timeouts[obj] = append(j.clients.timeouts[obj], value)
		}
	}
	if obj := j.objectOf(to); obj != nil && isClient(obj.Type()) {
		j.clients.sources[obj] = append(j.clients.sources[obj], value)
	}
}

// isClient reports whether t is one of the types whose timeout this file reads.
func isClient(t types.Type) bool {
	name := typeNameOf(t)
	if name == nil || name.Pkg() == nil {
		return false
	}
	path := name.Pkg().Path()
	return path == "net/http" && name.Name() == "Client" || path == "net" && name.Name() == "Dialer"
}
