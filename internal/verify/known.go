package verify

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/symbol"
)

// known are the functions whose effect on objects in view is simulated.
// A function returns next when it is done.
var known map[symbol.Name]func(m *machine, f *frame, t target, dest ssa.Value) outcome

// init fills the table; it cannot be a literal because the functions use it.
func init() {
	const ctx, group = "context", "golang.org/x/sync/errgroup"
	known = map[symbol.Name]func(m *machine, f *frame, t target, dest ssa.Value) outcome{
		{Pkg: ctx, Func: "Background"}:             background,
		{Pkg: ctx, Func: "TODO"}:                   background,
		{Pkg: ctx, Func: "WithoutCancel"}:          background,
		{Pkg: ctx, Func: "WithCancel"}:             withCancel,
		{Pkg: ctx, Func: "WithCancelCause"}:        withCancel,
		{Pkg: ctx, Func: "WithTimeout"}:            unknownCtx,
		{Pkg: ctx, Func: "WithTimeoutCause"}:       unknownCtx,
		{Pkg: ctx, Func: "WithDeadline"}:           unknownCtx,
		{Pkg: ctx, Func: "WithDeadlineCause"}:      unknownCtx,
		{Pkg: ctx, Func: "WithValue"}:              withValue,
		{Pkg: ctx, Func: "AfterFunc"}:              afterFunc,
		{Pkg: "time", Func: "AfterFunc"}:           afterFunc,
		{Pkg: group, Func: "WithContext"}:          groupWithContext,
		{Pkg: "sync", Func: "NewCond"}:             newCond,
		{Pkg: "sync", Func: "OnceFunc"}:            onceFunc,
		{Pkg: ctx, Recv: "Context", Func: "Done"}:  ctxDone,
		{Pkg: ctx, Recv: "Context", Func: "Err"}:   ctxErr,
		{Pkg: ctx, Recv: "Context", Func: "Value"}: ctxQuery,
	}
	for _, name := range []symbol.Name{{Pkg: "errors", Func: "New"}, {Pkg: "fmt", Func: "Errorf"}} {
		known[name] = newError
	}
	for _, name := range []string{"Error", "Errorf", "Fail"} {
		known[symbol.Name{Pkg: "testing", Recv: "common", Func: name}] = testFails
	}
}

// backgroundCtx is a context that nobody can cancel.
var backgroundCtx = term{op: "background"}

// background executes context.Background and what returns its like.
func background(m *machine, f *frame, t target, dest ssa.Value) outcome {
	put(f, dest, backgroundCtx)
	return next
}

// put gives a call's result to its register, if it has one.
func put(f *frame, dest ssa.Value, v value) {
	if dest != nil {
		f.set(dest, v)
	}
}

// withCancel derives a context. Only if the parent cannot be cancelled from out
// of view is the new Done channel one that code in view closes.
func withCancel(m *machine, f *frame, t target, dest ssa.Value) outcome {
	parent, isRef := t.args[0].(ctxRef)
	if !isRef && t.args[0] != backgroundCtx {
		return unknownCtx(m, f, t, dest)
	}
	done := m.st.add(&object{isChan: true})
	if call, ok := dest.(*ssa.Call); ok && m.ctxs[call] {
		m.st.objs[done].site = call
	}
	if isRef && m.st.objs[parent.done] != nil {
		p := m.st.mut(parent.done)
		p.kids = append(p.kids, done)
		m.st.objs[done].closed = p.closed
	}
	put(f, dest, &agg{[]value{ctxRef{done}, cancelRef{done}}})
	return next
}

// unknownCtx derives a context that may end at any time.
func unknownCtx(m *machine, f *frame, t target, dest ssa.Value) outcome {
	put(f, dest, &agg{[]value{m.st.fresh(), m.st.fresh()}})
	return next
}

// withValue derives a context that ends with its parent.
func withValue(m *machine, f *frame, t target, dest ssa.Value) outcome {
	for _, a := range t.args[1:] {
		m.escape(a) // whoever has the context can ask for it
	}
	put(f, dest, t.args[0])
	return next
}

// afterFunc starts a goroutine: it may run at any later time.
func afterFunc(m *machine, f *frame, t target, dest ssa.Value) outcome {
	put(f, dest, m.st.fresh())
	call, ok := f.instr().(ssa.CallInstruction)
	if !ok {
		m.escape(t.args[1])
		return next
	}
	return m.startFunc(f, t.args[1], call, nil)
}

// groupWithContext makes an errgroup. Its context is cancelled by the first
// error or from out of view: at any time.
func groupWithContext(m *machine, f *frame, t target, dest ssa.Value) outcome {
	g := ref{obj: m.st.add(&object{special: true})}
	put(f, dest, &agg{[]value{g, m.st.fresh()}})
	return next
}

// onceFunc returns the function itself: that a second call does nothing is lost.
func onceFunc(m *machine, f *frame, t target, dest ssa.Value) outcome {
	put(f, dest, t.args[0])
	return next
}

// ctxDone returns a context's Done channel: the same one each time.
func ctxDone(m *machine, f *frame, t target, dest ssa.Value) outcome {
	switch c := t.recv.(type) {
	case ctxRef:
		put(f, dest, chanRef{c.done})
	case term:
		if c == backgroundCtx {
			put(f, dest, litNil)
			return next
		}
		put(f, dest, m.st.known(term{op: "done", a: c}))
	case sym:
		put(f, dest, m.st.known(term{op: "done", a: c}))
	default:
		put(f, dest, m.st.fresh())
	}
	return next
}

// ctxErr is nil until the context is cancelled.
func ctxErr(m *machine, f *frame, t target, dest ssa.Value) outcome {
	c, ok := t.recv.(ctxRef)
	switch {
	case t.recv == backgroundCtx, ok && !m.st.objs[c.done].closed && !m.st.objs[c.done].escaped:
		put(f, dest, litNil)
	default:
		put(f, dest, m.st.fresh())
	}
	return next
}

// ctxQuery returns something unknown that a context holds.
func ctxQuery(m *machine, f *frame, t target, dest ssa.Value) outcome {
	put(f, dest, m.st.fresh())
	return next
}

// newError returns an error that is not nil.
func newError(m *machine, f *frame, t target, dest ssa.Value) outcome {
	for _, a := range t.args {
		m.escape(a)
	}
	put(f, dest, term{op: sentinel, a: m.st.fresh()})
	return next
}

// testFails ends the run: a test that has failed may leave anything behind.
func testFails(*machine, *frame, target, ssa.Value) outcome { return ends }

// closeDone closes a context's Done channel and those derived from it.
func (m *machine) closeDone(i int) {
	if m.st.objs[i] == nil || m.st.objs[i].closed {
		return
	}
	m.st.mut(i).closed = true
	for _, k := range m.st.objs[i].kids {
		m.closeDone(k)
	}
}
