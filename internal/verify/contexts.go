package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file says which contexts are worth following: those that only code in
// view can cancel, in functions where somebody waits for just that. What a
// goroutine does with a context that reaches it through a struct is not looked
// at.

// readContexts finds the calls that make contexts of interest.
func (n *interests) readContexts(p *model.Package) {
	if !imports(p.Pass.Pkg, "context") {
		return
	}
	for _, f := range p.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if ok && (isOwnContext(call, 0) && waitsForDone(f.Decl()) || n.whole && derives(call)) {
					n.ctxs[call], n.own[f] = true, true
				}
			}
		}
	}
}

// derives reports whether a call makes a context that ends when it is told to.
// Whether its parent may end before is seen in the run.
func derives(call *ssa.Call) bool {
	name := contextFunc(call)
	return name == "WithCancel" || name == "WithCancelCause"
}

// imports reports whether a package imports another directly.
func imports(p *types.Package, path string) bool {
	for _, i := range p.Imports() {
		if i.Path() == path {
			return true
		}
	}
	return false
}

// contextFunc returns the name of the function of package context that a value
// is a result of, or "".
func contextFunc(v ssa.Value) string {
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return ""
	}
	fn, ok := call.Call.StaticCallee().Object().(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "context" {
		return ""
	}
	return symbol.Of(fn).Func
}

// isOwnContext reports whether a value is a context, or the call that makes
// one, that nobody out of view cancels.
func isOwnContext(v ssa.Value, depth int) bool {
	switch name := contextFunc(v); name {
	case "Background", "TODO", "WithoutCancel":
		return depth > 0
	case "WithCancel", "WithCancelCause":
		if x, ok := v.(*ssa.Extract); ok {
			v = x.Tuple
		}
		return depth < 3 && isOwnContext(v.(*ssa.Call).Call.Args[0], depth+1)
	}
	load, ok := v.(*ssa.UnOp)
	if !ok || depth == 0 {
		return false
	}
	if a, ok := load.X.(*ssa.Alloc); ok {
		for _, u := range *a.Referrers() {
			if st, ok := u.(*ssa.Store); ok && isOwnContext(st.Val, depth+1) {
				return true
			}
		}
	}
	return false
}

// waitsForDone reports whether a declaration, or a function that it calls or
// starts, waits for the end of a context and for nothing else, or for a group
// of goroutines that may do so.
func waitsForDone(d *model.Func) bool {
	var bare, selects, joins bool
	look := func(f *model.Func) {
		for _, o := range f.Ops {
			bare = bare || o.Action == model.Recv && isDone(o.Value)
			joins = joins || o.Action == model.GroupWait
			selects = selects || o.Select != nil && listensToDone(o.Select)
		}
	}
	var walk func(f *model.Func)
	walk = func(f *model.Func) {
		look(f)
		for _, c := range f.Calls {
			look(c.To)
		}
		for _, s := range f.Spawns {
			if s.Body != nil && s.Body.Parent == nil {
				look(s.Body)
			}
		}
		for _, l := range f.Lits {
			walk(l)
		}
	}
	walk(d)
	return bare || selects && joins
}

// listensToDone reports whether a case of a select waits for a context.
func listensToDone(s *model.Select) bool {
	for _, k := range s.Cases {
		if k.Dir == types.RecvOnly && k.Kind == model.Stop {
			return true
		}
	}
	return false
}

// isDone reports whether a value is a context's Done channel.
func isDone(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	return ok && call.Call.IsInvoke() && call.Call.Method.Name() == "Done" && model.IsContext(call.Call.Value.Type())
}
