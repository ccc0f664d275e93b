package across

import (
	"net/http"
	"sync"

	"lockacrossblock/across/vault"
)

type span struct{ from, to int }

type dial struct {
	cell vault.Cell[span]
}

func (d *dial) stretch() {
	d.cell.Edit(func(s *span) {
		s.to = 2 * d.cell.Load().to // want "vault.Cell.Load read-locks d.cell.mu, which is held already"
	})
}

func (d *dial) try() error {
	return d.cell.Try(func(s *span) error {
		*s = d.cell.Load() // want "vault.Cell.Load read-locks d.cell.mu, which is held already"
		return nil
	})
}

func (d *dial) copyOf(other *dial) {
	d.cell.Edit(func(s *span) { *s = other.cell.Load() })
}

func (d *dial) afterwards() {
	d.cell.After(func(s span) { println(s.to == d.cell.Load().to) })
}

func (d *dial) later() {
	d.cell.Later(func(s *span) { *s = d.cell.Load() })
}

type peers struct {
	mu    sync.Mutex
	names map[string]bool
}

func (p *peers) count() (n int) {
	_ = vault.Inside(&p.mu, func() error {
		n = len(p.names)
		return nil
	})
	return n
}

func (p *peers) greet(url string) error {
	return vault.Inside(&p.mu, func() error {
		resp, err := http.Get(url) // want "p.mu is held across http.Get"
		if err != nil {
			return err
		}
		p.names[url] = true
		return resp.Body.Close()
	})
}

func (p *peers) greetFirst(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return vault.Inside(&p.mu, func() error {
		p.names[url] = true
		return nil
	})
}

func (p *peers) hold() int {
	vault.Hold(&p.mu)
	defer p.mu.Unlock()
	return p.count() // want "peers.count locks p.mu, which is held already"
}

// library and vault.Settle do not agree.
type library struct {
	books *vault.Books
	keys  *vault.Keys
}

func (l *library) settle() { vault.Settle(l.books, l.keys) }

func (l *library) lend(name string) {
	l.keys.Mu.Lock()
	defer l.keys.Mu.Unlock()
	l.books.Lock() // want "l.books.Mutex is locked under l.keys.Mu, but vault.Settle takes them the other way round"
	l.books.Lent[name]++
	l.books.Unlock()
	l.keys.Taken[name]++
}

// shop counts and lends, each in its way.
type shop struct {
	books *vault.Books
	keys  *vault.Keys
}

func (s *shop) count() int { return vault.Count(s.books, s.keys) }

func (s *shop) settle() { vault.Settle(s.books, s.keys) }

func (s *shop) lend(name string) {
	s.books.Lock()
	defer s.books.Unlock()
	s.keys.Mu.Lock()
	s.keys.Taken[name]++
	s.keys.Mu.Unlock()
	s.books.Lent[name]++
}
