package vault

import "sync"

// Crew runs what it is handed on several goroutines.
type Crew struct {
	wg   sync.WaitGroup
	jobs chan func()
}

// Hire starts n workers.
func Hire(n int) *Crew {
	c := &Crew{jobs: make(chan func(), n)}
	for range n {
		c.wg.Go(func() {
			for job := range c.jobs {
				job()
			}
		})
	}
	return c
}

// Assign queues a job.
func (c *Crew) Assign(job func()) { c.jobs <- job }

// Dismiss waits until all jobs have run.
func (c *Crew) Dismiss() {
	close(c.jobs)
	c.wg.Wait()
}
