package conventions

import (
	"fmt"
	"go/ast"
	"testing"
)

// The limits of what a reader can take in at once.
const (
	maxFunc  = 60  // lines from func to brace
	maxFile  = 300 // lines below the package comment, which may be a manual; tests may have long tables
	maxDepth = 4   // control statements around a statement
)

func TestShapes(t *testing.T) {
	for _, s := range sources(t) {
		report(t, misshapen(s))
	}
}

// misshapen complains of files and functions that are too long, and of
// statements that are nested too deep.
func misshapen(s source) []string {
	var complaints []string
	if n := s.line(s.file.FileEnd) - s.line(s.file.Package) + 1; n > maxFile && !s.isTest() {
		complaints = append(complaints, fmt.Sprintf("%s: %d lines, more than %d", s.name, n, maxFile))
	}
	for _, decl := range s.file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		if n := s.line(fn.End()) - s.line(fn.Pos()) + 1; n > maxFunc {
			complaints = append(complaints, fmt.Sprintf("%s:%d: %s has %d lines, more than %d", s.name, s.line(fn.Pos()), fn.Name.Name, n, maxFunc))
		}
		if n := depth(fn.Body); n > maxDepth {
			complaints = append(complaints, fmt.Sprintf("%s:%d: %s is nested %d deep, more than %d", s.name, s.line(fn.Pos()), fn.Name.Name, n, maxDepth))
		}
	}
	return complaints
}

// depth counts the control statements and function literals around the deepest
// statement below n. A chain of else-ifs is one level, and so is a switch with
// its cases.
func depth(n ast.Node) int {
	deepest := 0
	ast.Inspect(n, func(child ast.Node) bool {
		if child == nil || child == n {
			return child == n
		}
		deepest = max(deepest, depth(child)+levels(n, child))
		return false
	})
	return deepest
}

// levels returns by how much child is deeper than n, its parent.
func levels(n, child ast.Node) int {
	switch child := child.(type) {
	case *ast.IfStmt:
		if parent, ok := n.(*ast.IfStmt); ok && parent.Else == child {
			return 0
		}
		return 1
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
		return 1
	}
	return 0
}

func TestMisshapenRefuses(t *testing.T) {
	lines := func(n int) string {
		text := ""
		for range n {
			text += "\n"
		}
		return text
	}
	wantComplaints(t, misshapen(parse(t, "a.go", "package p"+lines(maxFile)+"// end\n")), 1)
	wantComplaints(t, misshapen(parse(t, "a_test.go", "package p"+lines(maxFile)+"// end\n")), 0)
	wantComplaints(t, misshapen(parse(t, "a.go", "/* manual"+lines(maxFile)+"*/\npackage p\n")), 0)
	wantComplaints(t, misshapen(parse(t, "a.go", "package p\nfunc f() {"+lines(maxFunc)+"}")), 1)
	const deep = "package p\nfunc f() { for { if x { switch { case y: if z { %s } } } } }"
	wantComplaints(t, misshapen(parse(t, "a.go", fmt.Sprintf(deep, "for {}"))), 1)
	wantComplaints(t, misshapen(parse(t, "a.go", fmt.Sprintf(deep, "} else if u {"))), 0)
}
