package model

import (
	"go/ast"
	"go/types"
	"strings"
)

// This file spells statements for fixes: what leaves a function early.

// ReturnsError reports whether the last result of f is an error.
func (f *Func) ReturnsError() bool {
	results := f.SSA.Signature.Results()
	return results.Len() > 0 && isError(results.At(results.Len()-1).Type())
}

// LeaveText returns the statement that leaves f early: with zero values, and with
// the expression err where f returns an error. ok is false in the body of a loop
// over a function, and where a zero value takes the name of its type.
func (f *Func) LeaveText(err string) (text string, ok bool) {
	if f.IsLoopBody() {
		return "", false
	}
	results := f.SSA.Signature.Results()
	var values []string
	for i := range results.Len() {
		zero := zeroText(results.At(i).Type())
		if i == results.Len()-1 && f.ReturnsError() {
			zero = err
		}
		if zero == "" {
			return "", false
		}
		values = append(values, zero)
	}
	return strings.TrimSuffix("return "+strings.Join(values, ", "), " "), true
}

// isError reports whether t is the type error.
func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// zeroText returns the zero value of t as code spells it, or "" where that
// takes the type's name.
func zeroText(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return "false"
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		}
	case *types.Interface:
		if _, ok := types.Unalias(t).(*types.TypeParam); !ok {
			return "nil"
		}
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature:
		return "nil"
	}
	return ""
}

// StmtsIn returns the statements of a block or clause, where one statement can
// take the place of another; nil for other nodes.
func StmtsIn(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	case *ast.LabeledStmt:
		return []ast.Stmt{n.Stmt}
	}
	return nil
}
