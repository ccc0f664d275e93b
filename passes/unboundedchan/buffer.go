package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/report"
)

// This file judges huge-buffer. Must: the capacity is a constant, or a variable
// that holds one on every path.

// judgeBuffers looks at every make of a channel outside tests.
func (j *judge) judgeBuffers() {
	for _, f := range j.Pass.Files {
		if j.IsTestFile(f.Pos()) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				j.hugeBuffer(call)
			}
			return true
		})
	}
}

// hugeBuffer judges one call.
func (j *judge) hugeBuffer(call *ast.CallExpr) {
	elem, room, ok := j.constMake(call)
	if !ok {
		return
	}
	set := config.Active()
	bytes := j.sizeof(elem)
	tooLong := set.HugeBuffer > 0 && room >= int64(set.HugeBuffer)
	tooBig := set.BufferBytes > 0 && bytes > 0 && room >= set.BufferBytes/bytes
	if !tooLong && !tooBig {
		return
	}
	what := fmt.Sprintf("%d elements", room)
	if tooBig && !tooLong {
		what = fmt.Sprintf("%d elements of %d bytes", room, bytes)
	}
	j.add(report.Finding{
		Rule:    "huge-buffer",
		Pos:     call.Pos(),
		Strict:  bytes == 0 || j.isDropping(call, elem, bytes*room) || j.isConsidered(call), // permits cost nothing
		Message: fmt.Sprintf("a buffer of %s is no bound in practice and hides the backlog; size it to what may wait", what),
	})
}

// constMake reads make(chan T, n) with an n that is known.
func (j *judge) constMake(call *ast.CallExpr) (elem types.Type, room int64, ok bool) {
	id, isIdent := ast.Unparen(call.Fun).(*ast.Ident)
	if !isIdent || len(call.Args) != 2 {
		return nil, 0, false
	}
	if b, isBuiltin := j.Pass.TypesInfo.Uses[id].(*types.Builtin); !isBuiltin || b.Name() != "make" {
		return nil, 0, false
	}
	ch, isChan := j.TypeOf(call.Args[0]).Underlying().(*types.Chan)
	if !isChan {
		return nil, 0, false
	}
	if value := j.Pass.TypesInfo.Types[call.Args[1]].Value; value != nil {
		room, ok = constant.Int64Val(constant.ToInt(value))
		return ch.Elem(), room, ok
	}
	room = j.roomAt(call)
	return ch.Elem(), room, room > 0
}

// roomAt returns the capacity of the channel that a call makes, -1 if it is not
// known to be the same on every path.
func (j *judge) roomAt(call *ast.CallExpr) int64 {
	for _, c := range j.Chans {
		for _, m := range c.Makes {
			if m.Pos == call.Pos() {
				return m.Cap
			}
		}
	}
	return -1
}

// sizeof returns the size of t in bytes, 1 if it depends on a type parameter.
func (j *judge) sizeof(t types.Type) int64 {
	if isGeneric(t, 0) {
		return 1
	}
	return j.Pass.TypesSizes.Sizeof(t)
}

// isGeneric reports whether the size of t depends on a type parameter.
func isGeneric(t types.Type, depth int) bool {
	if depth > maxDefs {
		return true
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Array:
		return isGeneric(u.Elem(), depth+1)
	case *types.Struct:
		for field := range u.Fields() {
			if isGeneric(field.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}
