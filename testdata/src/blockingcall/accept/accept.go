// Package accept holds accept loops that serve inline, and their twins.
package accept

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"time"
)

func echo(ln net.Listener) error {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return err
		}
		io.Copy(conn, conn) // want "io.Copy waits for one client while ln.Accept .line 14. accepts no other; serve it with go"
		conn.Close()
	}
}

func handle(conn net.Conn) {
	defer conn.Close()
	buf := make([]byte, 512)
	conn.Read(buf)
}

func byCall(ln *net.TCPListener) {
	for {
		conn, err := ln.AcceptTCP()
		if err != nil {
			continue
		}
		handle(conn) // want "handle → net.Conn.Read waits for one client while ln.AcceptTCP"
	}
}

type server struct {
	ln   net.Listener
	done bool
}

func (s *server) run() {
	for !s.done {
		c, err := s.ln.Accept()
		if err != nil {
			return
		}
		s.serve(c) // want "s.serve → server.line → bufio.Reader.ReadString waits for one client while s.ln.Accept"
	}
}

func (s *server) serve(c net.Conn) { s.line(c) }

func (s *server) line(c net.Conn) {
	r := bufio.NewReader(c)
	r.ReadString('\n')
}

func buffered(ln net.Listener) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		r := bufio.NewReader(c)
		r.ReadString('\n') // want "r.ReadString waits for one client"
		c.Close()
	}
}

func handshake(ln net.Listener, cfg *tls.Config) {
	for {
		raw, err := ln.Accept()
		if err != nil {
			return
		}
		c := tls.Server(raw, cfg)
		if c.Handshake() != nil { // want "c.Handshake waits for one client"
			continue
		}
		go handle(c)
	}
}

func inLiteral(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		func() {
			defer conn.Close()
			io.Copy(io.Discard, conn) // want "io.Copy waits for one client"
		}()
	}
}

func byVariable(ln net.Listener) {
	read := func(c net.Conn) {
		c.Read(make([]byte, 1)) // want "c.Read waits for one client"
	}
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		read(conn)
	}
}

// What is fine.

func spawned(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go handle(conn)
	}
}

func spawnedLiteral(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go func() {
			handle(conn)
		}()
	}
}

func one(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			continue
		}
		handle(conn)
		return
	}
}

func single(ln net.Listener) {
	conn, err := ln.Accept()
	if err != nil {
		return
	}
	handle(conn)
}

func limited(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		conn.SetDeadline(time.Now().Add(time.Second))
		buf := make([]byte, 512)
		conn.Read(buf)
		conn.Close()
	}
}

func refused(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		conn.Write([]byte("busy\n"))
		conn.Close()
	}
}

func queued(ln net.Listener, conns chan<- net.Conn) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		conns <- conn
	}
}
