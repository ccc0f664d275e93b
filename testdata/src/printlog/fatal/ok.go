package fatal

import (
	"bufio"
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
