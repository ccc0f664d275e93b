// Package rpc hands contexts of gRPC calls to goroutines that outlive them.
package rpc

import (
	"context"
	"os/exec"
)

func audit(ctx context.Context) error { return exec.CommandContext(ctx, "audit").Run() }

type (
	request  struct{ id int }
	reply    struct{ id int }
	message  struct{ id int }
	delegate struct{ audit func(context.Context) error }
)

// ProtoReflect marks a message.
func (*message) ProtoReflect() any { return nil }

// UnimplementedGreeterServer stands for what the compiler of protocol buffers
// generates.
type UnimplementedGreeterServer struct{}

type greeter struct {
	UnimplementedGreeterServer
	done chan error
}

func (g *greeter) Hello(ctx context.Context, in *request) (*reply, error) {
	go audit(ctx) // want `ctx ends when greeter.Hello returns, and audit goes on; give it context.WithoutCancel\(ctx\)`
	return &reply{in.id}, nil
}

func (g *greeter) Derived(ctx context.Context, in *request) (*reply, error) {
	ctx, cancel := context.WithCancel(ctx)
	go func() { // want "ends when greeter.Derived returns"
		defer cancel()
		_ = audit(ctx)
	}()
	return &reply{in.id}, nil
}

// Wait waits for the goroutine itself.
func (g *greeter) Wait(ctx context.Context, in *request) (*reply, error) {
	errc := make(chan error, 1)
	go func() { errc <- audit(ctx) }()
	return &reply{in.id}, <-errc
}

func (d *delegate) Tell(ctx context.Context, in *message) (*message, error) {
	go func() { // want "ends when delegate.Tell returns"
		_ = audit(ctx)
	}()
	return in, nil
}

// notHandler is called by whoever likes.
func (d *delegate) notHandler(ctx context.Context, in *request) (*reply, error) {
	errc := make(chan error, 1)
	go func() { errc <- audit(ctx) }()
	return nil, <-errc
}
