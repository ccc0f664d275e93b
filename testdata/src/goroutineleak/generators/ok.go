package generators

import "context"

func withContext(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch
}

func all(n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i
		}
	}()
	return ch
}

func sum(n int) (s int) {
	for v := range all(n) {
		s += v
	}
	return s
}

func skipping(n int) (s int) {
	for v := range all(n) {
		if v%2 == 0 {
			continue
		}
		s += v
	}
	return s
}

type answer struct {
	text string
	err  error
}

// Two sends of which one happens.
func ask(f func() (string, error)) <-chan answer {
	ch := make(chan answer)
	go func() {
		text, err := f()
		if err != nil {
			ch <- answer{err: err}
			return
		}
		ch <- answer{text: text}
	}()
	return ch
}

func askOne(f func() (string, error)) answer { return <-ask(f) }

func askTwo(f func() (string, error)) (answer, answer) {
	a, b := ask(f), ask(f)
	return <-a, <-b
}

func askAll(fs []func() (string, error)) (all []answer) {
	for _, f := range fs {
		all = append(all, <-ask(f))
	}
	return all
}

func askDeferred(f func() (string, error)) (a answer) {
	ch := ask(f)
	defer func() { a = <-ch }()
	return answer{}
}

// A send that leaves its loop is one send, with the one behind the loop.
func search(names []string, match func(string) bool) chan string {
	ch := make(chan string)
	go func() {
		defer close(ch)
		for _, name := range names {
			if match(name) {
				ch <- name
				return
			}
		}
		ch <- ""
	}()
	return ch
}

func searchOne(names []string, match func(string) bool) string {
	for name := range search(names, match) {
		return name
	}
	return ""
}

func switched(mode int) <-chan string {
	ch := make(chan string)
	go func() {
		switch tell := func(s string) { ch <- s }; mode {
		case 0:
			tell("none")
		case 1:
			tell("one")
		default:
			ch <- "many"
		}
	}()
	return ch
}

func mode(n int) string { return <-switched(n) }

// Two sends and two receives.
func twoSteps(f func() int) <-chan int {
	ch := make(chan int)
	go func() {
		ch <- f()
		ch <- f()
	}()
	return ch
}

func bothSteps(f func() int) int {
	ch := twoSteps(f)
	first := <-ch
	return first + <-ch
}

// The rest is read by somebody else.
func handedOn(f func() int) int {
	ch := twoSteps(f)
	defer swallow(ch)
	return <-ch
}

func swallow(ch <-chan int) { println(<-ch) }

// The goroutine hears the stop by way of what it calls.
func counted(n int, quit chan struct{}) <-chan int {
	ch := make(chan int)
	put := func(v int) bool {
		select {
		case ch <- v:
			return true
		case <-quit:
			return false
		}
	}
	go func() {
		defer close(ch)
		for i := range n {
			if !put(i) {
				return
			}
		}
	}()
	return ch
}

func firstCounted(n int) int {
	quit := make(chan struct{})
	defer close(quit)
	for v := range counted(n, quit) {
		return v
	}
	return 0
}
