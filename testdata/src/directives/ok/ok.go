// Package ok talks to asynclint and is understood.
package ok

import "time"

//asynclint:nonblocking
func tick() {}

func hello() {
	println("hello") //asynclint:ignore print-in-library shown by the installer
}

func explained() {
	//asynclint:ignore print-in-library the installer shows it
	println("hello")
}

// Cache refreshes itself.
type Cache struct{ at time.Time }

// Start keeps the cache fresh; Stop is for tests.
func (c *Cache) Start() {
	//asynclint:daemon keeps the cache fresh as long as the process lives
	go func() {
		for {
			time.Sleep(time.Minute)
			c.at = time.Now()
		}
	}()
}

// Stop does nothing yet.
func (c *Cache) Stop() {}

func foreign() {
	println("hello") //nolint:forbidigo // another linter's business
}
