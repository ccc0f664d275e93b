package verify

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file is the reduction: which stretches of code cannot matter. A branch
// is dull if nothing between it and the block where its sides meet again makes
// objects, starts goroutines, waits, ends the process, or is given an object in
// view; a dull branch is stepped over without a split. It may forget that the
// sides differ in what they store, never that they differ in what they wait
// for.

// region is what lies between a branch and its join.
type region struct {
	join   *ssa.BasicBlock
	phis   int   // how many phis the join starts with
	inputs []int // registers from outside that the region reads
	outs   []int // registers that the region decides and others read
	blocks []*ssa.BasicBlock
}

// findRegion returns the region of a branch, or nil if it is not dull.
func (c *checker) findRegion(k *code, b *ssa.BasicBlock) *region {
	join := k.joinOf(b)
	if join == nil {
		return nil
	}
	r := &region{join: join, blocks: between(b, join)}
	for _, blk := range r.blocks {
		for _, instr := range blk.Instrs {
			if c.isEvent(instr) || !r.reads(k, instr) || !r.decides(k, instr) {
				return nil
			}
		}
	}
	if !r.readPhis(k, b) {
		return nil
	}
	return r
}

// has reports whether a block lies in the region.
func (r *region) has(b *ssa.BasicBlock) bool { return slices.Contains(r.blocks, b) }

// reads notes the registers from outside that an instruction reads; stores of
// values that conditions are made of are not dull.
func (r *region) reads(k *code, instr ssa.Instruction) bool {
	if st, ok := instr.(*ssa.Store); ok && !isData(st.Val.Type()) {
		return false
	}
	var buf [8]*ssa.Value
	for _, op := range instr.Operands(buf[:0]) {
		n, ok := k.regs[*op]
		if !ok || slices.Contains(r.inputs, n) {
			continue
		}
		if i, ok := (*op).(ssa.Instruction); !ok || !r.has(i.Block()) {
			r.inputs = append(r.inputs, n)
		}
	}
	return true
}

// decides notes a register that is read behind the region. It is dull only if
// it is unknown anyway or nobody asks for it.
func (r *region) decides(k *code, instr ssa.Instruction) bool {
	v, ok := instr.(ssa.Value)
	if !ok {
		return true
	}
	used := slices.ContainsFunc(*v.Referrers(), func(u ssa.Instruction) bool { return !r.has(u.Block()) })
	if !used {
		return true
	}
	if !isOpaque(v) && isAsked(v, 0) {
		return false
	}
	r.outs = append(r.outs, k.regs[v])
	return true
}

// readPhis notes the join's registers that depend on the side taken.
func (r *region) readPhis(k *code, b *ssa.BasicBlock) bool {
	for _, instr := range r.join.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		r.phis++
		for n, pred := range r.join.Preds {
			if pred != b && !r.has(pred) {
				return false // a join of more than this branch: its other values are lost
			}
			if !isOpaque(phi.Edges[n]) && isAsked(phi, 0) {
				return false
			}
		}
		r.outs = append(r.outs, k.regs[phi])
	}
	return true
}

// isOpaque reports whether a register holds an unknown value anyway.
func isOpaque(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.Extract:
		_, isCall := x.Tuple.(*ssa.Call)
		return isCall
	case *ssa.Call:
		_, isBuiltin := x.Call.Value.(*ssa.Builtin)
		return !isBuiltin
	case *ssa.Lookup:
		return true
	}
	return false
}

// isAsked reports whether a value may decide something or lead somewhere:
// whether it goes anywhere but into data.
func isAsked(v ssa.Value, depth int) bool {
	if isData(v.Type()) && !isSlice(v.Type()) {
		return false
	}
	if depth > 4 || v.Referrers() == nil {
		return true
	}
	for _, u := range *v.Referrers() {
		switch u := u.(type) {
		case *ssa.DebugRef, *ssa.IndexAddr, *ssa.MakeInterface:
		case *ssa.Store:
			if !isData(u.Val.Type()) {
				return true
			}
		case *ssa.Phi:
			if depth > 2 || isAsked(u, depth+1) {
				return true
			}
		case *ssa.BinOp, *ssa.Convert:
			if isAsked(u.(ssa.Value), depth+1) {
				return true
			}
		case *ssa.Call:
			b, ok := u.Call.Value.(*ssa.Builtin)
			if !ok || b.Name() != "append" || isAsked(u, depth+1) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// isSlice reports whether t is a slice type.
func isSlice(t types.Type) bool { _, ok := t.Underlying().(*types.Slice); return ok }

// isData reports whether values of a type are hardly ever asked about.
func isData(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsString|types.IsFloat|types.IsComplex) != 0
	case *types.Struct, *types.Array:
		return !mayHold(t)
	case *types.Slice:
		return !mayHold(u.Elem())
	}
	return false
}

// between lists the blocks on paths from a branch to its join.
func between(b, join *ssa.BasicBlock) []*ssa.BasicBlock {
	var out []*ssa.BasicBlock
	seen := map[*ssa.BasicBlock]bool{join: true}
	work := slices.Clone(b.Succs)
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[x] {
			continue
		}
		seen[x] = true
		out = append(out, x)
		work = append(work, x.Succs...)
	}
	return out
}

// isEvent reports whether an instruction can matter by itself, whatever it is
// given.
func (c *checker) isEvent(instr ssa.Instruction) bool {
	switch i := instr.(type) {
	case *ssa.Send, *ssa.Select, *ssa.Go, *ssa.Defer, *ssa.RunDefers, *ssa.Return:
		return true
	case *ssa.MakeChan:
		return c.makes[i]
	case *ssa.Panic:
		return !isNoReturn(i)
	case *ssa.Alloc:
		return c.matters(i)
	case *ssa.UnOp:
		return i.Op.String() == "<-"
	case *ssa.Call:
		return c.isEventCall(i)
	}
	return false
}

// isEventCall reports whether a call can matter whatever it is given.
func (c *checker) isEventCall(i *ssa.Call) bool {
	if b, ok := i.Call.Value.(*ssa.Builtin); ok {
		return b.Name() == "close" || b.Name() == "recover"
	}
	fn := i.Call.StaticCallee()
	if fn == nil || c.ctxs[i] {
		return fn != nil
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		if action, ok := model.SyncAction(obj); ok {
			return action == model.GroupGo
		}
	}
	m := c.pkg.FuncOf(fn)
	return m != nil && c.doesAct(m) && c.handsBack(fn.Signature)
}

// isNoReturn reports whether a panic stands for a call that never returns.
func isNoReturn(i *ssa.Panic) bool {
	mi, ok := i.X.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	c, ok := mi.X.(*ssa.Const)
	return ok && constValue(c) == lit{"noreturn"}
}

// skip steps over a dull branch; ok is false if it is not dull in this state.
func (m *machine) skip(f *frame) (ok bool) {
	k := f.code
	r, known := k.regions[f.block]
	if !known {
		r = m.findRegion(k, f.block)
		k.regions[f.block] = r
	}
	if r == nil {
		return false
	}
	for _, n := range r.inputs {
		if m.leadsOne(f.reg(n)) {
			return false
		}
	}
	f.block, f.pc = r.join, r.phis
	for _, n := range r.outs {
		f.setReg(n, m.st.fresh())
	}
	return true
}
