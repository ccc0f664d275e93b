package sibling

import (
	"bufio"
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"time"
)

type lazy struct {
	loaded chan struct{}
	err    error
}

// MustLoad waits until everything is there.
func (l *lazy) MustLoad() {
	<-l.loaded
	if l.err != nil {
		panic(l.err)
	}
}

// MustLoadContext panics if the context ends before.
func (l *lazy) MustLoadContext(ctx context.Context) {
	select {
	case <-l.loaded:
	case <-ctx.Done():
		panic(ctx.Err())
	}
}

// Await waits.
func (l *lazy) Await() { <-l.loaded }

// AwaitContext panics as well, whatever its name is.
func (l *lazy) AwaitContext(ctx context.Context) {
	select {
	case <-l.loaded:
	case <-ctx.Done():
		panic("gone")
	}
}

// Load waits.
func (l *lazy) Load() error {
	<-l.loaded
	return l.err
}

// LoadContext says why it gave up.
func (l *lazy) LoadContext(ctx context.Context) error {
	select {
	case <-l.loaded:
		return l.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func useLazy(ctx context.Context, l *lazy) error {
	l.MustLoad()
	l.Await()
	return l.Load() // want `l\.Load cannot be ended by ctx`
}

// The goroutine closes the connection when the context ends.
func handshake(ctx context.Context, conn net.Conn, cfg *tls.Config) error {
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		select {
		case <-ctx.Done():
			conn.Close()
		case <-finished:
		}
	}()
	return tls.Client(conn, cfg).Handshake()
}

func handshakeAfter(ctx context.Context, conn net.Conn, cfg *tls.Config) error {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	return tls.Client(conn, cfg).Handshake()
}

func bareHandshake(ctx context.Context, conn net.Conn, cfg *tls.Config) error {
	slog.InfoContext(ctx, "shake")
	return tls.Client(conn, cfg).Handshake() // want `Handshake cannot be ended by ctx`
}

// What is closed later cannot end the dial before it.
func dialFirst(ctx context.Context, addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr) // want `net\.Dial cannot be ended by ctx`
	if err != nil {
		return nil, err
	}
	go func() {
		<-ctx.Done()
		conn.Close()
	}()
	return conn, nil
}

// The request only becomes bytes.
func upgrade(ctx context.Context, conn net.Conn, url string) error {
	slog.InfoContext(ctx, "upgrade")
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Upgrade", "x")
	w := bufio.NewWriter(conn)
	if err := req.Write(w); err != nil {
		return err
	}
	return w.Flush()
}

// Here somebody sends it.
func sends(ctx context.Context, c *http.Client, url string) error {
	slog.InfoContext(ctx, "send")
	req, err := http.NewRequest("GET", url, nil) // want `http\.NewRequest cannot be ended by ctx`
	if err != nil {
		return err
	}
	req.Header.Set("Upgrade", "x")
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// This machine answers at once, or not at all.
func nearby(ctx context.Context, path string) (net.Conn, error) {
	slog.InfoContext(ctx, "dial")
	if c, err := net.Dial("unix", path); err == nil {
		return c, nil
	}
	return net.Dial("tcp", "localhost:2019")
}

func faraway(ctx context.Context, host string) (net.Conn, error) {
	slog.InfoContext(ctx, "dial", "at", time.Now())
	return net.Dial("tcp", net.JoinHostPort(host, "2019")) // want `net\.Dial cannot be ended by ctx`
}
