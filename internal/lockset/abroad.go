package lockset

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
)

// This file names the locks of other packages that facts speak of.

// isMet reports whether a call of a function of another package is certain to do
// what it does for one value of a parameter only.
func isMet(obj *types.Func, common *ssa.CallCommon, use facts.LockUse) bool {
	k, want, depends := use.Flag()
	if !depends {
		return true
	}
	if obj.Signature().Recv() != nil {
		k++
	}
	args := argsOf(obj, common)
	if k >= len(args) {
		return false
	}
	c, ok := args[k].(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value) == want
}

// argsOf returns the arguments of a call of a function of another package, the
// receiver of a method value included.
func argsOf(obj *types.Func, common *ssa.CallCommon) []ssa.Value {
	mc, ok := common.Value.(*ssa.MakeClosure)
	if ok && obj.Signature().Recv() != nil && len(mc.Bindings) == 1 {
		return append(mc.Bindings[:1:1], common.Args...)
	}
	return common.Args
}

// posOf returns where a call is; that of an iterator is where the loop begins.
func (ix *Index) posOf(i ssa.CallInstruction) token.Pos {
	if pos := ix.p.CallPos(i); pos.IsValid() {
		return pos
	}
	for _, arg := range i.Common().Args {
		fn, _ := arg.(*ssa.Function)
		if mc, ok := arg.(*ssa.MakeClosure); ok {
			fn = mc.Fn.(*ssa.Function)
		}
		if fn != nil && fn.Syntax() != nil {
			return fn.Syntax().Pos()
		}
	}
	return token.NoPos
}

// globalAbroad returns a lock in a variable of another package. Where this package
// cannot name the variable, it gets a name that stands for it.
func (pl *plan) globalAbroad(obj *types.Func, ref facts.LockRef) (l ForeignLock, id lockID) {
	name, path, _ := strings.Cut(ref.Path, ".")
	id.place, id.name = pl.ix.variableAbroad(obj, ref.Pkg, name), obj.Pkg().Name()+"."+name
	if ref.Pkg != obj.Pkg().Path() {
		id.name = name
	}
	global, ok := id.place.Root.(*ssa.Global)
	switch {
	case path == "" && ok:
		id.class = global.Object()
	case ok:
		id.class = fieldAt(global.Object().Type(), path)
	}
	if path != "" {
		id.place.Fields, id.name = "."+path, id.name+"."+path
	}
	if id.class == nil {
		id.class = pl.ix.stranger(ref.Pkg + "." + ref.Path)
	}
	return ForeignLock{Place: id.place, Name: id.name, Effect: Effect{Class: id.class, Read: ref.Read}}, id
}

// variableAbroad returns the place of a variable of a package that obj's package is
// or imports.
func (ix *Index) variableAbroad(obj *types.Func, path, name string) model.Place {
	for _, imp := range ix.p.Pass.Pkg.Imports() {
		if imp.Path() != path {
			continue
		}
		if v, ok := imp.Scope().Lookup(name).(*types.Var); ok && v.Exported() {
			if global := ix.global(v); global != nil {
				return model.Place{Root: global}
			}
		}
	}
	return model.Place{Root: ix.stranger(path + "." + name)}
}

// global returns the SSA of a variable of another package, or nil.
func (ix *Index) global(v *types.Var) *ssa.Global {
	if len(ix.p.Funcs) == 0 {
		return nil
	}
	pkg := ix.p.Funcs[0].SSA.Prog.Package(v.Pkg())
	if pkg == nil {
		return nil
	}
	return pkg.Var(v.Name())
}

// stranger returns what stands for a variable, or a lock in one, that this package
// cannot name.
func (ix *Index) stranger(path string) *types.Var {
	v := ix.strangers[path]
	if v == nil {
		v = types.NewVar(token.NoPos, nil, path, types.Typ[types.Invalid])
		ix.strangers[path] = v
	}
	return v
}

// fieldAt returns the field at the end of a path from a struct or a pointer to
// one, its generic origin; nil if there is no such field.
func fieldAt(t types.Type, path string) types.Object {
	var field *types.Var
	for name := range strings.SplitSeq(path, ".") {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		if field = FieldNamed(st, name); field == nil {
			return nil
		}
		t = field.Type()
	}
	return field.Origin()
}

// FieldNamed returns the field of a struct with a name, or nil.
func FieldNamed(st *types.Struct, name string) *types.Var {
	for v := range st.Fields() {
		if v.Name() == name {
			return v
		}
	}
	return nil
}
