package facts

// This file puts what is known of locks into the bytes of a fact.

// The flags of a lock.
const (
	flagRead = 1 << iota
	flagPkg
)

// deedBits is the room for a deed below what it depends on.
const deedBits = 2

// locks writes all that a fact says of locks.
func (e *encoder) locks(f *Fact) {
	e.num(len(f.Locks))
	for _, u := range f.Locks {
		e.lock(u.LockRef)
		e.num(u.If<<deedBits | int(u.Deed))
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
	e.bit(flagPkg, ref.Pkg != "")
	e.str(ref.Path)
	e.num(ref.Of, e.flags)
	if ref.Pkg != "" {
		e.str(ref.Pkg)
	}
}

// locks is the inverse of encoder.locks.
func (d *decoder) locks(f *Fact) {
	for range d.count() {
		u := LockUse{LockRef: d.lock()}
		n := d.num()
		u.Deed, u.If = LockDeed(n&(1<<deedBits-1)), n>>deedBits
		f.Locks = append(f.Locks, u)
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
	ref := LockRef{Path: d.str(), Of: d.num()}
	flags := d.num()
	ref.Read = flags&flagRead != 0
	if flags&flagPkg != 0 {
		ref.Pkg = d.str()
	}
	return ref
}
