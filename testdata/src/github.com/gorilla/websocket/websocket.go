// Package websocket is a stub: declarations of the real one, without effect.
package websocket

import (
	"net"
	"net/http"
	"time"
)

type Conn struct{ conn net.Conn }

type Upgrader struct{ ReadBufferSize, WriteBufferSize int }

func (u *Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header) (*Conn, error) {
	return &Conn{}, nil
}

func (c *Conn) Close() error                                                        { return nil }
func (c *Conn) ReadJSON(v any) error                                                { return nil }
func (c *Conn) ReadMessage() (messageType int, p []byte, err error)                 { return 0, nil, nil }
func (c *Conn) SetPingHandler(h func(appData string) error)                         {}
func (c *Conn) SetPongHandler(h func(appData string) error)                         {}
func (c *Conn) SetReadDeadline(t time.Time) error                                   { return nil }
func (c *Conn) SetWriteDeadline(t time.Time) error                                  { return nil }
func (c *Conn) WriteControl(messageType int, data []byte, deadline time.Time) error { return nil }
func (c *Conn) WriteJSON(v any) error                                               { return nil }
func (c *Conn) WriteMessage(messageType int, data []byte) error                     { return nil }
