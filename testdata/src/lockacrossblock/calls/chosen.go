package calls

import "sync"

// A desk hands jobs to one of two counters.
type desk struct {
	mu          sync.Mutex
	seen        map[int]bool
	quick, slow chan int
}

func openDesk() *desk {
	return &desk{seen: map[int]bool{}, quick: make(chan int), slow: make(chan int)}
}

func (d *desk) counters() (quick, slow <-chan int) { return d.quick, d.slow }

func (d *desk) pushQuick(v int) { d.quick <- v }
func (d *desk) pushSlow(v int)  { d.slow <- v }

func (d *desk) submit(v int) {
	push := d.pushSlow
	if v < 10 {
		push = d.pushQuick
	}
	d.mu.Lock()
	d.seen[v] = true
	push(v) // want "d.mu is held across desk.push(Slow|Quick), which sends on d.(slow|quick)"
	d.mu.Unlock()
}

func (d *desk) submitLast(v int) {
	push := d.pushSlow
	if v < 10 {
		push = d.pushQuick
	}
	d.mu.Lock()
	d.seen[v] = true
	d.mu.Unlock()
	push(v)
}

func (d *desk) submitBy(v int, push func(int)) {
	if v < 10 {
		push = d.pushQuick
	}
	d.mu.Lock()
	d.seen[v] = true
	push(v)
	d.mu.Unlock()
}

func (d *desk) isSeen(v int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.seen[v]
}
