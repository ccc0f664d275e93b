// Package queue hands jobs to a worker.
package queue

import (
	"fmt"
	"sync"
)

// Queue is a line of jobs.
type Queue struct {
	mu   sync.Mutex
	jobs chan string
	done map[string]bool
}

// New returns a queue and starts its worker.
func New() *Queue {
	q := &Queue{jobs: make(chan string), done: make(map[string]bool)}
	go q.work()
	return q
}

// Add adds a job. It waits for the worker while it holds the lock that the
// worker needs.
func (q *Queue) Add(job string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.done[job] {
		q.jobs <- job
	}
}

// work does the jobs.
func (q *Queue) work() {
	for job := range q.jobs {
		q.mu.Lock()
		q.done[job] = true
		q.mu.Unlock()
		fmt.Println("done", job)
	}
}
