package model

import "go/ast"

// usesC reports whether a file imports C. Drivers that do not run cgo leave the
// names behind "C." without types, and SSA cannot be built without types: such
// a package is not modelled. go vet shows passes what cgo made of the files,
// which do not import C any more.
func usesC(files []*ast.File) bool {
	for _, file := range files {
		for _, imp := range file.Imports {
			if imp.Path.Value == `"C"` {
				return true
			}
		}
	}
	return false
}
