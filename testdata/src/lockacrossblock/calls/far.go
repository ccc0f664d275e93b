package calls

import (
	"sync"
	"time"
)

// A lease is renewed with pauses between attempts, some calls down.
type lease struct {
	mu    sync.Mutex
	until time.Time
	ask   func() error
}

func (l *lease) ends() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.until
}

func (l *lease) renew(ttl time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.attempts(5); err != nil { // want "l.mu is held across l.attempts, which calls time.Sleep"
		return err
	}
	l.until = time.Now().Add(ttl)
	return nil
}

func (l *lease) attempts(n int) (err error) {
	for i := range n {
		if err = l.ask(); err == nil {
			return nil
		}
		rest(i + 1)
	}
	return err
}

func rest(attempt int) { time.Sleep(time.Duration(attempt) * 200 * time.Millisecond) }

// Who waits by name is asked to.
func (l *lease) settle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waitFor(3)
}

func (l *lease) waitFor(n int) { rest(n) }

func (l *lease) renewFirst(ttl time.Duration) error {
	if err := l.attempts(5); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = time.Now().Add(ttl)
	return nil
}

// Who is registered while he is made is known already.
var services sync.Map

type service struct {
	mu    sync.Mutex
	state string
	beats chan string
}

func announce(name string) *service {
	s := &service{beats: make(chan string)}
	services.Store(name, s)
	s.mu.Lock()
	s.state = "up"
	s.beats <- name // want "s.mu is held across a send on s.beats"
	s.mu.Unlock()
	return s
}

func announceLast(name string) *service {
	s := &service{beats: make(chan string)}
	go drain(s.beats)
	s.mu.Lock()
	s.state = "up"
	s.beats <- name
	s.mu.Unlock()
	services.Store(name, s)
	return s
}

func drain(ch <-chan string) {
	for range ch {
	}
}

func stateOf(name string) string {
	v, _ := services.Load(name)
	s := v.(*service)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// What ends things may take its time; here it takes none.
type holder struct {
	mu    sync.Mutex
	lease *link
}

type link struct{ open bool }

func (h *holder) replace(l *link) {
	h.mu.Lock()
	if h.lease != nil {
		h.lease.close()
	}
	h.lease = l
	h.mu.Unlock()
}

func (h *holder) isOpen() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.lease.open
}

func (l *link) close() { l.closeAfter(0) }

func (l *link) closeAfter(d time.Duration) {
	time.Sleep(d)
	l.open = false
}
