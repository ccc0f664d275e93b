// Package local holds what sounds like waiting for others under a lock.
package local

import (
	"context"
	"math/rand"
	"net"
	"os"
	"os/exec"
	"sync"
	"time"

	"google.golang.org/grpc"
)

type sockets struct {
	mu    sync.Mutex
	peers map[string]net.Conn
}

func (s *sockets) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.peers)
}

// dial sets up a socket and asks nobody.
func (s *sockets) dial(to *net.UDPAddr) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := net.DialUDP("udp", nil, to)
	if err == nil {
		s.peers[to.String()] = c
	}
	return err
}

// dialName asks a name server and the peer.
func (s *sockets) dialName(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := net.Dial("tcp", name) // want "s.mu is held across net.Dial"
	if err == nil {
		s.peers[name] = c
	}
	return err
}

type server struct {
	mu         sync.Mutex
	listenAddr string
	rpc        *grpc.ClientConn
	started    bool
}

func (s *server) isStarted() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.started
}

// listen resolves its own address.
func (s *server) listen() (*net.UDPAddr, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return net.ResolveUDPAddr("udp", s.listenAddr)
}

func (s *server) resolve(peer string) (*net.UDPAddr, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return net.ResolveUDPAddr("udp", peer) // want "s.mu is held across net.ResolveUDPAddr"
}

type client struct {
	mu  sync.Mutex
	rpc *grpc.ClientConn
}

func (c *client) conn() *grpc.ClientConn {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rpc
}

// connect comes back before there is a connection.
func (c *client) connect(target string) (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rpc, err = grpc.Dial(target)
	return err
}

// imageMu ensures that builds do not run concurrently: they share a tag.
var imageMu sync.Mutex

func buildImage(dir string) error {
	imageMu.Lock()
	defer imageMu.Unlock()
	return exec.Command("docker", "build", dir).Run()
}

func touchImage() {
	imageMu.Lock()
	defer imageMu.Unlock()
}

type builder struct {
	mu    sync.Mutex
	built int
	queue chan string
}

func (b *builder) build(dir string) error {
	// The builder cleans up its cache, so let one build run at a time.
	b.mu.Lock()
	defer b.mu.Unlock()
	return exec.Command("docker", "build", dir).Run()
}

func (b *builder) enqueue(dir string) {
	// Avoid multiple builders that shuffle the queue.
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queue <- dir
}

func (b *builder) push(dir string) {
	// The queue is short.
	b.mu.Lock()
	defer b.mu.Unlock()
	b.built++
	b.queue <- dir // want "b.mu is held across a send on b.queue"
}

const step = 5 * time.Millisecond

type record struct {
	mu   sync.Mutex
	last time.Time
	seq  int
	path string
}

// next waits for what is left of the step.
func (r *record) next() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if since := time.Since(r.last); since < step {
		time.Sleep(step - since)
	}
	r.seq++
	return r.seq
}

func (r *record) now() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	time.Sleep(time.Millisecond)
	return r.seq
}

func (r *record) later() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	time.Sleep(2 * time.Millisecond) // want "r.mu is held across time.Sleep"
	return r.seq
}

// save tries again after an error, soon.
func (r *record) save(data []byte) (err error) {
	for range 3 {
		if err = os.WriteFile(r.path, data, 0o600); err == nil {
			return nil
		}
		time.Sleep(time.Duration(rand.Intn(50)) * time.Millisecond)
	}
	return err
}

func (r *record) set(n int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seq = n
	return r.save(nil)
}

// upload tries again after an error, in a while.
func (r *record) upload(ctx context.Context, send func(context.Context) error) (err error) {
	for range 3 {
		if err = send(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Duration(rand.Intn(50)) * time.Second)
	}
	return err
}

func (r *record) publish(ctx context.Context, send func(context.Context) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.upload(ctx, send) // want "r.mu is held across r.upload, which calls time.Sleep"
}
