package calls

import (
	"encoding/json"
	"net"
	"sync"
)

// A register exchanges its names with whoever comes, under the lock of the names.
type register struct {
	mu    sync.Mutex
	names map[string]bool
}

func (r *register) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[name] = true
}

func (r *register) exchange(conn net.Conn) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := json.NewEncoder(conn).Encode(r.names); err != nil { // want "r.mu is held across json.NewEncoder.conn..Encode"
		return err
	}
	return json.NewDecoder(conn).Decode(&r.names)
}

func (r *register) tell(conn net.Conn) error {
	r.mu.Lock()
	b, err := json.Marshal(r.names)
	r.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = conn.Write(b)
	return err
}

// A turnstile serves one visitor at a time: that is what the lock is for.
type turnstile struct {
	mu sync.Mutex
	n  int
}

func (t *turnstile) serve(conn net.Conn) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
	return json.NewEncoder(conn).Encode(t.n)
}
