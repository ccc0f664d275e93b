package lockacrossblock

import (
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file holds what excuses a lock or a function, whatever is waited for.

// isPrivate reports whether nobody else can wait for a lock yet: its object was
// made in this function and has not been handed on before the operation.
func (j *judge) isPrivate(f *model.Func, h lockset.Held, at ssa.Instruction) bool {
	alloc, ok := h.Place.Root.(*ssa.Alloc)
	if !ok || alloc.Parent() != f.SSA || heldIn(alloc) != nil {
		return false
	}
	if h.Place.Fields != "" && isConstructor(f, alloc) {
		return !j.isShared(f, alloc, at)
	}
	return !isPublished(f, alloc, at, 0)
}

// isConstructor reports whether f makes an object and returns it.
func isConstructor(f *model.Func, alloc *ssa.Alloc) bool {
	for _, v := range aliases(alloc) {
		for _, ref := range *v.Referrers() {
			if _, ok := ref.(*ssa.Return); ok {
				return true
			}
		}
	}
	return false
}

// aliases returns the values that stand for a new object: itself, and what is
// read from a variable that only ever holds it.
func aliases(alloc *ssa.Alloc) []ssa.Value {
	out := []ssa.Value{alloc}
	for _, ref := range *alloc.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok || st.Val != alloc {
			continue
		}
		variable, ok := st.Addr.(*ssa.Alloc)
		if !ok {
			continue
		}
		out = append(out, variable)
		for _, use := range *variable.Referrers() {
			if load, ok := use.(*ssa.UnOp); ok {
				out = append(out, load)
			}
		}
	}
	return out
}

// isShared reports whether another goroutine may know a new object when an
// instruction runs; calls that help to build it do not count, nor literals that
// are not started yet.
func (j *judge) isShared(f *model.Func, alloc *ssa.Alloc, at ssa.Instruction) bool {
	for _, v := range aliases(alloc) {
		for _, ref := range *v.Referrers() {
			if (j.shares(ref, v) || isStoredBy(ref, v)) && f.MayFollow(ref, at) {
				return true
			}
		}
	}
	return false
}

// keepers are the methods of the standard library's containers that make a value
// known to whoever has the container.
var keepers = pattern.New(`^(Store|LoadOrStore|Swap|CompareAndSwap|PushBack|PushFront)$`)

// isStoredBy reports whether an instruction puts v, or an interface that holds it,
// into a container of the standard library that is not a variable of the function.
func isStoredBy(ref ssa.Instruction, v ssa.Value) bool {
	if mi, ok := ref.(*ssa.MakeInterface); ok {
		return slices.ContainsFunc(*mi.Referrers(), func(i ssa.Instruction) bool { return isStoredBy(i, mi) })
	}
	call, ok := ref.(*ssa.Call)
	if !ok || call.Call.IsInvoke() || len(call.Call.Args) < 2 || !slices.Contains(call.Call.Args[1:], v) {
		return false
	}
	fn := call.Call.StaticCallee()
	if fn == nil || fn.Signature.Recv() == nil || !keepers.MatchString(fn.Name()) {
		return false
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	_, isLocal := call.Call.Args[0].(*ssa.Alloc)
	return !isLocal && fn.Pkg != nil && keepingPkgs[fn.Pkg.Pkg.Path()]
}

// keepingPkgs are the packages of these containers.
var keepingPkgs = map[string]bool{"sync": true, "sync/atomic": true, "container/list": true}

// shares reports whether an instruction makes a value known to other goroutines.
func (j *judge) shares(ref ssa.Instruction, v ssa.Value) bool {
	switch i := ref.(type) {
	case *ssa.Go, *ssa.Send, *ssa.MapUpdate:
		return true
	case *ssa.MakeClosure:
		lit := j.FuncOf(i.Fn.(*ssa.Function))
		return lit == nil || len(lit.Started) > 0
	case *ssa.Store:
		_, isGlobal := i.Addr.(*ssa.Global)
		return isGlobal && i.Val == v
	}
	return false
}

// isPublished reports whether a value made in f may be known elsewhere when an
// instruction runs.
func isPublished(f *model.Func, v ssa.Value, at ssa.Instruction, depth int) bool {
	if v.Referrers() == nil || depth > 3 {
		return true
	}
	for _, ref := range *v.Referrers() {
		if publishes(f, ref, v, at, depth) {
			return true
		}
	}
	return false
}

// publishes reports whether an instruction before at makes v known to others.
func publishes(f *model.Func, ref ssa.Instruction, v ssa.Value, at ssa.Instruction, depth int) bool {
	switch i := ref.(type) {
	case *ssa.Store:
		return i.Val == v && f.MayFollow(i, at)
	case *ssa.MakeClosure:
		return f.MayFollow(i, at)
	case *ssa.MakeInterface, *ssa.Phi, *ssa.ChangeType:
		return isPublished(f, i.(ssa.Value), at, depth+1)
	case *ssa.Send, *ssa.MapUpdate, *ssa.Go:
		return f.MayFollow(i, at)
	case *ssa.Call:
		return !isMethodOn(i.Common(), v) && f.MayFollow(i, at)
	}
	return false
}

// isMethodOn reports whether v is only the receiver of a call.
func isMethodOn(common *ssa.CallCommon, v ssa.Value) bool {
	if common.IsInvoke() || common.Signature().Recv() == nil || len(common.Args) == 0 || common.Args[0] != v {
		return false
	}
	return !slices.Contains(common.Args[1:], v)
}

// fakeName matches the names of stand-ins for tests.
var fakeName = pattern.New(`(?i)(fake|mock|stub|dummy)`)

// isStandIn reports whether f belongs to a test or to a stand-in for tests.
func (j *judge) isStandIn(f *model.Func) bool {
	pos := f.Syntax.Pos()
	file := j.Pass.Fset.Position(pos).Filename
	base := file[strings.LastIndexByte(file, '/')+1:]
	return j.IsTestFile(pos) || fakeName.MatchString(f.Decl().Name()) || fakeName.MatchString(base) ||
		fakeName.MatchString(j.Pass.Pkg.Name()) || strings.HasSuffix(j.Pass.Pkg.Name(), "test")
}

// teardown matches names of functions that end things: to wait there with a
// lock held is often the point.
var teardown = pattern.New(`(?i)^(close|stop|shut|quit|teardown|destroy|drain|finish|terminate|kill|cancel|exit|cleanup|dispose|halt)|(Close|Stop|Shutdown|Teardown|Terminate)(Locked)?$`)

// isTeardown reports whether f is declared to end things, or is a literal that is
// kept under such a name.
func isTeardown(f *model.Func) bool {
	for ; f.Parent != nil; f = f.Parent {
		if name := keptAs(f); name != "" && teardown.MatchString(name) {
			return true
		}
	}
	return f.Obj != nil && teardown.MatchString(f.Obj.Name())
}

// keptAs returns the name of the variable or field that a literal is given to
// where it stands, or "".
func keptAs(f *model.Func) (name string) {
	note := func(to, value ast.Expr) {
		if ast.Unparen(value) != f.Syntax {
			return
		}
		switch to := to.(type) {
		case *ast.Ident:
			name = to.Name
		case *ast.SelectorExpr:
			name = to.Sel.Name
		}
	}
	ast.Inspect(f.Parent.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i := range min(len(n.Lhs), len(n.Rhs)) {
				note(n.Lhs[i], n.Rhs[i])
			}
		case *ast.KeyValueExpr:
			note(n.Key, n.Value)
		}
		return name == ""
	})
	return name
}

// lockWord matches what the name of a lock says about being one.
var lockWord = pattern.New(`(?i)_?(rw)?(mutex|mtx|mut|mu|lock|lck|sem|guard)s?$`)

// activity matches what is left of the name of a lock that keeps activities
// apart rather than data: reloadMu, writeLock.
var activity = pattern.New(`(?i)(re|auto)?(load|remove|removal|delete|create|update|upgrade|write|send|flush|sync|start|stop|close|shutdown|init|run|setup|apply|commit|compact|compaction|build|serial|serialize|order|once|turn|call|request|req|refresh|fetch|save|persist|connect|connection|dial|tx|txn|exec|snapshot|collect|backup|migrate|rotate|op|operation|process|restart|provision|deploy|install)(er|ing|s)?$`)

// isActivity reports whether a lock is named for what happens under it, so that
// a long critical section is what it is for.
func isActivity(h lockset.Held) bool {
	if h.Class == nil {
		return false
	}
	name := h.Class.Name()
	stem := lockWord.Regexp().ReplaceAllString(name, "")
	return stem != "" && stem != name && (activity.MatchString(stem) || activityFirst.MatchString(stem))
}

// activityFirst matches names that go on with what is acted on: writeStatusMu.
var activityFirst = pattern.New(`^(write|send|flush|sync|reload|update|close|start|stop|connect|dial|fetch|refresh)[A-Z]`)

// isExcused reports whether a wait is none of anybody's business at level
// default.
func (j *judge) isExcused(w *wait) bool {
	return j.isStandIn(w.from) || isTeardown(w.from) || isFluent(w.from) || isActivity(w.held) || j.isSerialiser(w.held) || j.keepsTogether(w)
}
