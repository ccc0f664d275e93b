package calls

import (
	"net"
	"sync"
	"time"
)

type member struct {
	conn net.Conn
	wmu  sync.Mutex
}

func (m *member) tell(b []byte) error {
	_, err := m.conn.Write(b)
	return err
}

// say uses the lock of this one connection, which is what it is for.
func (m *member) say(b []byte) error {
	m.wmu.Lock()
	defer m.wmu.Unlock()
	_, err := m.conn.Write(b)
	return err
}

type lobby struct {
	mu      sync.Mutex
	members map[string]*member
	conns   []net.Conn
	primary net.Conn
}

func (l *lobby) join(k string, m *member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.members[k] = m
}

func (l *lobby) toMembers(b []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range l.members {
		_ = m.tell(b) // want "l.mu is held across m.tell, which calls net.Conn.Write .locked on line"
	}
}

func (l *lobby) toConns(b []byte) {
	l.mu.Lock()
	for i := range l.conns {
		_, _ = l.conns[i].Write(b) // want "l.mu is held across l.conns.i..Write .locked on line"
	}
	l.mu.Unlock()
}

func (l *lobby) toOne(k string, b []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	m, ok := l.members[k]
	if !ok {
		return nil
	}
	return m.tell(b) // want "l.mu is held across m.tell, which calls net.Conn.Write"
}

// toPrimary writes to the one connection that the lock guards.
func (l *lobby) toPrimary(b []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.primary.Write(b)
	return err
}

// toCopies lets go of the lock first.
func (l *lobby) toCopies(b []byte) {
	l.mu.Lock()
	conns := append([]net.Conn(nil), l.conns...)
	l.mu.Unlock()
	for _, c := range conns {
		_, _ = c.Write(b)
	}
}

// toPatient gives each connection a deadline.
func (l *lobby) toPatient(b []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.conns {
		_ = c.SetWriteDeadline(time.Now().Add(time.Second))
		_, _ = c.Write(b)
	}
}
