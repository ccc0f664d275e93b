// Package consts computes at compile time what others compute at run time.
package consts

import (
	"math"
	"sync"
	"time"
	"unsafe"
)

const (
	a = iota << 3
	b
	_
	c = time.Duration(b) * time.Second
	d = len("é") + len([3]chan int{})
	e = unsafe.Sizeof(struct{ sync.Mutex }{})
	f = 1e3
	g = 'x' - 1
	h = math.MaxInt64
	i = -1 << 62
)

type level uint8

const (
	low level = iota + 1
	high
)

func use(n int) {
	time.Sleep(c)
	time.Sleep(f)
	time.Sleep(-c)
	time.Sleep(h)
	time.Sleep(i)
	time.Sleep(time.Duration(n) << 62)
	time.Sleep(1<<a - 1 + time.Duration(low))
	_ = make(chan [d]int, d)
	_ = make(chan [0]int, h>>40)
	_ = make(chan [1 << 15]byte, 1)
	<-time.After(c * 2 / 3 % 5)
	time.NewTicker(time.Duration(high))
	for range h >> 60 {
	}
	if false {
		select {}
	}
	for true {
		if 1 > 2 {
			break
		}
	}
	var arr [d]sync.Mutex
	arr[d-1].Lock()
	arr[1&1].Unlock()
	_ = arr[len(arr)-2:]
	_ = unsafe.Slice(&arr[0], 2)
	_ = uintptr(unsafe.Pointer(&arr)) + unsafe.Offsetof(struct {
		x int
		y sync.Mutex
	}{}.y) + e
	var z complex128 = complex(f, g)
	_ = real(z)
}
