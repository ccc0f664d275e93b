package rpc

import "google.golang.org/grpc"

// greetings is what the compiler of protocol buffers generates for a stream.
type greetings interface {
	grpc.ServerStream
}

func (g *greeter) Stream(in *request, stream greetings) error {
	go audit(stream.Context()) // want `stream.Context\(\) ends when greeter.Stream returns, and audit goes on`
	return nil
}

func (g *greeter) Both(in *request, stream grpc.ServerStream) error {
	ctx := stream.Context()
	go func() { g.done <- audit(ctx) }() // want "ends when greeter.Both returns"
	return nil
}

// Joined waits.
func (g *greeter) Joined(in *request, stream grpc.ServerStream) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = audit(stream.Context())
	}()
	<-done
	return nil
}

func (g *greeter) close() { close(g.done) }

func newGreeter() *greeter {
	g := &greeter{done: make(chan error, 1)}
	go func() {
		for err := range g.done {
			println(err)
		}
	}()
	return g
}
