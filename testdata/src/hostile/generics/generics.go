// Package generics mixes type parameters with everything that can wait.
package generics

import (
	"cmp"
	"context"
	"iter"
	"sync"
	"time"
)

// Chan is any channel type of T.
type Chan[T any] interface{ ~chan T }

// Recv is any channel type of T that can be received from.
type Recv[T any] interface{ ~chan T | ~<-chan T }

// Number has a long type set.
type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~float32 | ~float64
}

// Box holds a lock and a channel of its parameter.
type Box[T any, C Chan[T]] struct {
	mu   sync.RWMutex
	ch   C
	wg   sync.WaitGroup
	last T
}

// Put sends on a channel whose type is a type parameter, under a lock.
func (b *Box[T, C]) Put(v T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ch <- v
	b.last = v
}

// Get selects on a channel whose type is a type parameter.
func (b *Box[T, C]) Get(ctx context.Context) (v T, err error) {
	select {
	case v = <-b.ch:
	case <-ctx.Done():
		err = ctx.Err()
	}
	return
}

// Each ranges over a channel whose type is a type parameter.
func (b *Box[T, _]) Each(f func(T)) {
	b.wg.Go(func() {
		for v := range b.ch {
			f(v)
		}
	})
	b.wg.Wait()
}

func recvAll[T any, C Recv[T]](cs ...C) (all []T) {
	for _, c := range cs {
		for v := range c {
			all = append(all, v)
		}
	}
	return
}

func send[C ~chan<- T, T any](c C, v T) { c <- v }

func closeAny[C ~chan E | ~chan<- E, E any](c C) { close(c) }

func length[C ~chan E | ~[]E | ~map[int]E, E any](c C) int { return len(c) }

func makeOne[C ~chan int](n int) C { return make(C, n) }

// Node refers to itself through its parameter.
type Node[K cmp.Ordered, V any] struct {
	left, right *Node[K, V]
	key         K
	val         V
	sync.Mutex
}

// All walks with recursion through an iterator.
func (n *Node[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { n.push(yield) }
}

func (n *Node[K, V]) push(yield func(K, V) bool) bool {
	if n == nil {
		return true
	}
	n.Lock()
	defer n.Unlock()
	return n.left.push(yield) && yield(n.key, n.val) && n.right.push(yield)
}

// Locker is a constraint with methods and a core type.
type Locker[T any] interface {
	*T
	sync.Locker
}

func with[T any, P Locker[T]](f func()) {
	var v T
	P(&v).Lock()
	defer P(&v).Unlock()
	f()
}

type named chan int

type (
	alias[T any]                      = Box[T, chan T]
	intBox                            = alias[int]
	pair[A, B any]                    struct{ a, b any }
	funcs[T any]                      map[string]func(T) <-chan T
	stream[T any]                     chan stream[T]
	fn[T, R any]                      func(context.Context, T) (R, error)
	embeds[T any]                     struct{ *Box[T, chan T] }
	tree[T interface{ Less(T) bool }] struct{ root *tree[T] }
)

// Map is a method on a generic function type.
func (f fn[T, R]) Map(ctx context.Context, in <-chan T, out chan<- R) error {
	for v := range in {
		r, err := f(ctx, v)
		if err != nil {
			return err
		}
		out <- r
	}
	return nil
}

func use() {
	b := &Box[int, named]{ch: make(named)}
	go b.Put(1)
	put := b.Put
	defer put(2)
	(*Box[int, named]).Put(b, 3)
	_ = recvAll[int](b.ch, make(named))
	send((chan<- int)(b.ch), 4)
	closeAny[named, int](b.ch)
	_ = length[[]int, int](nil)
	with[sync.Mutex](func() { time.Sleep(time.Second) })
	var i intBox
	i.Each(func(int) {})
	e := embeds[string]{&alias[string]{}}
	e.Put("x")
	for k, v := range (&Node[string, int]{}).All() {
		if k == "" && v == 0 {
			break
		}
	}
	s := make(stream[int])
	s <- s
	<-<-s
	_ = makeOne[named](sum(1, 2))
	_ = pair[int, string]{}
	_ = funcs[int]{"a": func(i int) <-chan int { c := make(chan int, i); return c }}
	var f fn[int, string]
	go f.Map(context.Background(), nil, nil)
}

func sum[N Number](ns ...N) (t N) {
	for _, n := range ns {
		t += n
	}
	return
}
