// Package entry logs with logrus.
package entry

import (
	"log"

	"github.com/sirupsen/logrus"
)

func save(path string, err error) {
	log.Println("save", path, "failed:", err) // want `use logrus.Error`
	log.Println("saved", path)                // want `use logrus.Info`
}

func with(e *logrus.Entry, err error) {
	log.Println("failed:", err) // want `use e.Error`
}
