// Package deadlock has circles of waits through a lock that the model checker
// proves, and what is close to them and goes on.
package deadlock

import (
	"context"
	"sync"
)

type page struct{ hits int }

func render(first func() (*page, error)) (*page, error) {
	var mu sync.Mutex
	var last *page
	shown := make(chan *page)
	go func() {
		p := &page{}
		mu.Lock()
		last = p
		mu.Unlock()
		shown <- p
	}()
	mu.Lock()
	p, err := first()
	if err != nil {
		<-shown // want "mu is held across a receive from shown"
		mu.Unlock()
		return last, err
	}
	last = p
	mu.Unlock()
	return <-shown, nil
}

func renderUnlocked(first func() (*page, error)) (*page, error) {
	var mu sync.Mutex
	var last *page
	shown := make(chan *page)
	go func() {
		p := &page{}
		mu.Lock()
		last = p
		mu.Unlock()
		shown <- p
	}()
	mu.Lock()
	p, err := first()
	if err != nil {
		mu.Unlock()
		<-shown
		return last, err
	}
	last = p
	mu.Unlock()
	return <-shown, nil
}

// left takes a lock on the way to a wait and gives it back on some ways only.
func left(load func() (int, error)) (int, error) {
	var mu sync.Mutex
	n := 0
	warm := make(chan struct{})
	go func() {
		defer close(warm)
		mu.Lock()
		n++
		mu.Unlock()
	}()
	mu.Lock()
	v, err := load()
	if err == nil {
		n = v
		mu.Unlock()
	}
	<-warm // want "mu may still be locked at a receive from warm"
	return n, err
}

func leftNothing(load func() (int, error)) (int, error) {
	var mu sync.Mutex
	n := 0
	warm := make(chan struct{})
	go func() {
		defer close(warm)
		mu.Lock()
		n++
		mu.Unlock()
	}()
	mu.Lock()
	v, err := load()
	if err == nil {
		n = v
	}
	mu.Unlock()
	<-warm
	return n, err
}

// gone returns with the lock, and the next one waits for it.
func gone(load func() error) {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		if load() != nil {
			return // want "mu is still locked at this return"
		}
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
}

// asked takes a lock and gives it back where the same question says so.
func asked(locks func() bool, f func()) {
	var mu sync.Mutex
	go func() {
		if locks() {
			mu.Lock()
		}
		f()
		if locks() {
			mu.Unlock()
		}
	}()
	mu.Lock()
	mu.Unlock()
}

type purse struct {
	mu sync.Mutex
	n  int
}

func pay(from, to *purse, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want "to.mu is locked under from.mu, and another call takes them the other way round"
	defer to.mu.Unlock()
	from.n, to.n = from.n-n, to.n+n
}

func exchange() int {
	a, b := &purse{n: 3}, &purse{n: 5}
	var wg sync.WaitGroup
	wg.Go(func() { pay(a, b, 1) })
	wg.Go(func() { pay(b, a, 2) })
	wg.Wait()
	return a.n - b.n
}

func give(from, to *purse, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.n, to.n = from.n-n, to.n+n
}

func giveOneWay() int {
	a, b := &purse{n: 3}, &purse{n: 5}
	var wg sync.WaitGroup
	wg.Go(func() { give(a, b, 1) })
	wg.Go(func() { give(a, b, 2) })
	wg.Wait()
	return a.n - b.n
}

func crossed(f, g func()) {
	var read, write sync.Mutex
	done := make(chan struct{})
	go func() {
		defer close(done)
		write.Lock()
		read.Lock() // want "read is locked under write, but crossed takes them the other way round"
		f()
		read.Unlock()
		write.Unlock()
	}()
	read.Lock()
	write.Lock()
	g()
	write.Unlock()
	read.Unlock()
	<-done
}

func turnByTurn(f, g func()) {
	var read, write sync.Mutex
	done := make(chan struct{})
	go func() {
		defer close(done)
		write.Lock()
		read.Lock()
		f()
		read.Unlock()
		write.Unlock()
	}()
	<-done
	read.Lock()
	write.Lock()
	g()
	write.Unlock()
	read.Unlock()
}

type tally struct {
	mu  sync.Mutex
	wg  sync.WaitGroup
	sum int
}

func (t *tally) add(n int) {
	t.mu.Lock()
	t.sum += n
	t.mu.Unlock()
}

func (t *tally) join() { t.wg.Wait() }

func total(parts []int) int {
	t := &tally{}
	for _, n := range parts {
		t.wg.Add(1)
		go func() {
			defer t.wg.Done()
			t.add(n)
		}()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.join() // want "t.mu is held across tally.join, but a goroutine it waits for takes t.mu"
	return t.sum
}

func totalJoined(parts []int) int {
	t := &tally{}
	for _, n := range parts {
		t.wg.Add(1)
		go func() {
			defer t.wg.Done()
			t.add(n)
		}()
	}
	t.join()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sum
}

func gather(jobs []func() int) (sum int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	runs := 0
	out := make(chan int)
	for _, job := range jobs {
		wg.Go(func() {
			v := job()
			mu.Lock()
			runs++
			mu.Unlock()
			out <- v
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	mu.Lock()
	defer mu.Unlock()
	for v := range out { // want "mu is held across a range over out, which waits in a circle with who needs mu"
		sum += v
	}
	return sum / runs
}

func gatherFirst(jobs []func() int) (sum int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	runs := 0
	out := make(chan int)
	for _, job := range jobs {
		wg.Go(func() {
			v := job()
			mu.Lock()
			runs++
			mu.Unlock()
			out <- v
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	for v := range out {
		sum += v
	}
	mu.Lock()
	defer mu.Unlock()
	return sum / runs
}

// stopped by a context that comes from outside: the wait ends.
func cancelled(ctx context.Context, f func()) {
	var mu sync.Mutex
	got := make(chan int, 1)
	go func() {
		mu.Lock()
		f()
		mu.Unlock()
		got <- 1
	}()
	mu.Lock()
	defer mu.Unlock()
	select {
	case <-got:
	case <-ctx.Done():
	}
}
