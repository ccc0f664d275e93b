package nildone

import (
	"context"
	"os"
	"os/signal"
	"time"
)

func pause(ctx context.Context) {
	<-ctx.Done()
}

func derived() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	<-ctx.Done()
}

func notified() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	<-ctx.Done()
}

// A variable that is replaced on some path is no proof.
func replaced(long bool) {
	ctx := context.Background()
	if long {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Hour)
		defer cancel()
	}
	<-ctx.Done()
}

// nil switches a case off: the select lives from its other case.
func switchedOff(in chan int, wanted bool) int {
	var out chan int
	if wanted {
		out = make(chan int, 1)
	}
	select {
	case out <- 1:
		return 1
	case v := <-in:
		return v
	}
}

// The timer bounds the wait whatever the context is.
func bounded() {
	ctx := context.Background()
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
}

func assignedInClosure(start func(func())) int {
	var results chan int
	start(func() { results = make(chan int, 1) })
	return <-results
}

func byAddress(fill func(*chan int)) int {
	var results chan int
	fill(&results)
	return <-results
}

func forever() {
	select {}
}
