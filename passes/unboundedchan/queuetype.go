package unboundedchan

import "go/types"

// This file says which types can be queues, and which structs are meant for
// several goroutines.

// isQueueType reports whether t can be a queue: a slice other than of bytes, a
// map, a linked list.
func isQueueType(t types.Type) bool {
	if isList(t) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return !ok || b.Kind() != types.Byte && b.Kind() != types.Rune
	case *types.Map:
		return true
	case *types.Array:
		return isSlice(u.Elem())
	}
	return false
}

// isSlice reports whether t is a slice.
func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

// isList reports whether t is container/list's List.
func isList(t types.Type) bool { return isNamedType(t, "container/list", "List") }

// isLock reports whether t is one of sync's locks or a condition.
func isLock(t types.Type) bool {
	return isNamedType(t, "sync", "Mutex") || isNamedType(t, "sync", "RWMutex") || isNamedType(t, "sync", "Cond") || isNamedType(t, "sync", "Locker")
}

// isNamedType reports whether t is a named type, behind at most one pointer.
func isNamedType(t types.Type, pkg, name string) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg
}

// isSynchronised reports whether a struct is meant for several goroutines: it
// holds a lock, a condition or a channel, itself or in what it embeds.
func isSynchronised(t *types.Struct, depth int) bool {
	for field := range t.Fields() {
		if isLock(field.Type()) {
			return true
		}
		switch u := field.Type().Underlying().(type) {
		case *types.Chan:
			return true
		case *types.Struct:
			if field.Embedded() && depth < maxCalls && isSynchronised(u, depth+1) {
				return true
			}
		}
	}
	return false
}
