package unboundedchan

import (
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file says how a start of a goroutine is repeated.

// site is one start of a goroutine that loops repeat.
type site struct {
	*model.Spawn
	loops  []*model.Loop // that repeat it, the innermost first, through loop bodies that are functions
	sends  map[*model.Chan]bool
	closes map[*model.Chan]bool
}

// siteOf returns the site of a spawn, or nil if nothing in view repeats it.
func (j *judge) siteOf(s *model.Spawn) *site {
	loops := loopsAround(s)
	if len(loops) == 0 {
		return nil
	}
	at := &site{Spawn: s, loops: loops, sends: make(map[*model.Chan]bool), closes: make(map[*model.Chan]bool)}
	if s.Body != nil {
		at.readAnswers(s.Body, 0)
	}
	return at
}

// calledSites returns the sites of a spawn that no loop repeats, but whose
// function loops call: each call stands for the start.
func (j *judge) calledSites(s *model.Spawn) []*site {
	if s.Func.Obj == nil || s.Kind == model.AfterFunc || s.Kind == model.ByWrapper || isConditional(s) || !j.usesParam(s) || j.limitsItself(s) {
		return nil
	}
	var sites []*site
	for _, c := range s.Func.Callers {
		if c.Deferred || c.From == s.Func || len(sites) == maxCalls || j.IsTestFile(c.Pos) {
			continue
		}
		called := *s
		called.Func, called.Instr, called.Pos = c.From, c.Instr, c.Pos
		if at := j.siteOf(&called); at != nil {
			sites = append(sites, at)
		}
	}
	return sites
}

// isConditional reports whether the function decides about the start: mostly it
// starts what is not running yet.
func isConditional(s *model.Spawn) (found bool) {
	ast.Inspect(s.Func.Body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.IfStmt, *ast.CaseClause, *ast.CommClause:
			found = found || n.Pos() <= s.Pos && s.Pos < n.End()
		}
		return !found
	})
	return found
}

// usesParam reports whether the goroutine works on what its starter was handed,
// so that each call is another piece of work.
func (j *judge) usesParam(s *model.Spawn) (found bool) {
	if s.Call == nil {
		return false
	}
	ast.Inspect(s.Call, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := j.vars.varOf(id)
			found = found || v != nil && j.vars.params[v] == declParam && !model.IsContext(v.Type())
		}
		return !found
	})
	return found
}

// limitsItself reports whether the function that starts the goroutine waits for
// it, passes a limiter, or decides by a count.
func (j *judge) limitsItself(s *model.Spawn) bool {
	at := &site{Spawn: s, sends: make(map[*model.Chan]bool), closes: make(map[*model.Chan]bool)}
	if s.Body != nil {
		at.readAnswers(s.Body, 0)
	}
	for _, o := range s.Func.Ops {
		if j.limitBy(at, o) != noLimit {
			return true
		}
	}
	whole := &model.Loop{Func: s.Func, Syntax: &ast.BlockStmt{}, Body: s.Func.Body}
	return j.callsLimiter(at, s.Func, whole) || j.countsIn(at, whole)
}

// loopsAround lists the loops that repeat s. A loop that is always left behind
// the spawn repeats nothing.
func loopsAround(s *model.Spawn) []*model.Loop {
	var loops []*model.Loop
	f, pos := s.Func, s.Pos
	b := s.Instr.Block()
	for f != nil {
		for l := f.LoopAt(pos); l != nil; l = l.Parent {
			if f != s.Func || f.Reaches(b, b) {
				loops = append(loops, l)
			}
		}
		switch {
		case f.IsLoopBody():
			pos = f.Syntax.(*ast.RangeStmt).Body.Pos()
			f = f.Parent
		case isCalledInPlace(f):
			pos = f.Callers[0].Pos
			f = f.Parent
		default:
			return loops
		}
	}
	return loops
}

// isCalledInPlace reports whether a literal is called once, where it stands.
func isCalledInPlace(f *model.Func) bool {
	return f.Obj == nil && f.Parent != nil && len(f.Callers) == 1 && len(f.Started) == 0 && f.Callers[0].From == f.Parent
}

// maxCalls bounds the calls followed from a goroutine's body.
const maxCalls = 3

// readAnswers notes on which channels the goroutine sends, and which it closes.
func (at *site) readAnswers(f *model.Func, depth int) {
	for _, o := range f.Ops {
		switch o.Action {
		case model.Send:
			at.sends[o.Chan] = true
		case model.Close:
			at.closes[o.Chan] = true
		}
	}
	for _, s := range f.Selects {
		for _, k := range s.Cases {
			if k.Dir == sendOnly {
				at.sends[k.Chan] = true
			}
		}
	}
	if depth == maxCalls {
		return
	}
	for _, lit := range f.Lits {
		at.readAnswers(lit, depth+1)
	}
	for _, c := range f.Calls {
		if c.To.Obj != nil {
			at.readAnswers(c.To, depth+1)
		}
	}
}

// answersOn reports whether the goroutine sends on c or closes it.
func (at *site) answersOn(c *model.Chan) bool {
	return c != nil && (at.sends[c] || at.closes[c])
}

// funcsOf lists the functions in which operations of l's turns may be: its own,
// and that of its body.
func (at *site) funcsOf(l *model.Loop) []*model.Func {
	list := []*model.Func{l.Func}
	if l.Kind == model.RangeFunc {
		for _, lit := range l.Func.Lits {
			if lit.Syntax == ast.Node(l.Syntax) {
				list = append(list, lit)
			}
		}
	}
	return list
}

// isBehind reports whether the spawn only runs behind an instruction.
func (at *site) isBehind(i ssa.Instruction) bool {
	return i.Parent() == at.Func.SSA && model.Before(i, at.Instr)
}
