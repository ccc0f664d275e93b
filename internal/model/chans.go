package model

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Chan is a channel class: all channel values of the package that may be the
// same object, with every visible use.
type Chan struct {
	Makes  []*Make
	Sends  []*Op // bare sends
	Recvs  []*Op // bare receives and range loops
	Closes []*Op
	Cases  []*Case // cases of selects, both directions
	Vars   []*types.Var
	Elem   types.Type

	In       bool          // may stand for a channel made out of view
	Out      bool          // code out of view may send, receive or close
	MaybeNil bool          // nil is assigned somewhere
	From     []*types.Func // functions out of view whose results it may be
}

// Make is one make(chan T, n).
type Make struct {
	Func  *Func
	Instr *ssa.MakeChan
	Pos   token.Pos
	Cap   int64 // -1 if not constant
}

// IsClosedWorld reports whether every make and use is in view.
func (c *Chan) IsClosedWorld() bool { return c != nil && !c.In && !c.Out }

// IsSignal reports whether the elements carry no data.
func (c *Chan) IsSignal() bool {
	if c == nil || c.Elem == nil {
		return false
	}
	st, ok := c.Elem.Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

// HasSends reports whether anything in view sends, bare or in a select.
func (c *Chan) HasSends() bool {
	return len(c.Sends) > 0 || slices.ContainsFunc(c.Cases, func(k *Case) bool { return k.Dir == types.SendOnly })
}

// HasRecvs reports whether anything in view receives, bare or in a select.
func (c *Chan) HasRecvs() bool {
	return len(c.Recvs) > 0 || slices.ContainsFunc(c.Cases, func(k *Case) bool { return k.Dir == types.RecvOnly })
}

// IsSemaphore reports whether the channel counts permits: buffered, without
// data, both filled and drained, never closed.
func (c *Chan) IsSemaphore() bool {
	return c != nil && len(c.Makes) > 0 && c.MaxCap() != 0 && c.HasSends() && c.HasRecvs() && len(c.Closes) == 0 && isPermit(c.Elem)
}

// isPermit reports whether a type is used for tokens rather than data.
func isPermit(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return u.NumFields() == 0
	case *types.Interface:
		return u.Empty()
	case *types.Basic:
		return u.Info()&(types.IsBoolean|types.IsInteger) != 0
	}
	return false
}

// ChanOf returns the class of a channel value, or nil for a nil constant.
func (p *Package) ChanOf(v ssa.Value) *Chan {
	if p.union == nil {
		return nil
	}
	n := p.union.node(v)
	if n == nil {
		return nil
	}
	return p.byRoot[p.union.find(n)]
}

// readChans builds the classes and attaches every use.
func (p *Package) readChans() {
	p.union = newUnion(p)
	p.byRoot = make(map[any]*Chan)
	for _, f := range p.Funcs {
		p.union.addFunc(f)
	}
	p.union.openVars()
	for _, f := range p.Funcs {
		p.addMakes(f)
		p.addUses(f)
	}
	p.addVars()
	for _, c := range p.Chans {
		c.In = c.In || len(c.Makes) == 0 || c.hasOpenVar(p) // without a make it comes from out of view
		c.Out = c.Out || c.In
	}
	for _, f := range p.Funcs {
		for _, s := range f.Selects {
			s.classify()
		}
	}
}

// chanFor returns the class of v, making it on first sight.
func (p *Package) chanFor(v ssa.Value) *Chan {
	n := p.union.node(v)
	if n == nil {
		return nil
	}
	root := p.union.find(n)
	c := p.byRoot[root]
	if c == nil {
		flags := p.union.flags[root]
		c = &Chan{In: flags&openIn != 0, Out: flags&openOut != 0, MaybeNil: flags&maybeNil != 0, From: p.union.sources[root]}
		if t, ok := coreOf(v.Type()).(*types.Chan); ok {
			c.Elem = t.Elem()
		}
		p.byRoot[root] = c
		p.Chans = append(p.Chans, c)
	}
	return c
}

// addMakes files the makes of f under their classes.
func (p *Package) addMakes(f *Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			mk, ok := instr.(*ssa.MakeChan)
			if !ok {
				continue
			}
			pos := mk.Pos()
			if call := p.syntax.calls[pos]; call != nil {
				pos = call.Pos()
			}
			c := p.chanFor(mk)
			c.Makes = append(c.Makes, &Make{Func: f, Instr: mk, Pos: pos, Cap: constCap(mk.Size)})
		}
	}
}

// addUses files the channel operations and select cases of f under their classes.
func (p *Package) addUses(f *Func) {
	for _, o := range f.Ops {
		switch o.Action {
		case Send, Recv, RangeRecv, Close:
			if o.Chan = p.chanFor(o.Value); o.Chan != nil {
				o.Chan.addUse(o)
			}
		}
	}
	for _, s := range f.Selects {
		if s.Instr == nil {
			s.Cases[0].Chan = s.Op.Chan
			continue
		}
		for _, k := range s.Cases {
			if k.Chan = p.chanFor(k.Value); k.Chan != nil {
				k.Chan.Cases = append(k.Chan.Cases, k)
			}
		}
	}
}

// addUse files one operation outside selects.
func (c *Chan) addUse(o *Op) {
	switch o.Action {
	case Send:
		c.Sends = append(c.Sends, o)
	case Recv, RangeRecv:
		c.Recvs = append(c.Recvs, o)
	case Close:
		c.Closes = append(c.Closes, o)
	}
}

// addVars names the variables that hold each class, ordered by position.
func (p *Package) addVars() {
	for n := range p.union.parent {
		p.addVar(n)
	}
	for n := range p.byRoot {
		p.addVar(n)
	}
	for _, c := range p.Chans {
		slices.SortFunc(c.Vars, func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) })
		c.Vars = slices.Compact(c.Vars)
	}
}

// addVar adds n to the variables of its class, if it is one.
func (p *Package) addVar(n any) {
	c := p.byRoot[p.union.find(n)]
	if c == nil {
		return
	}
	switch n := n.(type) {
	case *types.Var:
		c.Vars = append(c.Vars, n)
	case *ssa.Parameter:
		if v, ok := n.Object().(*types.Var); ok {
			c.Vars = append(c.Vars, v)
		}
	case *ssa.Alloc:
		if v, ok := p.allocObject(n).(*types.Var); ok {
			c.Vars = append(c.Vars, v)
		}
	}
}

// hasOpenVar reports whether another package can reach the class through an
// exported variable or field, or a field of a struct declared elsewhere.
func (c *Chan) hasOpenVar(p *Package) bool {
	for _, v := range c.Vars {
		if v.Pkg() != p.Pass.Pkg {
			return true
		}
		if v.Exported() && !p.IsMain() && (v.IsField() || v.Parent() == p.Pass.Pkg.Scope()) {
			return true
		}
	}
	return false
}
