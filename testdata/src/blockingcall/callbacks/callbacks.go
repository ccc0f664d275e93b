// Package callbacks holds callbacks on a library's only goroutine.
package callbacks

import (
	"io"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"time"

	"github.com/gorilla/websocket"
	"github.com/hashicorp/memberlist"
	"github.com/hashicorp/raft"
)

type fsm struct{ seen int }

func (f *fsm) Apply(l *raft.Log) any {
	post(l.Data) // want "post → http.Get waits without bound in raft.FSM.Apply and stalls raft's only apply goroutine"
	return nil
}

type results struct {
	fsm
	out chan int
}

func (r *results) Apply(l *raft.Log) any {
	return <-r.out // want "a receive from r.out waits without bound in raft.FSM.Apply"
}

func (f *fsm) Snapshot() (raft.FSMSnapshot, error) { return nil, nil }
func (f *fsm) Restore(r io.ReadCloser) error {
	time.Sleep(time.Second)
	return nil
}

func post([]byte) {
	if resp, err := http.Get("http://example.com"); err == nil {
		resp.Body.Close()
	}
}

// Unbuffered: whoever reads joins decides when the cluster goes on.
type watcher struct{ joins chan string }

func watch() *watcher { return &watcher{joins: make(chan string)} }

func (w *watcher) NotifyJoin(n *memberlist.Node)   { w.joins <- n.Name }                  // want "a send on w.joins waits without bound and stalls memberlist's node lock"
func (w *watcher) NotifyLeave(n *memberlist.Node)  { time.Sleep(200 * time.Millisecond) } // want "time.Sleep takes 200ms in memberlist.EventDelegate.NotifyLeave"
func (w *watcher) NotifyUpdate(n *memberlist.Node) { go post(nil) }

func (w *watcher) next() string { return <-w.joins }

func pings(c *websocket.Conn) {
	c.SetPingHandler(func(string) error {
		return exec.Command("true").Run() // want "waits without bound in websocket.Conn.SetPingHandler|waits without bound and stalls the connection's reader"
	})
	c.SetPongHandler(pong)
}

func pong(string) error {
	time.Sleep(time.Second) // want "time.Sleep takes 1s in websocket.Conn.SetPongHandler"
	return nil
}

func serve() {
	srv := &http.Server{ConnState: func(net.Conn, http.ConnState) {
		time.Sleep(time.Second) // want "time.Sleep takes 1s in http.Server.ConnState"
	}}
	srv.ConnState = func(net.Conn, http.ConnState) {
		func() {
			time.Sleep(time.Second) // want "time.Sleep takes 1s in http.Server.ConnState"
		}()
	}
	runtime.SetFinalizer(srv, func(*http.Server) {
		post(nil) // want "post → http.Get waits without bound in runtime.SetFinalizer"
	})
}

// What is fine: quick, spawned, dropped, with room.

type quick struct{ joins chan string }

func newQuick() *quick { return &quick{joins: make(chan string, 64)} }

func (q *quick) NotifyJoin(n *memberlist.Node) { q.joins <- n.Name }
func (q *quick) NotifyLeave(n *memberlist.Node) {
	select {
	case q.joins <- n.Name:
	default:
	}
}
func (q *quick) NotifyUpdate(n *memberlist.Node) { time.Sleep(time.Millisecond) }

func (q *quick) next() string { return <-q.joins }

// The same name without the interface is no callback.
type bystander struct{}

func (bystander) NotifyJoin(n *memberlist.Node) { time.Sleep(time.Second) }

func servesWell() *http.Server {
	return &http.Server{ConnState: func(c net.Conn, s http.ConnState) { go post(nil) }}
}
