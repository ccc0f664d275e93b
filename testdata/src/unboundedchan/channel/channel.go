// Package channel queues work without a buffer.
package channel

import (
	"context"
	"net/http"
)

func post(url string) {
	if resp, err := http.Post(url, "text/plain", nil); err == nil {
		resp.Body.Close()
	}
}

type Sender struct{ urls chan string }

func NewSender() *Sender {
	s := &Sender{urls: make(chan string)} // want "urls has no buffer: callers of Send wait while run waits for the network"
	go s.run()
	return s
}

func (s *Sender) Send(url string) { s.urls <- url }

func (s *Sender) run() {
	for url := range s.urls {
		post(url)
	}
}

type Listener struct {
	urls chan string
	quit chan struct{}
}

func NewListener() *Listener {
	s := &Listener{urls: make(chan string), quit: make(chan struct{})} // want "urls has no buffer: callers of Send wait"
	go func() {
		for {
			select {
			case url := <-s.urls:
				post(url)
			case <-s.quit:
				return
			}
		}
	}()
	return s
}

func (s *Listener) Send(url string) { s.urls <- url }

func (s *Listener) Close() { close(s.quit) }

type Buffered struct{ urls chan string }

func NewBuffered() *Buffered {
	s := &Buffered{urls: make(chan string, 16)}
	go func() {
		for url := range s.urls {
			post(url)
		}
	}()
	return s
}

func (s *Buffered) Send(url string) { s.urls <- url }

type Cancelled struct{ urls chan string }

func NewCancelled() *Cancelled {
	s := &Cancelled{urls: make(chan string)}
	go func() {
		for url := range s.urls {
			post(url)
		}
	}()
	return s
}

func (s *Cancelled) Send(ctx context.Context, url string) error {
	select {
	case s.urls <- url:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type request struct {
	url   string
	reply chan int
}

type Asker struct{ asks chan request }

func NewAsker() *Asker {
	s := &Asker{asks: make(chan request)}
	go func() {
		for r := range s.asks {
			post(r.url)
			r.reply <- 1
		}
	}()
	return s
}

func (s *Asker) Ask(url string) int {
	r := request{url, make(chan int, 1)}
	s.asks <- r
	return <-r.reply
}

type Forwarder struct{ in, out chan string }

func NewForwarder() *Forwarder {
	s := &Forwarder{in: make(chan string), out: make(chan string)}
	go func() {
		for v := range s.in {
			s.out <- v
		}
	}()
	return s
}

func (s *Forwarder) Send(v string) { s.in <- v }

func (s *Forwarder) Next() string { return <-s.out }

type Pool struct{ urls chan string }

func NewPool() *Pool {
	s := &Pool{urls: make(chan string)}
	for range 4 {
		go func() {
			for url := range s.urls {
				post(url)
			}
		}()
	}
	return s
}

func (s *Pool) Send(url string) { s.urls <- url }

type Refresher struct {
	tick <-chan struct{}
	stop chan bool
}

// NewRefresher is told to stop by a value.
func NewRefresher(tick <-chan struct{}) *Refresher {
	s := &Refresher{tick: tick, stop: make(chan bool)}
	go s.run()
	return s
}

func (s *Refresher) Close() {
	s.stop <- true
	close(s.stop)
}

func (s *Refresher) run() {
	for {
		select {
		case <-s.stop:
			return
		case <-s.tick:
		}
		post("http://a")
	}
}

type Stream struct{ blocks chan []byte }

// NewStream is read at the pace of the network, and written as fast.
func NewStream() *Stream {
	s := &Stream{blocks: make(chan []byte)}
	go func() {
		for b := range s.blocks {
			post(string(b))
		}
	}()
	return s
}

func (s *Stream) Write(b []byte) (int, error) {
	s.blocks <- b
	return len(b), nil
}

// A variable of the package.
var letters = make(chan string) // want "letters has no buffer: callers of Deliver wait while postman waits for the network"

func Deliver(url string) { letters <- url }

func init() { go postman() }

func postman() {
	for url := range letters {
		post(url)
	}
}

// One that others are given.
var parcels = make(chan string)

func Ship(url string) { parcels <- url }

func Parcels() chan string { return parcels }

func carrier() {
	for url := range parcels {
		post(url)
	}
}

// A number says what to do.
type order int

var orders = make(chan order)

func Order(o order) { orders <- o }

func obey() {
	for o := range orders {
		if o > 0 {
			post("http://example.com")
		}
	}
}
