package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file judges buffer-overfill: by proof where the sends can be counted, and
// by order where a loop sends as often as its caller likes. Must: all uses of
// the channel are in view, or nobody is given it before the sends are done.

// judgeOverfill reports what was proved, then what the order of operations
// shows.
func (j *judge) judgeOverfill(proved *verify.Result) {
	for _, s := range proved.Stuck {
		if s.Kind == verify.BufferOverfill && s.Made != nil && (s.Made.Cap >= 0 || s.Chosen <= 1) && s.Op != nil && !j.IsTestFile(s.Op.Pos) {
			j.overfill(s.Op, s.Made)
		}
	}
	for _, c := range j.Chans {
		if c.In || len(c.Makes) != 1 || c.Makes[0].Cap < 0 {
			continue
		}
		for _, o := range c.Sends {
			if !j.IsTestFile(o.Pos) && (c.IsClosedWorld() || isHandedOutAfter(c.Makes[0], o)) && j.fillsInLoop(c, o) {
				j.overfill(o, c.Makes[0])
				break
			}
		}
	}
}

// overfill reports a send for which there is no room.
func (j *judge) overfill(o *model.Op, made *model.Make) {
	room := fmt.Sprintf("more than the %d that it holds", made.Cap)
	switch {
	case made.Cap == 0:
		room = "although it has no buffer"
	case made.Cap < 0:
		room = "more often than it has room"
	}
	j.add(report.Finding{
		Rule:    "buffer-overfill",
		Pos:     o.Pos,
		Message: fmt.Sprintf("%s is sent to, %s, before anybody can receive, made %s; start the receiver first", o.Name(), room, j.report.Where(o.Pos, made.Pos)),
		Related: []analysis.RelatedInformation{report.Step(made.Pos, "the channel is made here")},
		Defect:  o.Pos,
	})
}

// fillsInLoop reports whether a send repeats more often than the buffer holds
// while nobody else can have the channel.
func (j *judge) fillsInLoop(c *model.Chan, o *model.Op) bool {
	made := c.Makes[0]
	f := o.Func
	l := f.LoopAt(o.Pos)
	if l == nil || f != made.Func || l.Contains(made.Pos) || o.Select != nil || !f.Reaches(o.Block(), o.Block()) {
		return false
	}
	if !j.turnsMoreThan(l, made.Cap) || j.countsIn(&site{Spawn: &model.Spawn{Pos: o.Pos}}, l) || j.measures(f, c) {
		return false
	}
	return !j.mayReceive(c, o, l)
}

// turnsMoreThan reports whether a loop may turn more often than n: its caller
// decides, its constant bound is greater, or it ranges over what an object keeps.
func (j *judge) turnsMoreThan(l *model.Loop, n int64) bool {
	for ; l != nil; l = l.Parent {
		if j.stopsByKey(l) {
			continue
		}
		if s := j.sizeOfLoop(l); s == caller || s == stored || l.Kind == model.RangeChan || j.constTurns(l) > n || j.isKeptWithoutLimit(l) {
			return true
		}
	}
	return false
}

// constTurns returns how often a loop turns if a constant says so, or -1.
func (j *judge) constTurns(l *model.Loop) int64 {
	switch s := l.Syntax.(type) {
	case *ast.RangeStmt:
		if v := j.Pass.TypesInfo.Types[s.X].Value; v != nil && l.Kind == model.Counted {
			return intOf(v)
		}
	case *ast.ForStmt:
		cmp, ok := s.Cond.(*ast.BinaryExpr)
		init, isInit := s.Init.(*ast.AssignStmt)
		if !ok || !isInit || !isOrdered(cmp.Op) || len(init.Rhs) != 1 {
			return -1
		}
		from, to := j.Pass.TypesInfo.Types[init.Rhs[0]].Value, j.Pass.TypesInfo.Types[cmp.Y].Value
		if from == nil || to == nil || intOf(from) != 0 {
			return -1
		}
		if _, ok := s.Post.(*ast.IncDecStmt); ok {
			return intOf(to)
		}
	}
	return -1
}

// measures reports whether f asks for the length or capacity of the channel.
func (j *judge) measures(f *model.Func, c *model.Chan) (found bool) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return !found
		}
		if name := calleeName(call); name == "len" || name == "cap" {
			v := j.vars.varOf(call.Args[0])
			for _, x := range c.Vars {
				found = found || v != nil && types.Object(x) == v
			}
		}
		return !found
	})
	return found
}

// mayReceive reports whether anybody may receive while the loop sends: in the
// loop, or in a function that runs by then and has the channel.
func (j *judge) mayReceive(c *model.Chan, o *model.Op, l *model.Loop) bool {
	isOwn := isHandedOutAfter(c.Makes[0], o)
	for _, r := range receivers(c) {
		if r.Func == o.Func {
			if l.Contains(r.Pos) || r.Func.MayFollow(r.Instr, o.Instr) {
				return true
			}
			continue
		}
		if !isOwn && !startsAfter(r.Func, o) {
			return true
		}
	}
	return false
}

// startsAfter reports whether f only runs in goroutines, or calls, that come
// after the send.
func startsAfter(f *model.Func, o *model.Op) bool {
	if len(f.Started)+len(f.Callers) == 0 || f.EscapesAsValue() {
		return false
	}
	for _, s := range f.Started {
		if s.Func != o.Func || s.Func.MayFollow(s.Instr, o.Instr) {
			return false
		}
	}
	for _, c := range f.Callers {
		if c.From != o.Func || c.From.MayFollow(c.Instr, o.Instr) {
			return false
		}
	}
	return true
}

// receivers lists the operations that receive from c, selects included.
func receivers(c *model.Chan) []*model.Op {
	list := append([]*model.Op(nil), c.Recvs...)
	for _, k := range c.Cases {
		if k.Dir != sendOnly {
			list = append(list, k.Select.Op)
		}
	}
	return list
}

// intOf returns the value of an integer constant, or -1.
func intOf(v constant.Value) int64 {
	if n, ok := constant.Int64Val(constant.ToInt(v)); ok {
		return n
	}
	return -1
}
