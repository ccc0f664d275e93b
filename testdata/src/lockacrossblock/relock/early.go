package relock

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// A function that gives up before it takes the lock still takes it whenever it does
// what it is called for.

type ledger struct {
	mu    sync.RWMutex
	total int
	rows  map[string]int
	err   error
}

func (l *ledger) set(n int) {
	l.mu.Lock()
	l.total = n
	l.mu.Unlock()
}

func (l *ledger) read(name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.total < len(b) {
		return errors.New("short")
	}
	return nil
}

func explain(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

func (l *ledger) asArgument() error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.rows == nil {
		return nil
	}
	return explain("rows", l.read("rows")) // want "ledger.read read-locks l.mu, which is held already"
}

func (l *ledger) argumentsOutside() error {
	l.mu.RLock()
	rows := l.rows
	l.mu.RUnlock()
	if rows == nil {
		return nil
	}
	return explain("rows", l.read("rows"))
}

// What it says before may be that the lock is held, or no error at all.

var errBusy = errors.New("busy")

func (l *ledger) unlessBusy() error {
	if l.total < 0 {
		return errBusy
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total++
	return nil
}

func (l *ledger) unlessDone() error {
	if l.total < 0 {
		return l.err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total++
	return nil
}

func (l *ledger) careful() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total = -1
	l.unlessBusy()
	l.unlessDone()
}

// Functions in variables.

func (l *ledger) count() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.total
}

func (l *ledger) methodValue() {
	count := l.count
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows["total"] = count() // want "ledger.count read-locks l.mu, which is held already"
}

func (l *ledger) methodValueBefore() {
	count := l.count
	n := count()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows["total"] = n
}

func (l *ledger) methodValueOfOther(o *ledger) {
	count := o.count
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows["total"] = count()
}

func (l *ledger) methodValueOneOf(peek bool) {
	count := l.count
	if peek {
		count = func() int { return l.total }
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows["total"] = count()
}

func (l *ledger) literal() {
	drop := func(name string) {
		l.mu.Lock() // want "l.mu is locked again while it is held"
		delete(l.rows, name)
		l.mu.Unlock()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range l.rows {
		drop(name)
	}
}

// An upgrade at the end of a chain of calls.

func (l *ledger) grow()   { l.double() }
func (l *ledger) double() { l.set(l.total * 2) }

func (l *ledger) upgrade(name string) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.rows[name] > l.total {
		l.grow() // want "ledger.grow locks l.mu, which is held already"
	}
	return l.rows[name]
}

// And through another function.

func (l *ledger) readAll(names ...string) error {
	for _, name := range names {
		if err := explain(name, l.read(name)); err != nil {
			return err
		}
	}
	return l.read("last")
}

func (l *ledger) readOne(name string) error {
	if err := l.read(name); err != nil {
		return explain(name, err)
	}
	return nil
}

func (l *ledger) further(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total = 0
	return l.readOne(name) // want "ledger.readOne read-locks l.mu, which is held already"
}

// A method value runs under the lock of the function that it is handed to.

func (l *ledger) with(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
}

func (l *ledger) without(f func()) {
	l.mu.Lock()
	l.total++
	l.mu.Unlock()
	f()
}

func (l *ledger) reset() {
	l.mu.Lock()
	l.total = 0
	l.mu.Unlock()
}

func (l *ledger) resetWith(o *ledger) {
	l.with(l.reset) // want "ledger.reset locks l.mu, which is held already"
	l.without(l.reset)
	l.with(o.reset)
	l.mu.Lock()
	defer l.mu.Unlock()
	apply(l.reset) // want "ledger.reset locks l.mu, which is held already"
	later(l.reset)
}

func apply(f func()) { f() }

func later(f func()) { go f() }
