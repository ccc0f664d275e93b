package across

import (
	"errors"
	"sync"

	"lockacrossblock/across/vault"
)

type desk struct {
	mu   sync.Mutex
	n    int
	cell vault.Cell[int]
	out  chan int
}

func (d *desk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.n
}

func (d *desk) twice() int {
	defer vault.Guard(&d.mu)()
	return 2 * d.count() // want "desk.count locks d.mu, which is held already"
}

func (d *desk) onceEach() int {
	unlock := vault.Guard(&d.mu)
	n := d.n
	unlock()
	return n + d.count()
}

func (d *desk) forgets() error {
	unlock := vault.Guard(&d.mu)
	if d.n == 0 {
		return errors.New("none") // want "d.mu is still locked at this return"
	}
	unlock()
	return nil
}

func (d *desk) remembers() error {
	unlock := vault.Guard(&d.mu)
	defer unlock()
	if d.n == 0 {
		return errors.New("none")
	}
	return nil
}

func (d *desk) viewed() {
	done := d.cell.View()
	defer done()
	d.cell.Set(1) // want "vault.Cell.Set locks d.cell.mu, which is held already"
}

func (d *desk) viewedFirst() {
	d.cell.View()()
	d.cell.Set(1)
}

func (d *desk) handsOn() func() {
	return vault.Guard(&d.mu)
}
