package verify

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file says what variables contain that goroutines wait for.

// content is what a variable contains.
type content uint8

const (
	unread content = iota
	nothing
	somethingToWaitFor // a group or condition that somebody waits for, or a lock
)

// lockTypes are the types that one goroutine holds against another.
var lockTypes = map[symbol.Name]bool{
	{Pkg: "sync", Func: "Mutex"}: true, {Pkg: "sync", Func: "RWMutex"}: true, {Pkg: "sync", Func: "Once"}: true,
}

// groupTypes are the types whose Wait waits for other goroutines.
var groupTypes = map[symbol.Name]bool{
	{Pkg: "sync", Func: "Cond"}:      true,
	{Pkg: "sync", Func: "WaitGroup"}: true, {Pkg: "golang.org/x/sync/errgroup", Func: "Group"}: true,
}

// readJoins finds the groups and conditions that somebody waits for.
func (n *interests) readJoins(p *model.Package) {
	for _, f := range p.Funcs {
		for _, o := range f.Ops {
			n.tries = n.tries || o.Action == model.TryLock || o.Action == model.TryRLock
			if o.Action == model.CondWait {
				n.conds, n.joins[o.Class] = true, true
			}
		}
	}
	for _, g := range p.Groups {
		if len(g.Waits)+len(g.Limits) == 0 && !g.Out {
			continue
		}
		for _, ops := range [][]*model.Op{g.Adds, g.Dones, g.Waits, g.Gos, g.Limits} {
			for _, o := range ops {
				n.joins[o.Class] = true
			}
		}
	}
}

// contentOf says what the variable made by an instruction contains.
func (n *interests) contentOf(a *ssa.Alloc) content {
	t := a.Type().Underlying().(*types.Pointer).Elem()
	c := n.types[t]
	if c == unread {
		c = n.read(t, 0)
		n.types[t] = c
	}
	return c
}

// read does the work of contentOf, to a bounded depth.
func (n *interests) read(t types.Type, depth int) content {
	switch name := nameOf(t); {
	case depth > 4:
		return nothing
	case groupTypes[name] || lockTypes[name]:
		return somethingToWaitFor
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return n.readFields(u, depth)
	case *types.Array:
		return n.read(u.Elem(), depth+1)
	}
	return nothing
}

// readFields says what a struct contains.
func (n *interests) readFields(st *types.Struct, depth int) content {
	most := nothing
	for f := range st.Fields() {
		c := n.read(f.Type(), depth+1)
		if groupTypes[nameOf(f.Type())] && !n.joins[f.Origin()] {
			c = nothing
		}
		most = max(most, c)
	}
	return most
}

// nameOf returns the name of a named type.
func nameOf(t types.Type) symbol.Name {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return symbol.Name{}
	}
	return symbol.Name{Pkg: named.Obj().Pkg().Path(), Func: named.Obj().Name()}
}

// hasGroup reports whether a variable of type t contains a group or condition,
// to a bounded depth.
func hasGroup(t types.Type, depth int) bool {
	if depth > 4 {
		return false
	}
	if groupTypes[nameOf(t)] {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if hasGroup(f.Type(), depth+1) {
				return true
			}
		}
	case *types.Array:
		return hasGroup(u.Elem(), depth+1)
	}
	return false
}
