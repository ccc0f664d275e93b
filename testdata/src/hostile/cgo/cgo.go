// Package cgo calls C, whose names have no types unless cgo has run.
package cgo

/*
#include <stdlib.h>
typedef struct { int n; } box;
static int answer(box *b) { return b->n; }
*/
import "C"

import (
	"context"
	"sync"
	"time"
	"unsafe"
)

type wrapped struct {
	mu  sync.Mutex
	ptr *C.box
	out chan C.int
}

func (w *wrapped) ask(ctx context.Context) (n C.int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err = C.answer(w.ptr)
	select {
	case w.out <- C.int(n + 1):
	case w.out <- w.ptr.n:
	case <-ctx.Done():
		C.free(unsafe.Pointer(&w.mu))
	}
	go C.free(nil)
	defer C.free(nil)
	time.Sleep(time.Duration(C.answer(nil)))
	for range C.answer(w.ptr) {
		go func() { w.out <- *(*C.int)(C.malloc(C.sizeof_int)) }()
	}
	return <-w.out, err
}
