package beats

import (
	"io"
	"net"
	"time"
)

// Reading from a peer between heartbeats.

type peer struct {
	conn net.Conn
	kick chan struct{}
	quit chan struct{}
	buf  [512]byte
}

func (s *peer) run(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-s.kick:
			s.read() // want "s.read → io.ReadFull waits without bound, so s.quit and t.C are not served meanwhile"
		case <-t.C:
			s.conn.SetWriteDeadline(time.Now().Add(time.Second))
			s.conn.Write([]byte{0})
		case <-s.quit:
			return
		}
	}
}

func (s *peer) read() { io.ReadFull(s.conn, s.buf[:]) }

type timedPeer struct {
	conn net.Conn
	kick chan struct{}
	quit chan struct{}
	buf  [512]byte
}

func (s *timedPeer) run(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-s.kick:
			s.read()
		case <-t.C:
			s.conn.Write([]byte{0})
		case <-s.quit:
			return
		}
	}
}

func (s *timedPeer) read() {
	s.conn.SetReadDeadline(time.Now().Add(time.Second))
	io.ReadFull(s.conn, s.buf[:])
}
