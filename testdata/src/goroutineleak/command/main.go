// Command command imports what it is given; when that fails it ends.
package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
)

var commands = map[string]func([]string) error{"load": load}

func main() {
	run := func() error {
		if err := importAll(os.Args, func(string) {}); err != nil {
			return err
		}
		return commands["load"](os.Args)
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	http.HandleFunc("/", upload)
}

// ok: the program ends next.
func importAll(names []string, f func(string)) error {
	var wg sync.WaitGroup
	for _, name := range names {
		if name == "" {
			return errors.New("no name")
		}
		wg.Go(func() { f(name) })
	}
	wg.Wait()
	return nil
}

// ok: so does a command named in a table.
func load(names []string) error {
	var wg sync.WaitGroup
	wg.Go(func() { println("ready") })
	if len(names) == 0 {
		return errors.New("nothing to load")
	}
	wg.Wait()
	return nil
}

// A server goes on after a failed request.
func upload(w http.ResponseWriter, r *http.Request) {
	if err := store(r, func(string) {}); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func store(r *http.Request, f func(string)) error {
	var wg sync.WaitGroup
	for name := range r.Form {
		if name == "" {
			return errors.New("no name") // want "this return leaves the goroutines of wg behind"
		}
		wg.Go(func() { f(name) })
	}
	wg.Wait()
	return nil
}

// Nobody says who calls this, or how often.
func fetchAll(urls []string) error {
	var wg sync.WaitGroup
	for _, url := range urls {
		if url == "" {
			return errors.New("no address") // want "this return leaves the goroutines of wg behind"
		}
		wg.Go(func() { println(url) })
	}
	wg.Wait()
	return nil
}
