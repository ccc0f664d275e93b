package verify

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file tells what else there is to know of a state in which somebody is stuck:
// who is on its way out, and who is stuck as well. It explains, and judges nothing.

// leaving finds a goroutine that could have served the stuck one, or else the root,
// which has come to a return and only runs what it has deferred, with its slot; or
// nil.
func (s *search) leaving(log []*step, p *proof, c cause) (*Abandon, int) {
	x := p.st.gs[c.g]
	for i, g := range p.st.gs {
		if g == nil || i == c.g || slices.Contains(p.stuck, i) {
			continue
		}
		f, ret := returning(g)
		if f == nil || f.code.model == nil || !s.serves(f.code.model, x, make(map[*model.Func]bool)) && (g.spawn != nil || x.spawn == nil) {
			continue
		}
		a := &Abandon{Pos: ret, Func: f.code.model, By: g.spawn}
		if !ret.IsValid() {
			a.Pos = f.code.model.Body.End() - 1
		}
		a.Case = lastCase(log, i, g.spawn)
		return a, i
	}
	return nil, 0
}

// returning returns the outermost call of a goroutine that runs its deferred calls,
// with the position of its return, NoPos for the closing brace; or nil.
func returning(g *gor) (*frame, token.Pos) {
	for _, f := range g.stack {
		if f.mode != running || f.pc >= len(f.block.Instrs) {
			return nil, token.NoPos
		}
		if _, ok := f.instr().(*ssa.RunDefers); ok {
			ret, ok := f.block.Instrs[len(f.block.Instrs)-1].(*ssa.Return)
			if !ok {
				return nil, token.NoPos
			}
			return f, ret.Pos()
		}
	}
	return nil, token.NoPos
}

// lastCase returns the case that a goroutine took in the last of its moves, or nil.
func lastCase(log []*step, slot int, sp *model.Spawn) *model.Case {
	for _, l := range slices.Backward(log) {
		if l.g == slot && l.who == sp && l.kind == stepMove {
			return l.taken()
		}
	}
	return nil
}

// partners says how those stand who are stuck with the goroutine of a cause: in a
// circle with it, or with a place that it waits for.
func (s *search) partners(st *Stuck, p *proof, c cause, names *cast) {
	held := slices.Clone(c.circle)
	if st.Op.Action == model.GroupGo {
		for _, i := range p.stuck {
			if g := p.st.gs[i]; i != c.g && !slices.Contains(held, i) && g.stack[0].done == p.st.gs[c.g].at.on && g.op() != nil {
				held = append(held, i)
				st.With = append(st.With, g.op())
			}
		}
	}
	for _, i := range held {
		if o := p.st.gs[i].op(); o != nil {
			st.Beside = append(st.Beside, Step{o.Pos, names.who(i, p.st.gs[i].spawn) + " waits for ever: " + actionText(o)})
		}
	}
}

// isPassedOver reports whether a Signal woke another than the one who waits for a
// condition.
func isPassedOver(st *Stuck, log []*step, p *proof, c cause) bool {
	if st.Op.Action != model.CondWait {
		return false
	}
	woken := slices.ContainsFunc(p.st.gs, func(g *gor) bool { return g != nil && g.ready && isWokenAt(g.at.stage, g.op(), st.Op) })
	for _, l := range log {
		woken = woken || l.kind == stepMove && l.g != c.g && isWokenAt(l.op.stage, l.code.ops[l.instr], st.Op)
	}
	return woken
}

// isWokenAt reports whether somebody in the given stage of a Wait on the same
// condition as another has been woken.
func isWokenAt(at stage, o, other *model.Op) bool {
	return at == woken && o != nil && o.Action == model.CondWait && (o == other || o.Class != nil && o.Class == other.Class)
}
