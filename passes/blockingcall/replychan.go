package blockingcall

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A request may be nothing but the reply channel: inbox <- reply. The model
// does not follow channels through channels, so this file does: what goes into
// a channel of channels in one place comes out of it in another (may).

// answerThrough returns a bare send on a channel that an actor received from a
// channel into which c was sent.
func (j *judge) answerThrough(c *model.Chan) *model.Op {
	for _, inbox := range j.Chans {
		if !isChanOfChans(inbox) || !j.carries(inbox, c) {
			continue
		}
		if o := j.answerFrom(inbox); o != nil {
			return o
		}
	}
	return nil
}

// isChanOfChans reports whether the elements of a channel are channels.
func isChanOfChans(c *model.Chan) bool {
	return c.Elem != nil && isChanType(c.Elem)
}

// carries reports whether c is sent on inbox, bare or in a select.
func (j *judge) carries(inbox, c *model.Chan) bool {
	for _, o := range inbox.Sends {
		if send, ok := o.Instr.(*ssa.Send); ok && j.ChanOf(send.X) == c {
			return true
		}
	}
	for _, k := range inbox.Cases {
		if k.Select.Instr == nil {
			continue
		}
		if v := k.Select.Instr.States[k.Index].Send; v != nil && j.ChanOf(v) == c {
			return true
		}
	}
	return false
}

// answerFrom returns an actor's bare send on a channel received from inbox.
func (j *judge) answerFrom(inbox *model.Chan) *model.Op {
	for _, c := range j.Chans {
		for _, o := range c.Sends {
			if o.Select == nil && j.receivedFrom(o.Value) == inbox && j.isServedInLoop(o.Func, o.Pos, 3) {
				return o
			}
		}
	}
	return nil
}

// receivedFrom returns the channel that a value was received from, or nil.
func (j *judge) receivedFrom(v ssa.Value) *model.Chan {
	switch x := v.(type) {
	case *ssa.UnOp:
		if x.Op == token.ARROW {
			return j.ChanOf(x.X)
		}
	case *ssa.ChangeType:
		return j.receivedFrom(x.X)
	case *ssa.Extract:
		if recv, ok := x.Tuple.(*ssa.UnOp); ok {
			return j.receivedFrom(recv)
		}
		if sel, ok := x.Tuple.(*ssa.Select); ok {
			return j.receivedInCase(sel, x.Index-2)
		}
	}
	return nil
}

// receivedInCase returns the channel of the n-th receive of a select.
func (j *judge) receivedInCase(sel *ssa.Select, n int) *model.Chan {
	for _, state := range sel.States {
		if state.Send != nil {
			continue
		}
		if n == 0 {
			return j.ChanOf(state.Chan)
		}
		n--
	}
	return nil
}

// callAt returns the call expression whose left parenthesis, or whose start, is
// at pos.
func (j *judge) callAt(pos token.Pos) (call *ast.CallExpr) {
	for _, file := range j.Pass.Files {
		if !contains(file, pos) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || !contains(n, pos) {
				return false
			}
			if c, ok := n.(*ast.CallExpr); ok && (c.Lparen == pos || c.Pos() == pos) {
				call = c
			}
			return true
		})
	}
	return call
}
