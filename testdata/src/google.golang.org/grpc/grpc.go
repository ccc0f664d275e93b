// Package grpc is a stub of google.golang.org/grpc for fixtures.
package grpc

import "context"

// ServerStream is the server's side of a stream.
type ServerStream interface {
	Context() context.Context
	SendMsg(m any) error
	RecvMsg(m any) error
}

// ClientConn is a connection, or one to be.
type ClientConn struct{}

// DialOption is an option of Dial.
type DialOption func()

// WithBlock makes Dial wait for the connection.
func WithBlock() DialOption { return nil }

// Dial prepares a connection.
func Dial(target string, opts ...DialOption) (*ClientConn, error) { return nil, nil }
