package lockacrossblock

import (
	"go/ast"
	"go/token"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file reads what comments say about why a lock is there: on its declaration
// or where it is taken. A comment that says so is believed.

// serialComment matches comments that say why a lock exists.
var serialComment = pattern.New(`(?i)(serial|one at a time|at a time|only one|mutual|concurrent (calls|use)|ordering|in order\b|(not|n.t|never) (run|execute|happen|start)( \w+)? concurrently|(avoid|prevent)s? (multiple|parallel) |(mutex|lock) for \w+\(\)|deadlock-free)`)

// saysSerial reports whether the comment on a lock's declaration, or the one right
// above the statement that takes it, says that it keeps callers apart.
func (j *judge) saysSerial(h lockset.Held) bool {
	if j.comments == nil {
		j.comments = readComments(j.Pass.Files)
	}
	if serialComment.MatchString(j.comments[h.Class.Pos()]) {
		return true
	}
	return !h.Assumed && h.By == nil && serialComment.MatchString(j.commentAbove(h.Pos))
}

// commentAbove returns the comment that ends on the line above a position.
func (j *judge) commentAbove(pos token.Pos) string {
	for _, file := range j.Pass.Files {
		if pos < file.FileStart || pos >= file.FileEnd {
			continue
		}
		line := j.Pass.Fset.Position(pos).Line
		for _, group := range file.Comments {
			if group.End() <= pos && j.Pass.Fset.Position(group.End()).Line == line-1 {
				return group.Text()
			}
		}
	}
	return ""
}

// readComments returns the comments of struct fields and of package variables by
// the position of the name.
func readComments(files []*ast.File) map[token.Pos]string {
	comments := make(map[token.Pos]string)
	note := func(names []*ast.Ident, text string) {
		for _, name := range names {
			comments[name.Pos()] += text
		}
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				note(n.Names, n.Doc.Text()+n.Comment.Text())
			case *ast.GenDecl:
				note(soleNames(n), n.Doc.Text())
			case *ast.ValueSpec:
				note(n.Names, n.Doc.Text()+n.Comment.Text())
			}
			return true
		})
	}
	return comments
}

// soleNames returns the variables of a declaration without parentheses, whose
// comment is theirs.
func soleNames(n *ast.GenDecl) []*ast.Ident {
	if n.Lparen.IsValid() || len(n.Specs) == 0 {
		return nil
	}
	if v, ok := n.Specs[0].(*ast.ValueSpec); ok {
		return v.Names
	}
	return nil
}
