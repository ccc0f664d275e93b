package buffer

import "sync"

// Channels that are filled before anybody is given them.

type journal struct {
	mu      sync.Mutex
	entries []string
	names   []string
	recent  []string
	subs    map[chan string]bool
}

func (j *journal) write(s string) { j.entries = append(j.entries, s) }

func (j *journal) replay() <-chan string {
	out := make(chan string, 8)
	for _, e := range j.entries {
		out <- e // want "out is sent to, more than the 8 that it holds, before anybody can receive"
	}
	return out
}

func replayAll(entries []string) chan string {
	out := make(chan string, 8)
	for _, e := range entries {
		out <- e // want "out is sent to, more than the 8 that it holds"
	}
	close(out)
	return out
}

func consume(j *journal) (n int) {
	for e := range j.replay() {
		n += len(e)
	}
	return n
}

// Known to others before it is filled.
func (j *journal) subscribe() <-chan string {
	out := make(chan string, 8)
	j.subs[out] = true
	for _, e := range j.entries {
		out <- e
	}
	return out
}

func (j *journal) drain() {
	for c := range j.subs {
		<-c
	}
}

// The key decides how far the loop goes.
func firstFew(entries []string) chan string {
	out := make(chan string, 8)
	for i, e := range entries {
		if i == cap(out) {
			break
		}
		out <- e
	}
	return out
}

func firstEight(entries []string) chan string {
	out := make(chan string, 8)
	for i, e := range entries {
		if i < 8 {
			out <- e
		}
	}
	return out
}

// The program itself decides what is in it.
func newJournal() *journal { return &journal{subs: map[chan string]bool{}} }

func (j *journal) reset() { j.names = []string{"a", "b"} }

func (j *journal) known() chan string {
	out := make(chan string, 8)
	for _, n := range j.names {
		out <- n
	}
	return out
}

// Somebody keeps it short.
func (j *journal) note(s string) {
	if j.recent = append(j.recent, s); len(j.recent) > 8 {
		j.recent = j.recent[1:]
	}
}

func (j *journal) latest() chan string {
	out := make(chan string, 8)
	for _, e := range j.recent {
		out <- e
	}
	return out
}

// A goroutine fills it while the caller receives.
func (j *journal) stream() <-chan string {
	out := make(chan string, 8)
	go func() {
		defer close(out)
		for _, e := range j.entries {
			out <- e
		}
	}()
	return out
}
