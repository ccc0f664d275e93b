package vault

import "sync"

// WaitFor waits for one.
func WaitFor(wg *sync.WaitGroup) { wg.Wait() }
