package verify

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// outcome says how running a goroutine went on.
type outcome uint8

const (
	next   outcome = iota // the instruction is done
	stands                // the goroutine stands at a visible operation, or is over
	asks                  // the run must decide about an unknown value first
	ends                  // the process ends: nothing leaks any more
	leaves                // the run leaves what the checker can follow
)

// question is an unknown value on which a run splits, with possible answers.
type question struct {
	key     value
	answers []value
	isSize  bool // the number behind an unknown integer is asked for
}

// machine runs one goroutine of a state up to its next visible operation.
type machine struct {
	*checker
	st  *state
	gi  int
	ask question

	total int // instructions executed
}

// Limits on one silent stretch; beyond them a run is given up.
const (
	maxTurns   = 1500 // instructions between two stops of a goroutine
	maxDepth   = 6    // frames of one goroutine
	wholeDepth = 12   // frames of one goroutine in a program of its own
	maxRecurs  = 1    // calls of a function in itself
	maxGors    = 8    // goroutines at once
	maxCount   = 24   // value of a counter that a loop condition bounds
	maxTally   = 3    // value of a counter that nothing bounds
	maxObjects = 400  // objects of one state
)

// settle runs every goroutine of the state that is not at a visible operation.
func (m *machine) settle() outcome {
	for m.gi = m.st.restless(); m.gi >= 0; m.gi = m.st.restless() {
		for g := m.st.gs[m.gi]; g != nil && !g.ready; g = m.st.gs[m.gi] {
			if o := m.turn(); o != next && o != stands {
				return o
			}
		}
		m.st.turns = 0
	}
	return stands
}

// restless returns the first goroutine that is not at a visible operation, or
// -1.
func (s *state) restless() int {
	return slices.IndexFunc(s.gs, func(g *gor) bool { return g != nil && !g.ready })
}

// g returns the running goroutine, ready to be changed.
func (m *machine) g() *gor { return m.st.mutg(m.gi) }

// turn executes one instruction.
func (m *machine) turn() outcome {
	m.st.turns++
	m.total++
	if len(m.st.objs) > maxObjects {
		return leaves
	}
	if m.st.turns > maxTurns { // a loop that touches nothing in view: let others go on
		m.st.turns = 0
		m.stop(&pending{action: model.CallWait})
		return stands
	}
	f := m.g().top()
	if f.mode != running {
		return m.unwind(f)
	}
	o := m.exec(f, f.instr())
	if o == next {
		f.pc++
	}
	return o
}

// exec executes an instruction of frame f. An instruction that moves the frame
// itself returns stands.
func (m *machine) exec(f *frame, instr ssa.Instruction) outcome {
	switch i := instr.(type) {
	case *ssa.If:
		return m.branch(f, i)
	case *ssa.Jump:
		f.jump(f.block.Succs[0])
		return stands
	case *ssa.Return:
		return m.ret(f, i)
	case *ssa.Panic:
		return m.panics(f, i)
	case *ssa.RunDefers:
		return m.runDefers(f)
	case *ssa.Call:
		return m.call(f, i)
	case *ssa.Go:
		return m.spawn(f, i)
	case *ssa.Defer:
		t := m.resolve(f, i.Common())
		f.defers = append(f.defers, deferred{i, t})
	case *ssa.Send:
		return m.send(f, i)
	case *ssa.Select:
		return m.choose(f, i)
	case *ssa.Store:
		return m.store(m.val(f, i.Addr), m.val(f, i.Val))
	case *ssa.MapUpdate:
		return m.mapUpdate(m.val(f, i.Map), m.val(f, i.Key), m.val(f, i.Value))
	case *ssa.UnOp:
		return m.unop(f, i)
	case ssa.Value:
		return m.compute(f, i)
	}
	return next
}

// val returns what a register holds, with what the run has learnt about it.
func (m *machine) val(f *frame, v ssa.Value) value { return m.st.known(f.get(v)) }

// jump moves the frame to a block and gives its phis their values.
func (f *frame) jump(to *ssa.BasicBlock) {
	var edge int
	for n, p := range to.Preds {
		if p == f.block {
			edge = n
			break
		}
	}
	var phis []*ssa.Phi
	var vals []value
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		phis = append(phis, phi)
		vals = append(vals, f.get(phi.Edges[edge]))
	}
	for n, phi := range phis {
		f.set(phi, vals[n])
	}
	f.block, f.pc = to, len(phis)
}

// branch takes the side that the run has decided on, or asks.
func (m *machine) branch(f *frame, i *ssa.If) outcome {
	if m.skip(f) {
		return stands
	}
	cond := m.val(f, i.Cond)
	if isUnknown(f.get(i.Cond)) {
		f.guessed, f.measured = true, f.measured || isMeasure(i.Cond) && f.code.isLoopTest(f.block)
	}
	if _, ok := cond.(lit); !ok && !isUnknown(cond) {
		cond = m.st.fresh()
		f.set(i.Cond, cond)
	}
	side, ok := m.truth(cond)
	if !ok {
		return asks
	}
	to := f.block.Succs[1]
	if side {
		to = f.block.Succs[0]
	}
	f.jump(to)
	return stands
}

// unop executes loads, receives and the operators with one operand.
func (m *machine) unop(f *frame, i *ssa.UnOp) outcome {
	x := m.val(f, i.X)
	switch i.Op {
	case token.MUL:
		f.set(i, m.load(x, i.Type(), i))
	case token.ARROW:
		return m.recv(f, i, x)
	case token.NOT:
		f.set(i, not(x))
	case token.SUB:
		f.set(i, m.arith(token.SUB, lit{int64(0)}, x, false))
	default:
		f.set(i, m.st.fresh())
	}
	return next
}

// compute executes an instruction that only makes a value.
func (m *machine) compute(f *frame, v ssa.Value) outcome {
	switch i := v.(type) {
	case *ssa.Alloc:
		f.set(i, ref{obj: m.st.add(&object{site: i})})
	case *ssa.MakeChan:
		return m.makeChan(f, i)
	case *ssa.MakeClosure:
		fv := &fnVal{fn: i.Fn.(*ssa.Function)}
		for _, b := range i.Bindings {
			fv.free = append(fv.free, m.val(f, b))
		}
		f.set(i, fv)
	case *ssa.MakeInterface:
		f.set(i, boxed(i.X.Type(), m.val(f, i.X)))
	case *ssa.ChangeType:
		f.set(i, m.val(f, i.X))
	case *ssa.ChangeInterface:
		f.set(i, m.val(f, i.X))
	case *ssa.Convert:
		f.set(i, m.convert(i, m.val(f, i.X)))
	case *ssa.Extract:
		f.set(i, m.part(m.val(f, i.Tuple), i.Index))
	case *ssa.Field:
		f.set(i, m.field(i, m.val(f, i.X)))
	case *ssa.BinOp:
		return m.binop(f, i)
	case *ssa.TypeAssert:
		f.set(i, m.assert(i, m.val(f, i.X)))
	case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Slice, *ssa.MakeSlice, *ssa.Range, *ssa.Next:
		return m.address(f, v)
	case *ssa.MakeMap:
		m.makeMap(f, i)
	case *ssa.Lookup:
		return m.lookup(f, i)
	default: // Index, SliceToArrayPointer, MultiConvert
		m.unknownResult(f, v)
	}
	return next
}

// part returns one component of a tuple.
func (m *machine) part(tuple value, n int) value {
	if a, ok := tuple.(*agg); ok && n < len(a.vals) {
		return m.st.known(a.vals[n])
	}
	return m.st.fresh()
}
