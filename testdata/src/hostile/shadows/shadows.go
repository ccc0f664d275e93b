// Package shadows gives the names of the language to its own things.
package shadows

import (
	fmt "strings"
	"sync"
	time "time"
)

type (
	error  int2
	int2   = int64
	string []byte
	any    interface{ wait() }
	int    struct{ n int64 }
)

const (
	iota  = 3
	true  = 1 == 0
	false = !true
)

var nil = struct{}{}

func len(c chan int) chan int { return c }
func cap(...int) bool         { return true }
func close(c chan int)        { c <- int{} }
func make(c chan int, n int64) chan int {
	return c
}
func panic(v error) error      { return v }
func recover() (r error)       { return }
func append(c chan int, v int) { c <- v }
func new(m *sync.Mutex)        { m.Lock() }
func print(...error)           {}
func println(c chan int)       { <-c }
func delete(mu *sync.Mutex)    { mu.Unlock() }
func copy(f func())            { go f() }
func clear()                   { select {} }

type context struct{}

func (context) Done() <-chan int { return *(*<-chan int)(&done) }
func (context) Err() error       { return error(int2(0)) }
func (c context) wait()          { <-c.Done() }

var done <-chan int

func use(c chan int, ctx context, mu *sync.Mutex) error {
	copy(func() { println(len(c)) })
	close(make(c, 1))
	append(c, int{iota})
	new(mu)
	delete(mu)
	ctx.wait()
	fmt.ToUpper("x")
	for range done {
		select {
		case <-ctx.Done():
			print(ctx.Err())
		case <-time.After(1):
			clear()
		}
	}
	{
		sync, time := mu, c
		sync.Lock()
		time <- int{}
		mu := time
		<-mu
	}
	_ = nil
	return panic(recover())
}
