package fatal

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"os/signal"

	"go.uber.org/zap"
)

func init() {
	if os.Getenv("HOME") == "" {
		log.Fatal("no home")
	}
}

func MustLoad(path string) []byte {
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	return b
}

func kind(n int) string {
	switch n {
	case 1:
		return "one"
	}
	log.Fatalf("internal error: unexpected kind %d", n)
	return ""
}

func second() {
	c := make(chan os.Signal, 2)
	signal.Notify(c, os.Interrupt)
	<-c
	os.Exit(1)
}

func corrupt(lg *zap.Logger, err error) {
	if err != nil {
		lg.Fatal("the store is corrupt", zap.Error(err))
	}
}

func flushed(w *bufio.Writer) error {
	if err := w.Flush(); err != nil {
		return err
	}
	defer w.Flush()
	return nil
}

func NewTestStore(path string) *os.File {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	return f
}

type debugOrder struct{ Exit *int }

// A peer orders the end, and the log says so.
func obey(o debugOrder, logf func(string, ...any)) {
	if o.Exit != nil {
		logf("exiting with status %d on request", *o.Exit)
		os.Exit(*o.Exit)
	}
}

func MustBoth(a, b string) []byte { return append(readOrDie(a), load(b)...) }

func readOrDie(path string) []byte { return load(path) }

// load is a part of functions that are named for what it does.
func load(path string) []byte {
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	return b
}

// The encoding of a map of strings cannot fail.
func encode(m map[string]string) []byte {
	b, err := json.Marshal(m)
	if err != nil {
		log.Fatalf("marshal: %v", err)
	}
	return b
}

// CheckOrExit says to everybody what it does.
func CheckOrExit(err error) {
	if err != nil {
		os.Exit(3)
	}
}

func exitOn(err error) {
	if err != nil {
		os.Exit(3)
	}
}
