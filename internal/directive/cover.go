package directive

import (
	"go/ast"
	"go/token"
)

// This file decides which lines a directive covers.
//
// Behind code, a directive covers its own line. On a line of its own it covers
// the line below its comment group as well; if a declaration starts there, the
// whole declaration; if the package clause does, the whole file. A //nolint
// also covers the whole of any statement that starts there in the same column,
// which is golangci-lint's reading.

// Read reads the directives of files, which are in the order of the package.
func Read(fset *token.FileSet, files []*ast.File) *Set {
	s := &Set{fset: fset, byFile: map[*token.File][]*entry{}, byPos: map[token.Pos]*entry{}}
	for _, f := range files {
		tf := fset.File(f.FileStart)
		if tf == nil {
			continue
		}
		spots := readFile(tf, f)
		for _, sp := range spots {
			s.order = append(s.order, sp.entry)
			s.byFile[tf] = append(s.byFile[tf], sp.entry)
			s.byPos[sp.Pos] = sp.entry
		}
		if len(spots) > 0 {
			cover(tf, f, spots)
		}
	}
	return s
}

// spot is a directive whose cover is being worked out.
type spot struct {
	*entry
	column   int  // of the comment
	below    int  // the line under the comment group
	behind   bool // code precedes the comment on its line
	function bool // a function or an interface method starts where it stands
}

// readFile finds the directives of one file, with the least cover they have.
func readFile(tf *token.File, f *ast.File) []*spot {
	var spots []*spot
	for _, group := range f.Comments {
		for _, c := range group.List {
			d, ok := parse(c)
			if !ok {
				continue
			}
			at := tf.PositionFor(c.Pos(), false)
			spots = append(spots, &spot{
				entry:  &entry{Directive: d, first: at.Line, last: at.Line},
				column: at.Column,
				below:  tf.PositionFor(group.End(), false).Line + 1,
			})
		}
	}
	return spots
}

// cover widens the directives of one file by what stands beside and below them.
func cover(tf *token.File, f *ast.File, spots []*spot) {
	beside, above := map[int][]*spot{}, map[int][]*spot{}
	for _, sp := range spots {
		beside[sp.first] = append(beside[sp.first], sp)
		above[sp.below] = append(above[sp.below], sp)
	}
	eachNode(f, func(n ast.Node) {
		for _, end := range [...]token.Pos{n.Pos(), n.End()} {
			for _, sp := range beside[tf.PositionFor(end, false).Line] {
				sp.behind = sp.behind || end <= sp.Pos
			}
		}
	})
	methods := interfaceMethods(f)
	eachNode(f, func(n ast.Node) {
		first := tf.PositionFor(n.Pos(), false)
		function := isFunction(n, methods)
		for _, sp := range beside[first.Line] {
			sp.function = sp.function || function
		}
		for _, sp := range above[first.Line] {
			sp.function = sp.function || function && !sp.behind
			if sp.widensOver(n, first.Column) {
				sp.last = max(sp.last, tf.PositionFor(n.End(), false).Line)
			}
		}
	})
	for _, sp := range spots {
		sp.settle(f.Package, tf.LineCount())
	}
}

// settle ends the work on a directive once the code around it is known.
func (sp *spot) settle(clause token.Pos, lines int) {
	switch {
	case sp.Kind == Ignore && sp.Pos < clause:
		sp.first, sp.last = 1, lines
	case !sp.behind:
		sp.last = max(sp.last, sp.below)
	}
	if (sp.Kind == NonBlocking || sp.Kind == Blocking) && !sp.function {
		sp.Problem = Misplaced
	}
}

// widensOver reports whether the directive covers all of a node that starts in
// this column of the line below it.
func (sp *spot) widensOver(n ast.Node, column int) bool {
	if sp.behind {
		return false
	}
	switch n.(type) {
	case *ast.FuncDecl, *ast.GenDecl, *ast.TypeSpec, *ast.ValueSpec:
		return true
	}
	return sp.Nolint && column == sp.column
}

// isFunction reports whether //asynclint:blocking can be about n.
func isFunction(n ast.Node, methods map[*ast.Field]bool) bool {
	switch n := n.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		return true
	case *ast.Field:
		return methods[n]
	}
	return false
}

// interfaceMethods finds the methods of the interfaces written in f.
func interfaceMethods(f *ast.File) map[*ast.Field]bool {
	methods := map[*ast.Field]bool{}
	eachNode(f, func(n ast.Node) {
		if t, ok := n.(*ast.InterfaceType); ok && t.Methods != nil {
			for _, m := range t.Methods.List {
				methods[m] = len(m.Names) > 0
			}
		}
	})
	return methods
}

// eachNode visits the code of f: neither comments nor the file itself.
func eachNode(f *ast.File, visit func(ast.Node)) {
	for _, d := range f.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			switch n.(type) {
			case nil, *ast.Comment, *ast.CommentGroup:
				return false
			}
			visit(n)
			return true
		})
	}
}
