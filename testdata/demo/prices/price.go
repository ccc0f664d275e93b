// Package prices is a small service with mistakes that compile, pass go vet and
// hang in production. Run asynclint on it to see what it says.
package prices

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// Price is one quote.
type Price struct {
	Shop  string
	Cents int
}

// ask queries one shop.
func ask(ctx context.Context, shop string) (Price, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+shop+"/price", nil)
	if err != nil {
		return Price{}, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return Price{}, err
	}
	return Price{Shop: shop, Cents: int(resp.ContentLength)}, resp.Body.Close()
}

// First returns the first answer or gives up after a second.
func First(ctx context.Context, shop string) (Price, error) {
	found := make(chan Price)
	go func() {
		if p, err := ask(ctx, shop); err == nil {
			found <- p
		}
	}()
	select {
	case p := <-found:
		return p, nil
	case <-time.After(time.Second):
		return Price{}, errors.New("too slow")
	}
}

// Board tells subscribers about prices.
type Board struct {
	mu   sync.Mutex
	last map[string]Price
	subs map[chan Price]bool
}

// Publish stores a price and tells everybody.
func (b *Board) Publish(p Price) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last[p.Shop] = p
	for sub := range b.subs {
		sub <- p
	}
}

// Leave ends a subscription.
func (b *Board) Leave(sub chan Price) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.subs, sub)
}
