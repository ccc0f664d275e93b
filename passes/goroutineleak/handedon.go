package goroutineleak

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file finds proofs in which a function value has returned too early: it was
// given a channel to read, and the goroutine that is said to be stuck has yet to
// close what it feeds, so that the function, and whoever waits for it, would still
// be there (may: that it reads until the close is what such functions do).

// leansOnReader reports whether a run goes past the call of a function value that
// reads what the stuck goroutine closes later on.
func (j *judge) leansOnReader(st *verify.Stuck) bool {
	if st.Kind != verify.AbandonedSender || st.Goroutine == nil || st.Goroutine.Body == nil || !closesLater(st.Op) {
		return false
	}
	for _, s := range st.Root.Decl().Pkg.Spawns {
		if s.Func.Decl() != st.Root.Decl() || s.Body == nil || s == st.Goroutine {
			continue
		}
		if at := readerCall(j.Package, s.Body); at.IsValid() && goesPast(st, s.Body, at) {
			return true
		}
	}
	return false
}

// closesLater reports whether the function of a send may close a channel behind it.
func closesLater(send *model.Op) bool {
	return slices.ContainsFunc(send.Func.Ops, func(o *model.Op) bool {
		return o.Action == model.Close && (o.Deferred || send.Func.MayFollow(send.Instr, o.Instr))
	})
}

// readerCall returns where f calls a function value that it gives a channel to
// receive from.
func readerCall(p *model.Package, f *model.Func) (at token.Pos) {
	instrs(f, func(i ssa.Instruction) {
		call, ok := i.(*ssa.Call)
		if !ok || call.Call.StaticCallee() != nil {
			return
		}
		for _, arg := range call.Call.Args {
			if c, ok := arg.Type().Underlying().(*types.Chan); ok && c.Dir() != types.SendOnly {
				at = p.CallPos(call)
			}
		}
	})
	return at
}

// goesPast reports whether a run has a step in f behind a position.
func goesPast(st *verify.Stuck, f *model.Func, at token.Pos) bool {
	return slices.ContainsFunc(st.Steps, func(s verify.Step) bool { return at < s.Pos && s.Pos < f.Body.End() })
}
