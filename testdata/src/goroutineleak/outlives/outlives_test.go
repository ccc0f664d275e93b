// Package outlives uses t in goroutines.
package outlives

import (
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestLog(t *testing.T) {
	go func() { // want "the goroutine uses t.*and nothing waits for it"
		t.Log("late")
	}()
}

func TestSub(t *testing.T) {
	t.Run("sub", func(st *testing.T) {
		go check(st) // want "check uses "
	})
}

func check(t *testing.T) { t.Error("late") }

func BenchmarkX(b *testing.B) {
	for range b.N {
		go func() { // want "the goroutine uses b"
			b.Fatal("late")
		}()
	}
}

func given(tb testing.TB) {
	go func() { // want "the goroutine uses tb"
		require(tb, true)
	}()
}

func require(tb testing.TB, ok bool) {
	if !ok {
		tb.Fatal("not ok")
	}
}

func TestWaits(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t.Log("in time")
	}()
	wg.Wait()
	done := make(chan bool)
	go func() {
		t.Log("in time")
		done <- true
	}()
	<-done
}

func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		go func() { t.Log("the bubble waits") }()
	})
}

func TestWatchdog(t *testing.T) {
	timer := time.AfterFunc(time.Minute, func() { t.Error("stuck") })
	defer timer.Stop()
}

func TestPipe(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		_, err := w.Write([]byte("x"))
		if err != nil {
			t.Error(err)
		}
		w.Close()
	}()
	io.ReadAll(r)
}

func TestHandOver(t *testing.T) {
	c := make(chan bool)
	go func() {
		t.Log("before the test goes on")
		<-c
	}()
	c <- true
}

func TestFlag(t *testing.T) {
	var done atomic.Bool
	go func() {
		defer done.Store(true)
		t.Log("in time")
	}()
	for !done.Load() {
		time.Sleep(time.Millisecond)
	}
}

func TestQuiet(t *testing.T) {
	go func() { _ = t.Name() }()
}

func TestFedLast(t *testing.T) {
	c := make(chan int)
	go func() { // want "the goroutine uses t.*and nothing waits for it"
		v := <-c
		t.Log("got", v)
	}()
	c <- 1
}

func TestToldTooEarly(t *testing.T) {
	started := make(chan bool)
	go func() { // want "the goroutine uses t.*and nothing waits for it"
		close(started)
		t.Log("running")
	}()
	<-started
	results := make(chan int)
	go func() { // want "the goroutine uses t.*and nothing waits for it"
		t.Log("sending")
		results <- 1
		t.Log("sent")
	}()
	<-results
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want "the goroutine uses t.*and nothing waits for it"
		wg.Done()
		t.Log("done")
	}()
	wg.Wait()
}

func TestFedAndJoined(t *testing.T) {
	c, done := make(chan int), make(chan bool)
	go func() {
		defer close(done)
		v := <-c
		t.Log("got", v)
	}()
	c <- 1
	<-done
	go func() {
		v := <-c
		t.Log("got", v)
		c <- v
	}()
	c <- 1
	<-c
	go func() {
		if v := <-c; v < 0 {
			t.Error("negative")
		}
		<-c
	}()
	c <- 1
	c <- 2
}

func TestSendOrTimeout(t *testing.T) {
	c := make(chan int)
	go func() {
		select {
		case c <- 1:
		case <-time.After(time.Second):
			t.Error("nobody receives")
		}
	}()
	<-c
}

func TestEitherWay(t *testing.T) {
	done := make(chan bool)
	go func() {
		if done == nil {
			done <- true
			return
		}
		t.Log("in time")
		done <- false
	}()
	<-done
}

// A wait that is handed to somebody else is a wait.
func TestCleanup(t *testing.T) {
	var wg sync.WaitGroup
	t.Cleanup(wg.Wait)
	wg.Add(1)
	go func() {
		defer wg.Done()
		t.Log("in time")
	}()
}

func BenchmarkCleanup(b *testing.B) {
	fix := &struct{ sync.WaitGroup }{}
	b.Cleanup(fix.Wait)
	fix.Go(func() { b.Log("in time") })
}

func TestBoundWait(t *testing.T) {
	wg := new(sync.WaitGroup)
	wait := wg.Wait
	defer wait()
	wg.Go(func() { t.Log("in time") })
}

// The end that is handed on here is that of another group.
func TestCleanupOfAnother(t *testing.T) {
	var a, b sync.WaitGroup
	t.Cleanup(a.Wait)
	a.Go(func() {})
	b.Go(func() { // want "the goroutine uses t.*and nothing waits for it"
		t.Log("late")
	})
}

// The last send is received, and t is used behind it.
func TestLastTurn(t *testing.T) {
	numbers := make(chan int)
	go func() { // want "the goroutine uses t.*and nothing waits for it"
		for i := range 3 {
			numbers <- i
			t.Logf("sent %d", i)
		}
	}()
	for range 3 {
		<-numbers
	}
}

func TestTurns(t *testing.T) {
	numbers := make(chan int)
	go func() {
		for i := range 3 {
			t.Logf("sending %d", i)
			numbers <- i
		}
	}()
	for range 3 {
		<-numbers
	}
	go func() {
		defer close(numbers)
		for i := range 3 {
			numbers <- i
			t.Logf("sent %d", i)
		}
	}()
	for range numbers {
	}
}

func TestSometimes(t *testing.T) {
	numbers := make(chan int)
	go func() {
		for i := range 3 {
			numbers <- i
			if i > 5 {
				t.Errorf("sent %d", i)
			}
		}
	}()
	for range 3 {
		<-numbers
	}
}
