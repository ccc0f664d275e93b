package blockingcall

import (
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file tells how a call comes to wait: shortly in the message, step by step
// in the related information.

// analysisStep shortens signatures that list steps of an explanation.
type analysisStep = analysis.RelatedInformation

// what names an operation and, if it only leads to the wait, where it ends.
func (j *judge) what(o *model.Op, w facts.Wait) string {
	switch o.Action {
	case model.CallWait:
		return path(o.Name(), j.Facts.Explain(w), j.Pass.Pkg.Path())
	case model.GroupWait:
		return o.Name() + ".Wait"
	case model.Lock, model.RLock:
		return "locking " + o.Name()
	case model.Send:
		return "a send on " + o.Name()
	case model.Recv:
		return "a receive from " + o.Name()
	}
	return o.Name()
}

// brief is what, short of everything between the call's last name and the end
// of the chain.
func (j *judge) brief(o *model.Op, w facts.Wait) string {
	if o.Action != model.CallWait {
		return clip(j.what(o, w), 30)
	}
	name := o.Name()
	name = clip(name[strings.LastIndexByte(name, '.')+1:], 28)
	steps := j.Facts.Explain(w)
	switch n := len(steps); {
	case n < 2:
		return name
	case n == 2:
		return name + " → " + clip(shortName(steps[1].Name, j.Pass.Pkg.Path()), 24)
	default:
		return name + " → … → " + clip(shortName(steps[n-1].Name, j.Pass.Pkg.Path()), 24)
	}
}

// path renders "s.flush → post → http.Get"; the first step is the call itself.
func path(call string, steps []facts.Step, home string) string {
	if len(steps) < 2 {
		return call
	}
	names := []string{call}
	for _, s := range steps[1:] {
		names = append(names, shortName(s.Name, home))
	}
	if n := len(names); n > 3 {
		names = []string{names[0], "…", names[n-1]}
	}
	return strings.Join(names, " → ")
}

// shortName renders a function as code of the package home would.
func shortName(n symbol.Name, home string) string {
	if n.Pkg != home {
		return n.Short()
	}
	if n.Recv != "" {
		return n.Recv + "." + n.Func
	}
	return n.Func
}

// explain lists the steps behind a call: where each calls the next.
func (j *judge) explain(w facts.Wait) (related []analysisStep) {
	return j.related(j.Facts.Explain(w), w.Kind)
}

// related turns a chain into steps of an explanation. Steps in other packages
// have no position here; they are named by the step that leads to them.
func (j *judge) related(steps []facts.Step, kind op.Kind) (related []analysisStep) {
	for i, s := range steps {
		pos := j.posOf(s)
		if !pos.IsValid() {
			continue
		}
		text := shortName(s.Name, j.Pass.Pkg.Path()) + " waits here (" + kind.String() + ")"
		if i+1 < len(steps) {
			text = shortName(s.Name, j.Pass.Pkg.Path()) + " calls " + path(steps[i+1].Name.Short(), steps[i+1:], "")
		}
		related = append(related, report.Step(pos, "%s", text))
	}
	return related
}

// posOf finds the line a step names, if it is in this package.
func (j *judge) posOf(s facts.Step) token.Pos {
	name, line, ok := strings.Cut(s.At, ":")
	n, err := strconv.Atoi(line)
	if !ok || err != nil || s.Name.Pkg != j.Pass.Pkg.Path() {
		return token.NoPos
	}
	if j.files == nil {
		j.files = map[string]*token.File{}
		for _, f := range j.Pass.Files {
			tf := j.Pass.Fset.File(f.FileStart)
			j.files[filepath.Base(tf.Name())] = tf
		}
	}
	f := j.files[name]
	if f == nil || n < 1 || n > f.LineCount() {
		return token.NoPos
	}
	return f.LineStart(n)
}

// fit returns the first of several wordings that fits a line together with the
// rule's name, or the last one.
func fit(rule string, wordings ...string) string {
	for _, s := range wordings {
		if utf8.RuneCountInString(s)+len(rule)+3 <= report.MaxMessage {
			return s
		}
	}
	return wordings[len(wordings)-1]
}

// clip shortens a name in a message to n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return "…" + string(r[len(r)-n+1:])
}
