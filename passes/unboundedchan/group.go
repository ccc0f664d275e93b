package unboundedchan

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file says whether a group or pool limits its goroutines. It leans towards
// yes for groups that come from out of view.

// groupLimit judges the group that starts the goroutine.
func (j *judge) groupLimit(s *model.Spawn) limit {
	if s.Group == nil {
		return noLimit
	}
	g := j.groups[s.Group]
	switch {
	case g == nil || isWaitGroup(s.Group):
		return noLimit
	case len(g.Limits) > 0:
		if isRealLimit(g) {
			return hardLimit
		}
		return noLimit
	case g.In && !isMadeHere(s.Group) || isHandedIn(s.Group):
		return hardLimit // limited out of view, or nobody can say
	}
	return noLimit
}

// isWaitGroup reports whether a group has no notion of a limit.
func isWaitGroup(o *model.Op) bool {
	return o.Callee != nil && o.Callee.Signature().Recv() != nil && model.NamedOf(o.Callee.Signature().Recv().Type()).Obj().Name() == "WaitGroup"
}

// isRealLimit reports whether some limit of g is not a negative constant,
// which means none.
func isRealLimit(g *model.Group) bool {
	for _, o := range g.Limits {
		args := o.Instr.(ssa.CallInstruction).Common().Args
		c, ok := args[len(args)-1].(*ssa.Const)
		if !ok || c.Value == nil || c.Int64() >= 0 {
			return true
		}
	}
	return false
}

// isHandedIn reports whether a group is a parameter that nobody in view fills.
func isHandedIn(o *model.Op) bool {
	param, ok := o.Place.Root.(*ssa.Parameter)
	if !ok || o.Place.Fields != "" {
		return false
	}
	f := o.Func.Pkg.FuncOf(param.Parent())
	return f == nil || len(f.Callers) == 0 || f.IsExported()
}

// isMadeHere reports whether a group comes straight from a function that makes
// one, by way of calls that set no limit, so that nobody else had it before.
func isMadeHere(o *model.Op) bool {
	root, _ := o.Place.Root.(ssa.Value)
	for range maxPath {
		if x, ok := root.(*ssa.Extract); ok {
			root = x.Tuple
		}
		call, ok := root.(*ssa.Call)
		if !ok || call.Call.StaticCallee() == nil {
			return false
		}
		fn := call.Call.StaticCallee()
		if fn.Signature.Recv() == nil {
			return fn.Name() == "WithContext" || strings.HasPrefix(fn.Name(), "New")
		}
		if strings.HasPrefix(fn.Name(), "WithMax") {
			return false
		}
		root = call.Call.Args[0]
	}
	return false
}

// maxPath bounds the calls that configure a group.
const maxPath = 8
