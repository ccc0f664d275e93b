package lockset

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// statesHeld and statesFree match comments that say whether the caller holds a
// lock: "caller must hold s.mu", "lock should be held", "mu must not be held".
var (
	statesHeld = pattern.New(`(?i)\b(hold(s|ing)?|held|locked)\b`)
	statesFree = pattern.New(`(?i)\b(not|never|without|un\w*|don't|doesn't|no|release[sd]?|if|acquires?|takes?|locks)\b`)
	namesLock  = pattern.New(`(?i)(lock|mu\b|mutex|mtx)`)
)

// assumed returns the lock that f's name or comment says its callers hold. It
// needs to be clear which one is meant, and f must not take it first.
func (ix *Index) assumed(f *model.Func) []Held {
	decl, ok := f.Syntax.(*ast.FuncDecl)
	if !ok || len(f.SSA.Params) == 0 {
		return nil
	}
	root := f.SSA.Params[0]
	field := ix.promisedLock(decl, root)
	if field == nil || !isPointerLike(root.Type()) {
		return nil
	}
	place := model.Place{Root: root, Fields: "." + field.Name()}
	for _, eff := range ix.SummaryOf(f).Effects {
		if eff.Place == place && eff.First {
			return nil
		}
	}
	for _, o := range ix.byClass[field.Origin()] {
		if o.Func == f && IsAcquire(o) && ix.isFirstTaken(f, o, place) {
			return nil
		}
	}
	return []Held{{Place: place, Class: field.Origin(), Name: place.String(), Pos: decl.Name.Pos(), Assumed: true}}
}

// isFirstTaken reports whether an operation takes a lock that the function may
// not have touched before.
func (ix *Index) isFirstTaken(f *model.Func, o *model.Op, place model.Place) bool {
	pl := ix.planOf(f)
	n, ok := pl.index[place]
	if !ok {
		return false
	}
	sol := pl.solve(nil)
	st, ok := sol.before(o.Instr)
	return ok && st[n].Atoms.some(onEntry)
}

// promisedLock returns the mutex field of the first parameter's type that a
// declaration promises to be held: the one its comment names, or the only one.
func (ix *Index) promisedLock(decl *ast.FuncDecl, root *ssa.Parameter) *types.Var {
	locks := mutexFields(root.Type())
	if len(locks) == 0 {
		return nil
	}
	sentence := promise(decl.Doc)
	if sentence == "" && !strings.HasSuffix(decl.Name.Name, "Locked") || speaksOfOther(sentence, root) {
		return nil
	}
	for _, v := range locks {
		if sentence != "" && regexp.MustCompile(`\b`+regexp.QuoteMeta(v.Name())+`\b`).MatchString(sentence) {
			return v
		}
	}
	if len(locks) == 1 && !inheritsLock(root.Type()) {
		return locks[0]
	}
	return nil
}

// mentionsHolding is a quick look for the words that a promise needs.
func mentionsHolding(doc *ast.CommentGroup) bool {
	for _, c := range doc.List {
		for _, word := range []string{"hold", "held", "locked", "Hold", "Held", "Locked"} {
			if strings.Contains(c.Text, word) {
				return true
			}
		}
	}
	return false
}

// promise returns the sentence of a comment that says a lock is held, or "".
func promise(doc *ast.CommentGroup) string {
	if doc == nil || !mentionsHolding(doc) {
		return ""
	}
	for _, s := range strings.FieldsFunc(strings.ReplaceAll(doc.Text(), "\n", " "), func(r rune) bool { return r == ';' || r == ',' }) {
		for _, part := range strings.Split(s, ". ") {
			if statesHeld.MatchString(part) && namesLock.MatchString(part) && !statesFree.MatchString(part) {
				return part
			}
		}
	}
	return ""
}

// whoseLock matches the word before "lock": "server lock", "the lock", "s.mu".
var whoseLock = pattern.New(`(?i)(\w+)(?:'s)?[ .](?:read |write |r)?(?:lock|mutex|mu|mtx)\b`)

// speaksOfOther reports whether a sentence promises the lock of something other
// than the parameter: "the server's lock" on a method of client.
func speaksOfOther(sentence string, root *ssa.Parameter) bool {
	for _, m := range whoseLock.Regexp().FindAllStringSubmatch(sentence, -1) {
		switch word := strings.ToLower(m[1]); word {
		case "the", "a", "its", "this", "that", "with", "hold", "holds", "holding", "have", "receiver", "our", "same", "under", "write", "read", "and", "or", "assumes", "assume", strings.ToLower(root.Name()):
		default:
			if ptr, ok := root.Type().Underlying().(*types.Pointer); !ok || !strings.HasSuffix(strings.ToLower(ptr.Elem().String()), "."+word) {
				return true
			}
		}
	}
	return false
}

// mutexFields returns the fields of a struct (or pointer to one) that are
// mutexes, in order.
func mutexFields(t types.Type) []*types.Var {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var out []*types.Var
	for v := range st.Fields() {
		if isLockPtr(types.NewPointer(v.Type())) || isLockPtr(v.Type()) {
			out = append(out, v)
		}
	}
	return out
}

// inheritsLock reports whether a struct embeds another that has a mutex, so
// that it is not clear which lock a name or comment means.
func inheritsLock(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for v := range st.Fields() {
		if !v.Embedded() || isLockPtr(types.NewPointer(v.Type())) || isLockPtr(v.Type()) {
			continue
		}
		inner := v.Type()
		if _, isPtr := inner.Underlying().(*types.Pointer); !isPtr {
			inner = types.NewPointer(inner)
		}
		if len(mutexFields(inner)) > 0 {
			return true
		}
	}
	return false
}
