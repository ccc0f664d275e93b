package blockingcall

import (
	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// A function marked //asynclint:nonblocking, or one that implements an interface
// method marked so, keeps its promise only if nothing it calls may wait. Any
// wait counts, bounded or not; locks and log records count at level strict.

// judgePromise judges nonblocking-violated.
func (j *judge) judgePromise(f *model.Func) {
	if f.Obj == nil || j.Facts.Promise(f.Obj) != facts.PromiseNonBlocking {
		return
	}
	body, ok := j.Facts.Body(f.Obj)
	if !ok {
		return
	}
	w, ok := longest(body.Waits)
	if !ok {
		return
	}
	chain := j.bodyChain(f, w)
	where := ""
	if m := j.Facts.Promiser(f.Obj); m != nil {
		where = " as " + shortName(nameOf(m), j.Pass.Pkg.Path()) + " is"
	}
	last := chain[len(chain)-1]
	j.report.Add(report.Finding{
		Rule: "nonblocking-violated",
		Pos:  f.Obj.Pos(),
		Message: fit("nonblocking-violated",
			f.Name()+" is marked nonblocking"+where+" but may wait: "+arrows(chain, w.Kind, j.Pass.Pkg.Path(), 6)+"; move the wait out or drop the mark",
			f.Name()+" is marked nonblocking but may wait: "+arrows(chain, w.Kind, j.Pass.Pkg.Path(), 6)+"; move the wait out",
			f.Name()+" is marked nonblocking but may wait in "+clip(shortName(last.Name, j.Pass.Pkg.Path()), 30)+" ("+w.Kind.String()+"); move it out"),
		Related: j.related(chain, w.Kind),
		Strict:  isQuick(w.Effect),
	})
}

// longest returns the wait that breaks a promise most.
func longest(waits []facts.Wait) (w facts.Wait, ok bool) {
	for _, quick := range []bool{false, true} {
		var s facts.Summary
		for _, x := range waits {
			if isQuick(x.Effect) == quick {
				s.Waits = append(s.Waits, x)
			}
		}
		if w, ok = s.Worst(); ok {
			return w, true
		}
	}
	return w, false
}

// isQuick reports whether a wait normally takes microseconds.
func isQuick(e op.Effect) bool {
	return e.Tier == op.TierQuick || e.Kind == op.Lock || e.Kind == op.RLock || e.Kind == op.Log
}

// bodyChain lists the calls from f to its wait, f first.
func (j *judge) bodyChain(f *model.Func, w facts.Wait) []facts.Step {
	if chain := j.Facts.Chain(f.Obj, w.Kind); len(chain) > 0 {
		return chain
	}
	return append([]facts.Step{{Name: nameOf(f.Obj), At: w.At}}, j.Facts.Explain(w)...)
}

// arrows renders a chain behind its first step: "flush → post → http.Get"; a
// function that waits by itself is followed by what it waits for.
func arrows(chain []facts.Step, kind op.Kind, home string, most int) string {
	text := ""
	for i, s := range chain[1:] {
		if i == most {
			text += " → …"
			break
		}
		if i > 0 {
			text += " → "
		}
		text += shortName(s.Name, home)
	}
	last := chain[len(chain)-1]
	switch {
	case text == "":
		return kind.String()
	case last.Name.Pkg == home:
		return text + " → " + kind.String()
	}
	return text
}
