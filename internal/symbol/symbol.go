// Package symbol names functions by value.
//
// The knowledge tables, the facts and the settings all speak about functions
// that may not be loaded. Name is what they have in common: a comparable key
// that costs no allocation to build from a *types.Func.
package symbol

import (
	"fmt"
	"go/types"
	"strings"
)

// Name identifies a function or method.
//
// A method belongs to its declaring type, whether its receiver is a pointer or
// not: no type can have both. Instances of a generic function share its Name.
type Name struct {
	Pkg  string // import path; "" for builtins and error.Error
	Recv string // declaring type, "" for a function
	Func string
}

// Of returns the name of fn; promoted methods get their declaring type's name,
// because that is the type fn itself belongs to.
func Of(fn *types.Func) Name {
	if fn == nil {
		return Name{}
	}
	fn = fn.Origin()
	n := Name{Func: fn.Name()}
	if pkg := fn.Pkg(); pkg != nil {
		n.Pkg = pkg.Path()
	}
	if recv := fn.Signature().Recv(); recv != nil {
		n.Recv = typeName(recv.Type())
	}
	return n
}

// typeName returns the name of the type behind at most one pointer.
func typeName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return t.Obj().Name()
	case *types.Interface:
		return "interface"
	}
	return "?"
}

// IsZero reports whether n names nothing.
func (n Name) IsZero() bool { return n == Name{} }

// String returns n the way go/types and the settings spell it, without the
// pointer star: "time.Sleep", "(net/http.Client).Do".
func (n Name) String() string {
	switch {
	case n.Recv != "":
		return "(" + n.qualify(n.Recv) + ")." + n.Func
	default:
		return n.qualify(n.Func)
	}
}

// Short returns n as code in another package would write it:
// "time.Sleep", "http.Client.Do".
func (n Name) Short() string {
	s := n.Func
	if n.Recv != "" {
		s = n.Recv + "." + s
	}
	if n.Pkg == "" {
		return s
	}
	return PkgBase(n.Pkg) + "." + s
}

// qualify puts the import path before s.
func (n Name) qualify(s string) string {
	if n.Pkg == "" {
		return s
	}
	return n.Pkg + "." + s
}

// PkgBase guesses a package's name from its path: the last element that is not
// a major version.
func PkgBase(path string) string {
	elems := strings.Split(path, "/")
	last := elems[len(elems)-1]
	if len(elems) > 1 && isMajor(last) {
		last = elems[len(elems)-2]
	}
	if i := strings.Index(last, ".v"); i > 0 { // gopkg.in/yaml.v3
		last = last[:i]
	}
	return last
}

// isMajor reports whether a path element is a major version: v2.
func isMajor(s string) bool {
	if len(s) < 2 || s[0] != 'v' {
		return false
	}
	return strings.Trim(s[1:], "0123456789") == ""
}

// Parse reads a name as (*types.Func).FullName prints it: "time.Sleep",
// "(*net/http.Client).Do", "(net.Conn).Read". Type parameters are dropped.
func Parse(s string) (Name, error) {
	recv, fn, isMethod := strings.Cut(stripTypeParams(s), ").")
	if !isMethod {
		pkg, name, err := splitPkg(recv)
		return Name{Pkg: pkg, Func: name}, err
	}
	if !strings.HasPrefix(recv, "(") || !isIdent(fn) {
		return Name{}, fmt.Errorf("bad method name %q: want (*import/path.Type).Method", s)
	}
	pkg, typ, err := splitPkg(strings.TrimPrefix(recv[1:], "*"))
	return Name{Pkg: pkg, Recv: typ, Func: fn}, err
}

// splitPkg cuts "net/http.Client" at the last dot behind the last slash.
func splitPkg(s string) (pkg, name string, err error) {
	slash := strings.LastIndexByte(s, '/')
	dot := strings.LastIndexByte(s[slash+1:], '.')
	if dot < 0 {
		return "", "", fmt.Errorf("bad function name %q: want import/path.Func or (*import/path.Type).Method", s)
	}
	pkg, name = s[:slash+1+dot], s[slash+1+dot+1:]
	if pkg == "" || strings.ContainsAny(pkg, " ()*\t\n") || !isIdent(name) {
		return "", "", fmt.Errorf("bad function name %q: want import/path.Func or (*import/path.Type).Method", s)
	}
	return pkg, name, nil
}

// stripTypeParams removes one bracketed list of type parameters or arguments.
func stripTypeParams(s string) string {
	open := strings.IndexByte(s, '[')
	end := strings.LastIndexByte(s, ']')
	if open < 0 || end < open {
		return s
	}
	return s[:open] + s[end+1:]
}

// isIdent reports whether s can be an identifier: nothing that separates names
// is in it.
func isIdent(s string) bool {
	return s != "" && !strings.ContainsAny(s, " ./()*[]{},;:\t\n")
}
