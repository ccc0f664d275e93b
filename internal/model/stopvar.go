package model

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/pattern"
)

// This file finds the variables besides context parameters that a function
// could listen to: fields of its receiver and stop channels handed in.

// StopVar is a variable that announces an end: a context or a stop channel.
type StopVar struct {
	Root *types.Var // the receiver or parameter that leads to it
	Var  *types.Var // the field, or the parameter itself
	Name string     // "s.ctx", "s.quit", "stop"
}

// IsContext reports whether the variable is a context rather than a channel.
func (v StopVar) IsContext() bool { return IsContext(v.Var.Type()) }

// Done returns the channel to receive from: "s.ctx.Done()", "s.quit".
func (v StopVar) Done() string {
	if v.IsContext() {
		return v.Name + ".Done()"
	}
	return v.Name
}

// StopFields lists the receiver's fields that f could listen to, embedded
// structs included. It is empty for functions without receiver.
func (f *Func) StopFields() []StopVar {
	d := f.Decl()
	named := f.RecvNamed()
	if named == nil || d.Obj == nil {
		return nil
	}
	recv := d.Obj.Signature().Recv()
	if recv.Name() == "" || recv.Name() == "_" {
		return nil
	}
	out := f.Pkg.stopFields(named, recv, recv.Name(), 0)
	for i, v := range out {
		found, _, _ := types.LookupFieldOrMethod(named, true, f.Pkg.Pass.Pkg, v.Var.Name())
		if found == types.Object(v.Var) { // promoted: the embedded structs need not be spelled
			out[i].Name = recv.Name() + "." + v.Var.Name()
		}
	}
	return out
}

// stopFields lists the stop fields of t, which path leads to.
func (p *Package) stopFields(t types.Type, root *types.Var, path string, depth int) (out []StopVar) {
	named := namedOf(t)
	if named == nil || depth > 3 {
		return nil
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for field := range st.Fields() {
		switch {
		case !field.Exported() && field.Pkg() != p.Pass.Pkg:
		case IsContext(field.Type()) || p.isStopField(field):
			out = append(out, StopVar{root, field, path + "." + field.Name()})
		case field.Embedded():
			out = append(out, p.stopFields(field.Type(), root, path+"."+field.Name(), depth+1)...)
		}
	}
	return out
}

// beginName matches names that announce that something has begun: such a channel
// is closed early in a life, not at its end.
var beginName = pattern.New(`(?i)(start|ready|init|load|boot|open|connected|running)`)

// isStopField reports whether a channel field is a stop signal: without data,
// and closed in view or named for it.
func (p *Package) isStopField(v *types.Var) bool {
	if !isSignalChan(v.Type()) || p.union == nil || beginName.MatchString(v.Name()) {
		return false
	}
	c := p.byRoot[p.union.find(v.Origin())]
	return IsStopName(v.Name()) || c != nil && len(c.Closes) > 0 && !c.HasSends()
}

// isSignalChan reports whether t is a channel without data that can be received
// from.
func isSignalChan(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok || ch.Dir() == types.SendOnly {
		return false
	}
	st, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

// StopParams lists the stop channels among the parameters of f and of the
// functions it is nested in: channels without data that are named for an end.
func (f *Func) StopParams() (out []StopVar) {
	for g := f; g != nil; g = g.Parent {
		for _, v := range g.params() {
			if isSignalChan(v.Type()) && IsStopName(v.Name()) && !beginName.MatchString(v.Name()) {
				out = append(out, StopVar{v, v, v.Name()})
			}
		}
	}
	return out
}
