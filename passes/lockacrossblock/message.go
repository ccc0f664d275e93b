package lockacrossblock

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// across builds "s.mu is held across a send on s.out (locked on line 41); unlock
// first", shortened until it fits with the rule's name.
func (j *judge) across(w *wait, name, what, advice string) string {
	long := fmt.Sprintf("%s is held across %s (%s); %s", w.held.Name, what, j.locked(w.held, w), advice)
	if len(long)+len(name)+3 <= report.MaxMessage {
		return long
	}
	return clip(fmt.Sprintf("%s is held across %s; %s", w.held.Name, what, advice), name)
}

// clip shortens a message that is too long even so.
func clip(msg, name string) string {
	room := report.MaxMessage - len(name) - 3
	if len(msg) <= room {
		return msg
	}
	cut := strings.ToValidUTF8(msg[:room-len("…")], "")
	return cut + "…"
}

// locked says where a lock was taken.
func (j *judge) locked(h lockset.Held, w *wait) string {
	if h.Assumed && j.FuncAt(h.Pos) == w.from {
		return "by its callers"
	}
	return "locked " + j.report.Where(w.pos(), h.Pos)
}

// what names the operation a lock is held across.
func (w *wait) what() string {
	if w.call != nil {
		return fmt.Sprintf("%s, which %s", calleeOf(w.call), verb(w.op))
	}
	switch w.op.Wait.Kind {
	case op.Send:
		return "a send on " + w.op.Name()
	case op.Recv:
		return "a receive from " + w.op.Name()
	case op.Range:
		return "a range over " + w.op.Name()
	case op.Select:
		return "a select without default"
	case op.Join:
		return w.op.Name() + ".Wait"
	case op.Cond:
		return w.op.Name() + ".Wait"
	}
	return w.op.Name()
}

// calleeName is what a message calls a function of the package.
func calleeName(f *model.Func) string {
	if f.Obj == nil {
		return "a function literal"
	}
	return f.Name()
}

// calleeOf is what a message calls the function that a call runs; one that a field
// keeps has the name of the field.
func calleeOf(c *model.Call) string {
	if c.Value == nil {
		return calleeName(c.To)
	}
	if call := c.From.Pkg.CallSyntax(c.Instr); call != nil {
		if name := types.ExprString(call.Fun); len(name) <= maxSpelling {
			return name
		}
	}
	return calleeName(c.To)
}
