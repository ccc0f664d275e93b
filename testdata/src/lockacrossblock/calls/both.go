package calls

import (
	"os/exec"
	"sync"
	"time"
)

// depot runs a program, again and again until it works.
type depot struct {
	mu    sync.Mutex
	shelf int
}

func release(name string) {
	for exec.Command("release", name).Run() != nil {
		time.Sleep(50 * time.Millisecond)
	}
}

// One call, one report: without the lock it may sleep as well.
func (d *depot) clear(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	release(name) // want "d.mu is held across release, which calls exec.Cmd.Run .* .io-under-lock."
	d.shelf = 0
}

func (d *depot) size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.shelf
}
