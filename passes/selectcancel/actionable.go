package selectcancel

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/symbol"
)

// A context that a function ignores is worth a word where the function could do
// something with it: the wait is its own, or that of a function of this package
// that it calls. A wait behind other packages that take no context, a lock, a
// send that has room and the like leave no choice. Must: what the wait stands
// for is in view.

// isWorthUsing reports whether a context could do something about a long wait.
func (j *judge) isWorthUsing(o *model.Op) bool {
	return j.isActionable(o) || j.isActionableCall(o) || j.isFarOutside(o)
}

// farOutside is the number of calls behind which a wait for the outside still
// counts as a function's own business.
const farOutside = 4

// isFarOutside reports whether a call leads to a wait for the outside, in a
// function whose author chose to take a context.
func (j *judge) isFarOutside(o *model.Op) bool {
	if o.Action != model.CallWait || !o.Wait.Kind.IsOutside() || isStreamCall(o) || j.isDemanded(o.Func.Decl()) {
		return false
	}
	to := localCallee(o)
	return len(j.Facts.Explain(o.Wait)) <= farOutside && (to == nil || !usesAnyContext(to) && !holdsContext(to))
}

// isActionable reports whether a long wait can be made to end with a context
// where it stands.
func (j *judge) isActionable(o *model.Op) bool {
	switch o.Action {
	case model.SelectWait, model.GroupWait, model.CondWait:
		return true
	case model.Send:
		return !j.isHandedBack(o) && !isResult(o)
	case model.Recv, model.RangeRecv:
		return true
	case model.CallWait:
		return j.isSleepWorthContext(o) || j.canTakeContext(o)
	}
	return false
}

// canTakeContext reports whether a call waits for the outside or for goroutines,
// and there is a way to give it a context; or else the function is free to do
// without one.
func (j *judge) canTakeContext(o *model.Op) bool {
	if o.Callee == nil || o.Callee.Pkg() == j.Pass.Pkg {
		return false
	}
	switch name := symbol.Of(o.Callee); {
	case o.Wait.Kind == op.Join:
		return name.Func == "Wait"
	case !o.Wait.Kind.IsOutside():
		return false
	case name.Pkg == "os/exec", name.Pkg == "net/http" && name.Func == "Do": // of what a builder made
		return true
	}
	return knowledge.Sibling(o.Callee) != nil || adviceFor(o.Callee) != "" || isKnownOutside(o.Callee) && !j.isDemanded(o.Func.Decl())
}

// streamName matches methods of open streams, which end when they are closed.
var streamName = pattern.New(`^(Read|Write|Send|Recv|Receive|Flush|Close|Next|Encode|Decode|Copy|Ping|Pong)`)

// isKnownOutside reports whether the tables say that fn waits for the outside,
// rather than what stands behind it in this module; streams do not count.
func isKnownOutside(fn *types.Func) bool {
	_, ok := knowledge.Std().Lookup(fn)
	return ok && (fn.Signature().Recv() == nil || !streamName.MatchString(fn.Name()))
}

// isActionableCall reports whether a call leads to a function of this package
// that waits itself, and could be handed the context. Where others demand the
// signature, only waits for goroutines count.
func (j *judge) isActionableCall(o *model.Op) bool {
	to := localCallee(o)
	if to == nil || len(to.Contexts()) > 0 || usesAnyContext(to) || holdsContext(to) {
		return false
	}
	isDemanded := j.isDemanded(o.Func.Decl())
	for _, in := range to.Ops {
		if isDemanded && in.Action == model.CallWait {
			continue
		}
		if waitName(in) != "" && j.isActionable(in) && in.Wait.Kind != op.Join && !isOwnChan(in) && !isShortNap(in) {
			return true
		}
	}
	return hearsOnlyStop(o.Func) || hearsOnlyStop(to)
}

// isShortNap reports whether one turn of a sleep takes no more than a second.
func isShortNap(o *model.Op) bool {
	return o.Action == model.CallWait && o.Wait.Kind == op.Sleep && o.Wait.Dur > 0 && o.Wait.Dur <= 10*config.Active().MinSleep
}

// localCallee returns the function of this package that a call runs, or nil.
func localCallee(o *model.Op) *model.Func {
	for _, c := range o.Func.Calls {
		if c.Instr == o.Instr && c.To.Obj != nil {
			return c.To
		}
	}
	return nil
}

// hearsOnlyStop reports whether f waits in a select of its own, outside of loops,
// which could hear the context beside what it hears.
func hearsOnlyStop(f *model.Func) bool {
	return slices.ContainsFunc(f.Selects, func(s *model.Select) bool {
		return s.Op.Wait.Waits() && s.Loop() == nil && s.HasCase(model.Stop) && !s.HasCase(model.Timer)
	})
}

// isOwnChan reports whether o waits on a channel that its own function made: the
// function puts together what goroutines of its own work out.
func isOwnChan(o *model.Op) bool {
	if o.Chan == nil {
		return false
	}
	return slices.ContainsFunc(o.Chan.Makes, func(m *model.Make) bool { return m.Func == o.Func })
}

// holdsContext reports whether the receiver of f has a context of its own, which
// what f calls may use.
func holdsContext(f *model.Func) bool {
	return slices.ContainsFunc(f.StopFields(), model.StopVar.IsContext)
}

// takeName matches methods that take an element out of a container.
var takeName = pattern.New(`(?i)^(pop|take|remove|extract|loadanddelete|getanddelete)`)

// isHandedBack reports whether a send answers once on a channel that was taken
// out of a container, and all channels of its type are made with room.
func (j *judge) isHandedBack(o *model.Op) bool {
	root := j.PlaceOf(o.Value).Root
	if ext, ok := root.(*ssa.Extract); ok {
		root = ext.Tuple
	}
	call, ok := root.(*ssa.Call)
	if !ok || o.Func.Reaches(o.Block(), o.Block()) {
		return false
	}
	syn := j.CallSyntax(call)
	return syn != nil && takeName.MatchString(short(syn.Fun)[strings.LastIndexByte(short(syn.Fun), '.')+1:]) && j.hasRoomByType(o.Value.Type())
}

// hasRoomByType reports whether every make of such a channel in the package has
// room for an element.
func (j *judge) hasRoomByType(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	found := false
	for _, c := range j.Chans {
		for _, m := range c.Makes {
			if c.Elem == nil || !types.Identical(c.Elem, ch.Elem()) {
				continue
			}
			if m.Cap == 0 {
				return false
			}
			found = true
		}
	}
	return found
}

// isResult reports whether a send hands the result of a goroutine to whoever
// started it: once, on a channel that the goroutine was given.
func isResult(o *model.Op) bool {
	f := o.Func
	if f.Reaches(o.Block(), o.Block()) || len(f.Started)+len(f.Callers) == 0 {
		return false
	}
	for _, c := range f.Callers {
		if c.From.Obj != nil {
			return false
		}
	}
	param, ok := f.Pkg.PlaceOf(o.Value).Root.(*ssa.Parameter)
	return ok && !isReceiver(param)
}
