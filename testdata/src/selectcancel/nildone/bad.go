// Package nildone holds waits for channels that are never ready.
package nildone

import (
	"context"
	"time"
)

func bare() {
	<-context.Background().Done() // want "\\(nil-done\\)"
}

func variable() {
	ctx := context.TODO()
	<-ctx.Done() // want "\\(nil-done\\)"
}

func alias() {
	ctx := context.Background()
	done := ctx.Done()
	for range done { // want "\\(nil-done\\)"
	}
}

func detached(ctx context.Context) {
	<-context.WithoutCancel(ctx).Done() // want "\\(nil-done\\)"
}

type key struct{}

func withValue() {
	ctx := context.WithValue(context.Background(), key{}, 1)
	<-ctx.Done() // want "\\(nil-done\\)"
}

func besides(in chan int) int {
	ctx := context.Background()
	select {
	case v := <-in:
		return v
	case <-ctx.Done(): // want "\\(nil-done\\)"
		return 0
	}
}

func ticking() {
	ctx := context.Background()
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			println("tick")
		case <-ctx.Done(): // want "\\(nil-done\\)"
			return
		}
	}
}

func captured() {
	ctx := context.Background()
	go func() {
		<-ctx.Done() // want "\\(nil-done\\)"
		println("end")
	}()
}

func neverMade() int {
	var results chan int
	return <-results // want "\\(nil-done\\)"
}

func neverMadeButCaptured() int {
	var results chan int
	go func() {
		results <- 1 // want "\\(nil-done\\)"
	}()
	return <-results // want "\\(nil-done\\)"
}

func onlyNil() {
	var a, b chan int
	select { // want "\\(nil-done\\)"
	case <-a:
	case b <- 1:
	}
}

func literalNil() {
	<-(chan int)(nil) // want "\\(nil-done\\)"
}
