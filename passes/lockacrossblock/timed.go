package lockacrossblock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// awaitsLockers reports whether a select that time ends waits, besides, only for
// functions of the package that take the lock held here before they come: it lasts
// its full time whenever they have not come before. All must be in view, and what is
// called must not let go of the lock by another name (must).
func (j *judge) awaitsLockers(w *wait) bool {
	c := soleRecv(w.op.Select)
	if c == nil || w.call != nil && mayLetGo(w.call.To) || !c.IsClosedWorld() || w.held.Class == nil {
		return false
	}
	others := counterparts(c, false)
	for _, o := range others {
		if o.Func.Decl() == w.from.Decl() || j.onWay(o, w.held) == nil {
			return false
		}
	}
	return len(others) > 0
}

// mayLetGo reports whether a function unlocks anything, by whatever name, or calls
// something unknown that may.
func mayLetGo(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			switch common := i.Common(); {
			case common.IsInvoke():
				if letsGo.MatchString(common.Method.Name()) {
					return true
				}
			case common.StaticCallee() != nil:
				if letsGo.MatchString(common.StaticCallee().Name()) {
					return true
				}
			default:
				if _, isBuiltin := common.Value.(*ssa.Builtin); !isBuiltin {
					return true
				}
			}
		}
	}
	return false
}

// letsGo matches names of functions that may unlock.
var letsGo = pattern.New(`(?i)(unlock|release|leave|give|wait)`)

// soleRecv returns the channel of a select's only case that is no clock, if it is a
// receive; nil otherwise.
func soleRecv(s *model.Select) (c *model.Chan) {
	if s == nil || s.HasDefault {
		return nil
	}
	for _, k := range s.Cases {
		switch {
		case k.Kind == model.Timer || k.Kind == model.Ticker:
		case k.Dir == types.RecvOnly && c == nil && k.Chan != nil:
			c = k.Chan
		default:
			return nil
		}
	}
	return c
}
