package verify

import "slices"

// This file says whether values lead to something that goroutines wait for.

// leads reports whether values lead to objects of interest that are still in
// view only.
func (m *machine) leads(vals []value) bool {
	l := leader{m: m}
	return l.any(vals)
}

// leadsOne reports whether one value leads to objects of interest.
func (m *machine) leadsOne(v value) bool {
	l := leader{m: m}
	return l.one(v)
}

// leader follows values to objects of interest.
type leader struct {
	m    *machine
	seen []int
}

// any reports whether one of several values leads to an object of interest.
func (l *leader) any(vals []value) bool {
	for _, v := range vals {
		if l.one(v) {
			return true
		}
	}
	return false
}

// one reports whether a value leads to an object of interest.
func (l *leader) one(v value) bool {
	switch x := v.(type) {
	case ref:
		return l.object(x.obj)
	case chanRef:
		return l.object(x.obj)
	case ctxRef:
		return l.object(x.done)
	case cancelRef:
		return l.object(x.done)
	case slice:
		return l.object(x.obj)
	case *fnVal:
		return l.any(x.free)
	case *box:
		return l.one(x.v)
	case *agg:
		return l.any(x.vals)
	}
	return false
}

// object reports whether an object is of interest or leads to one that is.
func (l *leader) object(i int) bool {
	if i < 0 || slices.Contains(l.seen, i) || !l.m.inView(i) {
		return false
	}
	l.seen = append(l.seen, i)
	o := l.m.st.objs[i]
	if o.isChan && o.site != nil || l.m.matters(o.site) || o.special {
		return true
	}
	for _, v := range o.cells { // any order: only whether
		if l.one(v) {
			return true
		}
	}
	return false
}

// inView reports whether only code in view can use an object.
func (m *machine) inView(i int) bool { return m.st.objs[i] != nil && !m.st.objs[i].escaped }

// inViewAt reports whether only code in view can use a part of an object.
func (m *machine) inViewAt(r ref) bool {
	return m.st.objs[r.obj] != nil && !m.st.objs[r.obj].isOut(r.path)
}
