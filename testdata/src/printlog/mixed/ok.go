package mixed

import (
	"bytes"
	"log"
)

type server struct{ ErrorLog *log.Logger }

func (s *server) fail(err error) {
	s.ErrorLog.Printf("failed: %v", err)
	l := log.New(nil, "", 0)
	l.Println("failed:", err)
	if s.ErrorLog == nil {
		log.Println("failed:", err)
	}
}

// A logger that writes where somebody reads it.
var buffer bytes.Buffer

var records = log.New(&buffer, "", 0)

func note(key string) { records.Printf("note %s", key) }
