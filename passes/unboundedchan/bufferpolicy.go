package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file recognises large buffers that somebody has thought about: nobody waits
// for room in them, or a comment says what they cost. May: of a channel whose
// sends are not in view, those of the package on channels of the same elements
// and of unknown make speak, such as channels kept in a slice.

// lightBuffer is how many bytes may be set aside at once without harm.
const lightBuffer = 32 << 20

// isDropping reports whether all senders drop what finds no room, so that the
// buffer hides no backlog, and the buffer is not too heavy by itself.
func (j *judge) isDropping(call *ast.CallExpr, elem types.Type, bytes int64) bool {
	if bytes > lightBuffer {
		return false
	}
	for _, c := range j.Chans {
		if c.HasSends() && slices.ContainsFunc(c.Makes, func(m *model.Make) bool { return within(m.Pos, call) }) {
			return drops(c)
		}
	}
	any := false
	for _, c := range j.Chans {
		if c.Elem == nil || len(c.Makes) > 0 || !types.Identical(c.Elem, elem) || !c.HasSends() {
			continue
		}
		if !drops(c) {
			return false
		}
		any = true
	}
	return any
}

// within reports whether pos lies in n.
func within(pos token.Pos, n ast.Node) bool { return n.Pos() <= pos && pos <= n.End() }

// drops reports whether every send on c goes on without room.
func drops(c *model.Chan) bool {
	if len(c.Sends) > 0 {
		return false
	}
	return !slices.ContainsFunc(c.Cases, func(k *model.Case) bool { return k.Dir == sendOnly && !hasDefault(k.Select.Syntax) })
}

// hasDefault reports whether a select goes on if no case can.
func hasDefault(s *ast.SelectStmt) bool {
	return slices.ContainsFunc(s.Body.List, func(stmt ast.Stmt) bool {
		c, ok := stmt.(*ast.CommClause)
		return ok && c.Comm == nil
	})
}

// considered matches comments that say what a buffer costs, or what happens when
// it is full.
var considered = pattern.New(`(?i)\d ?[KMG]i?B\b|\bnon-?blocking\b|\bdrop(s|ped|ping)?\b`)

// isConsidered reports whether a comment on the line of the make, or one that
// ends on the line above, says so.
func (j *judge) isConsidered(call *ast.CallExpr) bool {
	tf := j.Pass.Fset.File(call.Pos())
	lineOf := func(pos token.Pos) int { return tf.PositionFor(pos, false).Line }
	at := lineOf(call.Pos())
	for _, f := range j.Pass.Files {
		if j.Pass.Fset.File(f.FileStart) != tf {
			continue
		}
		return slices.ContainsFunc(f.Comments, func(g *ast.CommentGroup) bool {
			return (lineOf(g.Pos()) == at || lineOf(g.End()) == at-1) && considered.MatchString(g.Text())
		})
	}
	return false
}
