package lockset

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file names, at a call of a function value that a field keeps, the locks of
// the objects that the function captured. The function was made elsewhere; where
// the object that has the field is captured with it, or keeps that object, both
// are known by their fields: in "s.q.done = func() { s.mu.Lock() }" the lock of a
// call x.q.done() is x.mu. This takes an object to be kept where it was put first.

// placeAround returns the caller's name for a lock that a function value names by
// what it captured; ok is false if that is not clear.
func (pl *plan) placeAround(tr translation, id lockID) (lockID, bool) {
	if tr.value.Bound != nil && len(tr.callee.Params) > 0 && id.place.Root == any(tr.callee.Params[0]) {
		bound := pl.identify(tr.value.Bound)
		if bound.place.IsZero() {
			return id, false
		}
		id.place = model.Place{Root: bound.place.Root, Fields: bound.place.Fields + id.place.Fields}
		id.weak, id.loose, id.via = id.weak || bound.weak, id.loose || bound.loose, append(bound.via[:len(bound.via):len(bound.via)], id.via...)
		if tr.value.Here {
			id.name = id.place.String()
			return id, true
		}
	}
	if _, isGlobal := id.place.Root.(*ssa.Global); isGlobal {
		return id, true
	}
	kept := tr.value.Owner
	if tr.owner == nil || kept.IsZero() {
		return id, false
	}
	field := kept.Fields
	if kept.Root != id.place.Root {
		if field != "" || !pl.isPutInto(kept.Root, id.place.Root) {
			return id, false
		}
		field = elements
	}
	at := pl.identify(tr.owner)
	fields, ok := below(at.place.Fields, above+field+above+id.place.Fields)
	if at.place.IsZero() || !ok {
		return id, false
	}
	id.place = model.Place{Root: at.place.Root, Fields: fields}
	id.weak, id.loose, id.via = id.weak || at.weak, id.loose || at.loose, append(at.via[:len(at.via):len(at.via)], id.via...)
	if !IsAbove(id.place) {
		id.name = id.place.String()
	}
	return id, true
}

// IsAbove reports whether a place is that of what keeps its root, which cannot be
// spelt.
func IsAbove(p model.Place) bool { return strings.HasPrefix(p.Fields, above) }

// above marks the path of a lock that belongs to what keeps the root, in the field
// named between two marks: "^.queue^.mu" is the mu of the object whose queue it is.
const above = "^"

// elements stands for a slice or map in the path of a lock of what keeps an element:
// "^[]^.mu".
const elements = "[]"

// CutKeeper returns the path of a lock from what keeps the root of a place among
// others; ok is false for any other place.
func CutKeeper(p model.Place) (fields string, ok bool) {
	return strings.CutPrefix(p.Fields, above+elements+above)
}

// below appends the path of a lock to that of an object; a path above the object
// leads to what is known to keep it, or, if it starts the path, stays as it is.
func below(object, path string) (string, bool) {
	up, ok := strings.CutPrefix(path, above)
	if !ok {
		return object + path, true
	}
	field, rest, _ := strings.Cut(up, above)
	if field == "" {
		return object + rest, true
	}
	if object == "" {
		return path, true
	}
	keeper, ok := strings.CutSuffix(object, field)
	return keeper + rest, ok
}
