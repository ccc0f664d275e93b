package model

import "golang.org/x/tools/go/ssa"

// CallsRecover reports whether a function itself calls recover: deferred, it stops
// a panic. What literals inside it call does not.
func CallsRecover(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "recover" {
				return true
			}
		}
	}
	return false
}
