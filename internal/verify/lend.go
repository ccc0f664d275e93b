package verify

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file is channels of which code out of view has one end only. A callback
// handed to an unknown function, and a channel passed on as chan<- or <-chan,
// let that function send or receive, not both: whoever sends on a channel that
// others can only send on gets no help from them. (Whom a chan<- is given may
// close it, too: no receiver is held to be stuck there, and closing is not
// explored, as the senders of interest would panic.) What a function value does
// is read off its body (may); a use that is not understood is all uses.

// access is what code out of view may do with a channel.
type access uint8

const (
	maySend access = 1 << iota // it may send, so that receivers can go on
	mayRecv                    // it may receive, so that senders can go on
	anyUse  = maySend | mayRecv
)

// lend notes that code out of view may use a channel in one way, or use v in
// any way if it is no channel.
func (m *machine) lend(v value, e access) {
	ch, ok := v.(chanRef)
	if !ok || e == anyUse || m.st.objs[ch.obj] != nil && m.st.objs[ch.obj].lent|e == anyUse {
		m.escape(v)
		return
	}
	if e != 0 && m.st.objs[ch.obj] != nil {
		m.st.mut(ch.obj).lent |= e
	}
}

// lendVariable is lend for whatever channel a captured variable holds, now or
// later.
func (m *machine) lendVariable(r ref, e access) {
	o := m.st.objs[r.obj]
	if o == nil || o.escaped || r.path != "" {
		m.escape(r)
		return
	}
	m.st.mut(r.obj).lent |= e
	if v, ok := o.cells[""]; ok {
		m.lend(v, e)
	}
}

// lendFunc notes that code out of view may call a function.
func (m *machine) lendFunc(x *fnVal) {
	var uses []access
	if len(x.fn.FreeVars) == len(x.free) {
		uses = m.captures(x.fn)
	}
	for i, y := range x.free {
		if r, ok := y.(ref); ok && i < len(uses) && uses[i] != anyUse {
			m.lendVariable(r, uses[i])
		} else {
			m.escape(y)
		}
	}
}

// accessOf returns the access that a channel type offers.
func accessOf(t types.Type) access {
	c, ok := t.Underlying().(*types.Chan)
	switch {
	case ok && c.Dir() == types.SendOnly:
		return maySend
	case ok && c.Dir() == types.RecvOnly:
		return mayRecv
	}
	return anyUse
}

// captures says, per captured variable of a function, what the function and
// the functions it makes do with the channel in it.
func (c *checker) captures(fn *ssa.Function) []access {
	if known, ok := c.captured[fn]; ok {
		return known
	}
	out := make([]access, len(fn.FreeVars))
	for i := range out {
		out[i] = anyUse // against recursion
	}
	c.captured[fn] = out
	for i, v := range fn.FreeVars {
		out[i] = c.variableUse(v)
	}
	return out
}

// variableUse says what a function does with the channel in a variable that
// it captures.
func (c *checker) variableUse(v *ssa.FreeVar) access {
	ptr, ok := v.Type().Underlying().(*types.Pointer)
	if !ok {
		return anyUse
	}
	if _, ok := ptr.Elem().Underlying().(*types.Chan); !ok {
		return anyUse
	}
	var e access
	for _, use := range *v.Referrers() {
		switch u := use.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			e |= c.channelUse(u, 0)
		case *ssa.MakeClosure:
			e |= c.boundUse(u, v)
		default:
			return anyUse
		}
	}
	return e
}

// boundUse says what a function made by mk does with a variable it is bound
// to.
func (c *checker) boundUse(mk *ssa.MakeClosure, v ssa.Value) access {
	fn, ok := mk.Fn.(*ssa.Function)
	if !ok {
		return anyUse
	}
	var e access
	for i, b := range mk.Bindings {
		if b == v {
			e |= c.captures(fn)[i]
		}
	}
	return e
}

// channelUse says what is done with a channel value.
func (c *checker) channelUse(v ssa.Value, depth int) access {
	var e access
	for _, use := range *v.Referrers() {
		switch u := use.(type) {
		case *ssa.DebugRef:
		case *ssa.Send:
			e |= maySend
			if u.X == v {
				return anyUse
			}
		case *ssa.UnOp:
			if u.Op != token.ARROW {
				return anyUse
			}
			e |= mayRecv
		case *ssa.Select:
			e |= selectUse(u, v)
		case *ssa.ChangeType:
			e |= c.channelUse(u, depth)
		case ssa.CallInstruction:
			e |= c.calleeUse(u, v, depth)
		default:
			return anyUse
		}
	}
	return e
}

// selectUse says what a select does with a channel value.
func selectUse(sel *ssa.Select, v ssa.Value) access {
	var e access
	for _, s := range sel.States {
		switch {
		case s.Send == v:
			return anyUse
		case s.Chan == v && s.Dir == types.SendOnly:
			e |= maySend
		case s.Chan == v:
			e |= mayRecv
		}
	}
	return e
}

// maxPassed bounds how far a channel is followed from callee to callee.
const maxPassed = 4

// calleeUse says what a callee does with a channel value that it is given.
func (c *checker) calleeUse(call ssa.CallInstruction, v ssa.Value, depth int) access {
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok && (b.Name() == "len" || b.Name() == "cap") {
		return 0
	}
	fn := common.StaticCallee()
	var e access
	for i, a := range common.Args {
		switch {
		case a != v:
		case fn != nil && c.codeOf(fn) != nil && i < len(fn.Params) && depth < maxPassed:
			e |= c.channelUse(fn.Params[i], depth+1)
		default:
			e |= accessOf(v.Type())
		}
	}
	if common.Value == v {
		return anyUse
	}
	return e
}
