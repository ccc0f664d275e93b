package beats

import (
	"net"
	"net/http"
	"time"
)

func dialTimeout(in <-chan string, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			net.DialTimeout("tcp", a, 10*time.Second) // want "net.DialTimeout may wait 10s while t.C .line \\d+. ticks every 1s; move it to a goroutine"
		case <-quit:
			return
		}
	}
}

func dialer(in <-chan string, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			(&net.Dialer{Timeout: 5 * time.Second}).Dial("tcp", a) // want "Dial may wait 5s while t.C"
		case <-quit:
			return
		}
	}
}

func dialerVar(in <-chan string, quit <-chan struct{}) {
	d := net.Dialer{Timeout: 5 * time.Second}
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			d.Dial("tcp", a) // want "d.Dial may wait 5s while t.C"
		case <-quit:
			return
		}
	}
}

func client(in <-chan string, quit <-chan struct{}) {
	c := http.Client{Timeout: 30 * time.Second}
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			c.Get(a) // want "c.Get may wait 30s while t.C"
		case <-quit:
			return
		}
	}
}

func clientAssigned(in <-chan string, quit <-chan struct{}) {
	c := new(http.Client)
	c.Timeout = 30 * time.Second
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			c.Get(a) // want "c.Get may wait 30s while t.C"
		case <-quit:
			return
		}
	}
}

type prober struct{ client *http.Client }

func newProber() *prober { return &prober{client: &http.Client{Timeout: 30 * time.Second}} }

func (p *prober) probe(u string) {
	if resp, err := p.client.Get(u); err == nil {
		resp.Body.Close()
	}
}

func (p *prober) byField(in <-chan string, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			p.client.Get(a) // want "p.client.Get may wait 30s while t.C"
		case <-quit:
			return
		}
	}
}

func (p *prober) byMethod(in <-chan string, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			p.probe(a) // want "may wait 30s while t.C"
		case <-quit:
			return
		}
	}
}

// What is fine.

func shortDial(in <-chan string, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			net.DialTimeout("tcp", a, 100*time.Millisecond)
		case <-quit:
			return
		}
	}
}

func shortDialer(in <-chan string, quit <-chan struct{}) {
	d := net.Dialer{Timeout: 5 * time.Second}
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			d.Dial("tcp", a)
		case <-quit:
			return
		}
	}
}

func shortClient(in <-chan string, quit <-chan struct{}) {
	c := http.Client{Timeout: 30 * time.Second}
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			c.Get(a)
		case <-quit:
			return
		}
	}
}

func spawnedDial(in <-chan string, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			go net.DialTimeout("tcp", a, 10*time.Second)
		case <-quit:
			return
		}
	}
}

// The client's timeout depends on who makes it.
type either struct{ client *http.Client }

func newEither() *either { return &either{client: &http.Client{Timeout: 30 * time.Second}} }

func newQuick() *either { return &either{client: &http.Client{Timeout: 30 * time.Millisecond}} }

func (e *either) unsure(in <-chan string, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case a := <-in:
			e.client.Get(a)
		case <-quit:
			return
		}
	}
}
