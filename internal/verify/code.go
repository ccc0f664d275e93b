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
	locks   bool  // does it take locks?
	post    []int // see joinOf
	regions map[*ssa.BasicBlock]*region
	loops   map[*ssa.BasicBlock]bool // is the block part of a loop?

	operands []*ssa.Value // room for backOver to work in
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
		k.locks = k.locks || o.Action >= model.Lock && o.Action <= model.TryRLock
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
	k.operands = instr.Operands(k.operands[:0])
	for _, op := range k.operands {
		if i, ok := k.regs[*op]; ok {
			set.add(i)
		}
	}
}

// solveLive computes which registers are live at the end of each block.
func (k *code) solveLive() {
	words := len(k.order)/64 + 1
	n := len(k.fn.Blocks)
	all := make(bitset, (3*n+1)*words)
	set := func(i int) bitset { return all[i*words : (i+1)*words] }
	k.liveOut = make([]bitset, n)
	reads, keeps := make([]bitset, n), make([]bitset, n) // by block: what it reads first, and what it leaves alone
	for i, b := range k.fn.Blocks {
		k.liveOut[i], reads[i], keeps[i] = set(3*i), set(3*i+1), set(3*i+2)
		for w := range keeps[i] {
			keeps[i][w] = ^uint64(0)
		}
		for j := len(b.Instrs) - 1; j >= 0; j-- {
			k.backOver(keeps[i], b.Instrs[j])
			k.backOver(reads[i], b.Instrs[j])
		}
	}
	in := set(3 * n)
	for changed := true; changed; {
		changed = false
		for i := n - 1; i >= 0; i-- {
			for w := range in {
				in[w] = k.liveOut[i][w]&keeps[i][w] | reads[i][w]
			}
			changed = k.flowBack(k.fn.Blocks[i], in) || changed
		}
	}
}

// flowBack adds what is needed at the start of b, in, to the ends of its
// predecessors.
func (k *code) flowBack(b *ssa.BasicBlock, in bitset) (changed bool) {
	for n, pred := range b.Preds {
		out := k.liveOut[pred.Index]
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			if i, ok := k.regs[phi.Edges[n]]; ok && !out.has(i) {
				out.add(i)
				changed = true
			}
		}
		for w := range out {
			if in[w]&^out[w] != 0 {
				out[w] |= in[w]
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
