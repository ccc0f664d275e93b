package forgotten

import (
	"net/http"
	"sync"
)

// A vault uploads what it keeps.
type vault struct {
	mu     sync.Mutex
	closed bool
	url    string
}

func (v *vault) Close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.closed = true
}

func upload(url string) error {
	resp, err := http.Post(url, "text/plain", nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// drop leaves it to the caller whether to wait.
func (v *vault) drop(wait bool) error {
	if wait {
		if err := upload(v.url); err != nil {
			return err
		}
	} else {
		go upload(v.url)
	}
	return nil
}

// dropOrNot leaves the caller no choice but whether it happens.
func (v *vault) dropOrNot(all bool) error {
	if all {
		v.url = ""
	} else {
		go upload(v.url) // want "the error of upload is lost"
	}
	return nil
}

func (v *vault) push() error {
	if v.closed {
		return nil
	}
	return upload(v.url)
}

func (v *vault) pushAnyway() error { return upload(v.url) }

// pushSoon works under the lock that Close waits for, and asks first.
func (v *vault) pushSoon() {
	go func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		_ = v.push()
	}()
}

// pushBlind asks nobody.
func (v *vault) pushBlind() {
	go func() { // want "the error of v.pushAnyway is lost"
		_ = v.pushAnyway()
	}()
}
