package stuck

import "sync"

type checks struct {
	wg    *sync.WaitGroup
	lost  int
	mu    sync.Mutex
	onEnd func(any)
}

// guard recovers from what it runs.
func (c *checks) guard(f func()) {
	defer func() {
		if p := recover(); p != nil {
			c.onEnd(p)
		}
	}()
	f()
}

func (c *checks) start(fails bool) {
	c.wg.Add(1)
	go c.guard(func() {
		if fails {
			panic("fails")
		}
		c.wg.Done()
	})
}

func (c *checks) startOK(fails bool) {
	c.wg.Add(1)
	go c.guard(func() {
		defer c.wg.Done()
		if fails {
			panic("fails")
		}
	})
}

func (c *checks) count(any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost++
}

// runChecks is given nothing: whoever owes Done is in view.
func runChecks() int {
	c := &checks{wg: &sync.WaitGroup{}}
	c.onEnd = c.count
	c.start(false)
	c.start(true)
	c.wg.Wait() // want "c.wg.Wait never returns: its counter stays above zero on some path"
	return c.lost
}

func runChecksOK() int {
	c := &checks{wg: &sync.WaitGroup{}}
	c.onEnd = c.count
	c.startOK(false)
	c.startOK(true)
	c.wg.Wait()
	return c.lost
}

// UseChecks runs both.
func UseChecks() int { return runChecks() + runChecksOK() }
