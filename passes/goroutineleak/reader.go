package goroutineleak

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds readers of a generator that may leave before its goroutine
// has sent all: a range with a way out, or straight receives that are fewer than
// the sends (must, by control flow). Receives in a loop of the reader are not
// counted, and a channel that is handed on is somebody else's to read.

// earlyReader finds a caller in view that may leave before the channel is
// empty, and its receive.
func (j *judge) earlyReader(f *model.Func, x *fed) (*model.Func, *model.Op) {
	sends := j.mostSends(f, x.ch)
	if sends <= 1 {
		return nil, nil // every reader receives once, or has its own reasons
	}
	for _, c := range f.Callers {
		if j.isProcessScope(c.From) && j.IsMain() {
			continue
		}
		r := &reading{j: j, call: c, result: x.result, ch: x.ch, fns: append([]*model.Func{c.From}, nested(c.From)...)}
		if r.drains() {
			continue
		}
		if o := r.leavesAfter(sends); o != nil {
			return o.Func, o
		}
	}
	return nil, nil
}

// reading is what one caller of a generator does with its channel.
type reading struct {
	j      *judge
	call   *model.Call
	result int
	ch     *model.Chan
	fns    []*model.Func // the caller and the literals inside it
}

// drains reports whether the reader empties the channel by a range without a
// way out.
func (r *reading) drains() bool {
	for _, f := range r.fns {
		for _, o := range f.Ops {
			if o.Chan == r.ch && o.Action == model.RangeRecv && leavesLoop(o) == nil {
				return true
			}
		}
	}
	return false
}

// leavesAfter returns a receive behind which the reader may leave although more
// of the given sends may come.
func (r *reading) leavesAfter(sends int) *model.Op {
	var straight []*model.Op
	for _, f := range r.fns {
		for _, o := range f.Ops {
			switch {
			case !r.isReceive(o):
			case o.Action == model.RangeRecv:
				return o // some way out, else it would drain
			case o.Action == model.SelectWait || r.isRepeated(o):
				return nil
			default:
				straight = append(straight, o)
			}
		}
	}
	if len(straight) == 0 || len(straight) >= sends && !r.isInPlace(straight) || r.isHandedOn() {
		return nil
	}
	if !r.isInPlace(straight) {
		return straight[len(straight)-1]
	}
	return r.tooFew(straight, sends)
}

// isReceive reports whether an operation may receive from this call's channel.
func (r *reading) isReceive(o *model.Op) bool {
	switch o.Action {
	case model.Recv, model.RangeRecv:
		return o.Chan == r.ch && r.isOwn(o.Value)
	case model.SelectWait:
		for _, k := range o.Select.Cases {
			if k.Dir == types.RecvOnly && k.Chan == r.ch && r.isOwn(k.Value) {
				return true
			}
		}
	}
	return false
}

// isOwn reports whether a channel may be the one that the call returned, and not
// that of another call.
func (r *reading) isOwn(v ssa.Value) bool {
	root, ok := r.j.PlaceOf(v).Root.(ssa.Value)
	if x, isExtract := root.(*ssa.Extract); isExtract {
		root = x.Tuple
	}
	if _, isCall := root.(*ssa.Call); ok && isCall {
		return root == r.call.Instr.Value()
	}
	return true
}

// isRepeated reports whether a receive is repeated for the same channel.
func (r *reading) isRepeated(o *model.Op) bool {
	for l := o.Func.LoopAt(o.Pos); l != nil; l = l.Parent {
		if o.Func != r.call.From || !l.Contains(r.call.Pos) {
			return true
		}
	}
	return false
}

// isInPlace reports whether all receives stand in the function of the call.
func (r *reading) isInPlace(list []*model.Op) bool {
	for _, o := range list {
		if o.Func != r.call.From {
			return false
		}
	}
	return true
}

// isHandedOn reports whether anybody else gets the channel.
func (r *reading) isHandedOn() bool {
	call, ok := r.call.Instr.(*ssa.Call)
	if !ok {
		return true
	}
	v := ssa.Value(call)
	if call.Call.Signature().Results().Len() > 1 {
		v = extract(call, r.result)
	}
	return v == nil || !everyUse(v, 0, onlyReceived)
}

// onlyReceived reports whether one use of a channel does no more than receive
// from it, here or in a literal.
func onlyReceived(ref ssa.Instruction, v ssa.Value, depth int) bool {
	switch i := ref.(type) {
	case *ssa.DebugRef, *ssa.Select:
		return true
	case *ssa.UnOp:
		return model.IsChan(v.Type()) || everyUse(i, depth+1, onlyReceived)
	case *ssa.ChangeType:
		return everyUse(i, depth+1, onlyReceived)
	case *ssa.Store:
		a, ok := i.Addr.(*ssa.Alloc)
		return ok && (i.Addr == v || everyUse(a, depth+1, onlyReceived))
	case *ssa.MakeClosure:
		fn := i.Fn.(*ssa.Function)
		for n, b := range i.Bindings {
			if b == v && (fn.Synthetic != "" || !everyUse(fn.FreeVars[n], depth+1, onlyReceived)) {
				return false
			}
		}
		return true
	}
	return false
}

// tooFew returns the last receive of a path that receives, but fewer times than
// the goroutine may send.
func (r *reading) tooFew(list []*model.Op, sends int) *model.Op {
	w := &recvWalk{r: r, at: make(map[ssa.Instruction]*model.Op), sends: sends, seen: make(map[recvState]bool)}
	for _, o := range list {
		w.at[o.Instr] = o
	}
	b := r.call.Instr.Block()
	for n, i := range b.Instrs {
		if i == r.call.Instr {
			return w.through(b, b.Instrs[n+1:], 0, nil)
		}
	}
	return nil
}

// recvWalk follows the paths from a call with the number of receives on them.
type recvWalk struct {
	r     *reading
	at    map[ssa.Instruction]*model.Op
	sends int
	seen  map[recvState]bool
}

// recvState is a block that is entered after a number of receives.
type recvState struct {
	b *ssa.BasicBlock
	n int
}

// through walks a block and what follows it; n receives are behind, the last of
// them is last.
func (w *recvWalk) through(b *ssa.BasicBlock, list []ssa.Instruction, n int, last *model.Op) *model.Op {
	for _, i := range list {
		if o := w.at[i]; o != nil {
			n, last = n+1, o
		}
		if _, isReturn := i.(*ssa.Return); (isReturn || i == w.r.call.Instr) && n < w.sends {
			return last // nil if it has not received at all
		}
	}
	if n >= w.sends {
		return nil
	}
	for _, next := range b.Succs {
		if s := (recvState{next, n}); !w.seen[s] {
			w.seen[s] = true
			if o := w.through(next, next.Instrs, n, last); o != nil {
				return o
			}
		}
	}
	return nil
}

// leavesLoop returns a return that the body of a range reaches without asking
// the channel again.
func leavesLoop(o *model.Op) *ssa.Return {
	head := o.Block()
	if len(head.Succs) == 0 {
		return nil
	}
	w := walk{stops: map[ssa.Instruction]bool{o.Instr: true}, seen: map[*ssa.BasicBlock]bool{head: true}}
	return w.through(head.Succs[0], head.Succs[0].Instrs)
}
