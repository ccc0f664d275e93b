// Package nildone holds waits for channels that are never ready.
package nildone

import (
	"context"
	"time"
)

func bare() {
	<-context.Background().Done() // want `this waits for ever: Done of context\.Background\(\) is nil`
}

func variable() {
	ctx := context.TODO()
	<-ctx.Done() // want `this waits for ever: Done of context\.TODO\(\) is nil`
}

func alias() {
	ctx := context.Background()
	done := ctx.Done()
	for range done { // want `this waits for ever: Done of context\.Background\(\) is nil`
	}
}

func detached(ctx context.Context) {
	<-context.WithoutCancel(ctx).Done() // want `this waits for ever: Done of context\.WithoutCancel is nil`
}

type key struct{}

func withValue() {
	ctx := context.WithValue(context.Background(), key{}, 1)
	<-ctx.Done() // want `this waits for ever: Done of context\.Background\(\) is nil`
}

func besides(in chan int) int {
	ctx := context.Background()
	select {
	case v := <-in:
		return v
	case <-ctx.Done(): // want `the case ctx\.Done\(\) is never ready: Done of context\.Background\(\) is nil`
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
		case <-ctx.Done(): // want `the case ctx\.Done\(\) is never ready: Done of context\.Background\(\) is nil`
			return
		}
	}
}

func captured() {
	ctx := context.Background()
	go func() {
		<-ctx.Done() // want `this waits for ever: Done of context\.Background\(\) is nil`
		println("end")
	}()
}

func neverMade() int {
	var results chan int
	return <-results // want `this waits for ever: the channel is nil`
}

func neverMadeButCaptured() int {
	var results chan int
	go func() {
		results <- 1 // want `this waits for ever: the channel is nil`
	}()
	return <-results // want `this waits for ever: the channel is nil`
}

func onlyNil() {
	var a, b chan int
	select { // want `no case of this select is ever ready: the channel is nil`
	case <-a:
	case b <- 1:
	}
}

func literalNil() {
	<-(chan int)(nil) // want `this waits for ever: the channel is nil`
}
