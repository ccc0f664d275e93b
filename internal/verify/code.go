package verify

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// code is what the checker keeps of one function: numbers for its registers,
// which of them are still needed where, and what the model says of its
// instructions.
type code struct {
	fn      *ssa.Function
	id      int
	model   *model.Func // nil for the wrappers SSA invents
	regs    map[ssa.Value]int
	order   []ssa.Value // register by number
	liveOut []bitset    // by block
	live    map[livePoint][]int
	ops     map[ssa.Instruction]*model.Op
	spawns  map[ssa.Instruction]*model.Spawn
	post    []int // see joinOf
	regions map[*ssa.BasicBlock]*region
	loops   map[*ssa.BasicBlock]bool // is the block part of a loop?
}

// livePoint is a place in a function's code.
type livePoint struct {
	block *ssa.BasicBlock
	pc    int
}

// bitset is a set of register numbers.
type bitset []uint64

// has reports whether the set contains i.
func (b bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }

// add puts i into the set.
func (b bitset) add(i int) { b[i/64] |= 1 << (i % 64) }

// del takes i out of the set.
func (b bitset) del(i int) { b[i/64] &^= 1 << (i % 64) }

// codeOf returns the code of a function with a body, or nil.
func (c *checker) codeOf(fn *ssa.Function) *code {
	m := c.pkg.FuncOf(fn)
	if m != nil {
		fn = m.SSA
	}
	if len(fn.Blocks) == 0 {
		return nil
	}
	if k := c.codes[fn]; k != nil {
		return k
	}
	k := &code{fn: fn, id: len(c.codes), model: m, regs: make(map[ssa.Value]int), live: make(map[livePoint][]int), regions: make(map[*ssa.BasicBlock]*region)}
	k.number()
	k.index()
	c.codes[fn] = k
	return k
}

// number gives every register a number.
func (k *code) number() {
	add := func(v ssa.Value) {
		k.regs[v] = len(k.order)
		k.order = append(k.order, v)
	}
	for _, p := range k.fn.Params {
		add(p)
	}
	for _, v := range k.fn.FreeVars {
		add(v)
	}
	for _, b := range k.fn.Blocks {
		for _, instr := range b.Instrs {
			if v, ok := instr.(ssa.Value); ok {
				add(v)
			}
		}
	}
}

// index finds the model's view of each instruction.
func (k *code) index() {
	k.ops = make(map[ssa.Instruction]*model.Op)
	k.spawns = make(map[ssa.Instruction]*model.Spawn)
	if k.model == nil {
		return
	}
	for _, o := range k.model.Ops {
		k.ops[o.Instr] = o
	}
	for _, s := range k.model.Spawns {
		k.spawns[s.Instr] = s
	}
}

// liveAt lists the registers whose values are still needed by the instruction
// at pc of b or by a later one, in order.
func (k *code) liveAt(b *ssa.BasicBlock, pc int) []int {
	at := livePoint{b, pc}
	if l, ok := k.live[at]; ok {
		return l
	}
	if k.liveOut == nil {
		k.solveLive()
	}
	set := append(bitset(nil), k.liveOut[b.Index]...)
	for i := len(b.Instrs) - 1; i >= pc; i-- {
		k.backOver(set, b.Instrs[i])
	}
	l := []int{}
	for i := range k.order {
		if set.has(i) {
			l = append(l, i)
		}
	}
	k.live[at] = l
	return l
}

// backOver moves a set of live registers from behind an instruction to before
// it.
func (k *code) backOver(set bitset, instr ssa.Instruction) {
	if v, ok := instr.(ssa.Value); ok {
		set.del(k.regs[v])
	}
	if _, ok := instr.(*ssa.Phi); ok {
		return // used at the end of the predecessors
	}
	var buf [8]*ssa.Value
	for _, op := range instr.Operands(buf[:0]) {
		if i, ok := k.regs[*op]; ok {
			set.add(i)
		}
	}
}

// solveLive computes which registers are live at the end of each block.
func (k *code) solveLive() {
	words := len(k.order)/64 + 1
	k.liveOut = make([]bitset, len(k.fn.Blocks))
	for i := range k.liveOut {
		k.liveOut[i] = make(bitset, words)
	}
	for changed := true; changed; {
		changed = false
		for i := len(k.fn.Blocks) - 1; i >= 0; i-- {
			changed = k.flowBack(k.fn.Blocks[i]) || changed
		}
	}
}

// flowBack adds what b needs to the ends of its predecessors.
func (k *code) flowBack(b *ssa.BasicBlock) (changed bool) {
	in := append(bitset(nil), k.liveOut[b.Index]...)
	for i := len(b.Instrs) - 1; i >= 0; i-- {
		k.backOver(in, b.Instrs[i])
	}
	for n, pred := range b.Preds {
		need := append(bitset(nil), in...)
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			if i, ok := k.regs[phi.Edges[n]]; ok {
				need.add(i)
			}
		}
		out := k.liveOut[pred.Index]
		for w := range out {
			if need[w]&^out[w] != 0 {
				out[w] |= need[w]
				changed = true
			}
		}
	}
	return changed
}

// posOf returns where an instruction is in the source: for calls, where the
// call expression starts.
func (k *code) posOf(instr ssa.Instruction) token.Pos {
	if o := k.ops[instr]; o != nil {
		return o.Pos
	}
	if s := k.spawns[instr]; s != nil {
		return s.Pos
	}
	return instr.Pos()
}
