package facts

// This file puts what is known of locks into the bytes of a fact.

// The flag of a lock.
const flagRead = 1

// locks writes all that a fact says of locks.
func (e *encoder) locks(f *Fact) {
	e.num(len(f.Locks))
	for _, u := range f.Locks {
		e.lock(u.LockRef)
		e.num(int(u.Deed))
	}
	e.num(len(f.Orders))
	for _, p := range f.Orders {
		e.lock(p.First)
		e.lock(p.Second)
	}
	e.num(len(f.Runs))
	for _, u := range f.Runs {
		e.num(u.Param, len(u.Under))
		for _, ref := range u.Under {
			e.lock(ref)
		}
	}
}

// lock writes one reference.
func (e *encoder) lock(ref LockRef) {
	e.flags = 0
	e.bit(flagRead, ref.Read)
	e.str(ref.Path)
	e.num(ref.Of, e.flags)
}

// locks is the inverse of encoder.locks.
func (d *decoder) locks(f *Fact) {
	for range d.count() {
		f.Locks = append(f.Locks, LockUse{d.lock(), LockDeed(d.num())})
	}
	for range d.count() {
		f.Orders = append(f.Orders, LockPair{d.lock(), d.lock()})
	}
	for range d.count() {
		u := FuncUse{Param: d.num()}
		for range d.count() {
			u.Under = append(u.Under, d.lock())
		}
		f.Runs = append(f.Runs, u)
	}
}

// lock is the inverse of encoder.lock.
func (d *decoder) lock() LockRef {
	return LockRef{Path: d.str(), Of: d.num(), Read: d.num()&flagRead != 0}
}
