package stopped

// machine sends itself the next step: the loop waits for itself then, but it has
// not left.
type machine struct {
	steps chan int
	quit  chan struct{}
}

func newMachine() *machine {
	m := &machine{make(chan int), make(chan struct{})}
	go m.run()
	return m
}

func (m *machine) run() {
	for {
		select {
		case n := <-m.steps:
			m.do(n)
		case <-m.quit:
			return
		}
	}
}

func (m *machine) do(n int) {
	if n > 0 {
		m.next(n - 1)
	}
}

func (m *machine) next(n int) { m.steps <- n } // ok: another rule speaks

func (m *machine) close() { close(m.quit) }

// shared lets others do what its loop does.
type shared struct {
	steps chan int
	quit  chan struct{}
}

func newShared() *shared {
	s := &shared{make(chan int), make(chan struct{})}
	go s.run()
	return s
}

func (s *shared) run() {
	for {
		select {
		case n := <-s.steps:
			s.do(n)
		case <-s.quit:
			return
		}
	}
}

func (s *shared) do(n int) {
	if n > 0 {
		s.next(n - 1)
	}
}

func (s *shared) next(n int) { s.steps <- n } // want "this send waits for ever once shared.run leaves by s.quit"

// Begin comes from outside.
func (s *shared) Begin() { s.do(3) }

func (s *shared) close() { close(s.quit) }

// aside sends from a goroutine that the loop starts: that may come too late.
type aside struct {
	steps chan int
	quit  chan struct{}
}

func newAside() *aside {
	a := &aside{make(chan int), make(chan struct{})}
	go a.run()
	return a
}

func (a *aside) run() {
	for {
		select {
		case n := <-a.steps:
			a.do(n)
		case <-a.quit:
			return
		}
	}
}

func (a *aside) do(n int) {
	if n > 0 {
		go a.next(n - 1)
	}
}

func (a *aside) next(n int) { a.steps <- n } // want "this send waits for ever once aside.run leaves by a.quit"

func (a *aside) close() { close(a.quit) }
