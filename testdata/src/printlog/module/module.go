// Package module has no structured logger itself, but imports a package that has.
package module

import (
	"log"
	"printlog/module/inner"
)

func save(err error) {
	inner.Save()
	log.Println("save failed:", err) // want `log.Println in save goes to the global std logger, but package inner logs with zap; use a zap.Logger`
}
