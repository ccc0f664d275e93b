package vault

import (
	"fmt"
	"io"
	"net"
	"time"
)

// Feed hands lines to one reader, Pipe the same with a buffer.
type Feed struct{ lines chan string }

// NewFeed makes a feed.
func NewFeed() *Feed { return &Feed{lines: make(chan string)} }

// Lines are what the reader gets.
func (f *Feed) Lines() <-chan string { return f.lines }

// Emit waits for the reader.
func (f *Feed) Emit(s string) bool {
	f.lines <- s
	return true
}

// Offer does not wait.
func (f *Feed) Offer(s string) bool {
	select {
	case f.lines <- s:
		return true
	default:
		return false
	}
}

// Pipe has room.
type Pipe struct{ lines chan string }

// NewPipe makes a pipe.
func NewPipe(n int) *Pipe { return &Pipe{make(chan string, n)} }

// Emit waits when there is no room.
func (p *Pipe) Emit(s string) { p.lines <- s }

// Lines are what the reader gets.
func (p *Pipe) Lines() <-chan string { return p.lines }

// Retry calls f several times.
func Retry(n int, f func() error) (err error) {
	for i := range n {
		if err = f(); err == nil {
			return nil
		}
		backOff(i)
	}
	return fmt.Errorf("gave up: %w", err)
}

func backOff(i int) { time.Sleep(time.Second << i) }

// Greet connects and says hello.
func Greet(addr, name string) (net.Conn, error) {
	c, err := net.DialTimeout("tcp", addr, 10*time.Second)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(c, "HELLO "+name+"\n"); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Say writes to a connection of the caller's.
func Say(c net.Conn, name string) error {
	_, err := io.WriteString(c, "HELLO "+name+"\n")
	return err
}
