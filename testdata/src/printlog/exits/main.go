// Command exits may end itself, but not past its own clean-up.
package main

import (
	"bufio"
	"context"
	"log"
	"os"
	"runtime/pprof"
	"sync"

	"go.uber.org/zap"
)

func main() {
	dir, err := os.MkdirTemp("", "exits")
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if err := work(dir); err != nil {
		log.Fatal(err) // want `log.Fatal skips out.Flush, deferred on line 21; return the error and exit in the caller`
	}
}

func work(dir string) error {
	f, err := os.Create(dir + "/cpu")
	if err != nil {
		return err
	}
	pprof.StartCPUProfile(f)
	defer func() {
		pprof.StopCPUProfile()
		f.Close()
	}()
	go func() {
		if err := step(); err != nil {
			log.Fatal(err) // want `log.Fatal in a goroutine skips pprof.StopCPUProfile, deferred on line 33; pass the error on`
		}
	}()
	if dir == "/" {
		os.Exit(3) // want `os.Exit skips pprof.StopCPUProfile, deferred on line 33`
	}
	return nil
}

func harmless(mu *sync.Mutex, lg *zap.Logger) {
	mu.Lock()
	defer mu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	f, err := os.Open("x")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	defer lg.Sync()
	defer func() {
		if r := recover(); r != nil {
			log.Print(r)
		}
	}()
	if ctx.Err() != nil {
		os.Exit(1)
	}
}

func spawn() {
	go func() {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}()
}

func after() {
	if err := step(); err != nil {
		os.Exit(1)
	}
	defer os.Remove("x")
}

func step() error { return nil }
