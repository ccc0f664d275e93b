// Package tests has only test files.
package tests

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var shared sync.WaitGroup

func TestMain(m *testing.M) { go func() { select {} }(); os.Exit(m.Run()) }

func TestA(t *testing.T) {
	t.Parallel()
	go t.Run("x", func(t *testing.T) { go t.Log("late") })
	t.Cleanup(func() { shared.Wait() })
	shared.Go(func() { t.Error("x") })
	synctest.Test(t, func(t *testing.T) { time.Sleep(time.Hour); synctest.Wait() })
	for range 3 {
		t.Run("", TestA)
	}
	fmt.Println(t.Context().Err())
	<-t.Context().Done()
}

func BenchmarkB(b *testing.B) {
	for b.Loop() {
		go b.Log()
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			go func() { b.Fail() }()
		}
	})
}

func FuzzC(f *testing.F) { f.Fuzz(func(t *testing.T, b []byte) { go t.Skip() }) }

func ExampleD() { fmt.Println("x"); go fmt.Println("y") }

func TestNothing(*testing.T) {}

func Test(t interface{ Log(...any) }) { go t.Log() }
