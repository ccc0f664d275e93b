// Command serving has peers who wait: whatever it skips counts.
package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	dir, err := os.MkdirTemp("", "serving")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := http.ListenAndServe(":8080", http.FileServer(http.Dir(dir))); err != nil {
		log.Fatal(err) // want `log.Fatal skips os.RemoveAll, deferred on line 15; return the error and exit in the caller`
	}
}

// The goroutine may have ended by the time of the defer.
func restore(stop <-chan struct{}, open func() (func(), error)) error {
	done := make(chan struct{})
	go func() {
		select {
		case <-stop:
			os.Exit(1)
		case <-done:
		}
	}()
	unmount, err := open()
	close(done)
	if err != nil {
		return err
	}
	defer unmount()
	return nil
}

// The goroutine has no other way to end.
func watch(stop <-chan struct{}, open func() (func(), error)) error {
	go func() {
		<-stop
		os.Exit(1) // want `os.Exit in a goroutine skips unmount, deferred on line 50; pass the error on`
	}()
	unmount, err := open()
	if err != nil {
		return err
	}
	defer unmount()
	return nil
}
