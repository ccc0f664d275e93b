package chanop

import "sync"

// A price list asks for all prices at once and waits for the answers; room in the
// channel does not help who cannot come to it.
type priceList struct {
	mu     sync.Mutex
	prices map[string]string
	ask    func(string) string
}

func (p *priceList) quote(name string, out chan<- string) {
	v := p.ask(name)
	p.mu.Lock()
	p.prices[name] = v
	p.mu.Unlock()
	out <- v
}

func (p *priceList) refresh() (sum string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make(chan string, len(p.prices))
	n := len(p.prices)
	for name := range p.prices {
		go p.quote(name, out)
	}
	for range n {
		sum += <-out // want "p.mu is held across a receive from out, but its sender needs p.mu too"
	}
	return sum
}

func (p *priceList) refreshFree() (sum string) {
	p.mu.Lock()
	out := make(chan string, len(p.prices))
	n := len(p.prices)
	for name := range p.prices {
		go p.quoteFree(name, out)
	}
	p.mu.Unlock()
	for range n {
		sum += <-out
	}
	return sum
}

func (p *priceList) quoteFree(name string, out chan<- string) {
	v := p.ask(name)
	p.mu.Lock()
	p.prices[name] = v
	p.mu.Unlock()
	out <- v
}
