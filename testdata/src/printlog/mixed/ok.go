package mixed

import "log"

type server struct{ ErrorLog *log.Logger }

func (s *server) fail(err error) {
	s.ErrorLog.Printf("failed: %v", err)
	l := log.New(nil, "", 0)
	l.Println("failed:", err)
	if s.ErrorLog == nil {
		log.Println("failed:", err)
	}
}
