package stopped

// The stop case takes what is still to come.
type gate struct {
	enter, leave, quit chan struct{}
}

func newGate() *gate {
	g := &gate{make(chan struct{}), make(chan struct{}), make(chan struct{})}
	go g.run()
	return g
}

func (g *gate) run() {
	inside := 0
	for {
		select {
		case <-g.enter:
			inside++
		case <-g.leave:
			inside--
		case <-g.quit:
			for ; inside > 0; inside-- {
				<-g.leave
			}
			return
		}
	}
}

func (g *gate) pass(f func()) {
	select {
	case g.enter <- struct{}{}:
	case <-g.quit:
		return
	}
	f()
	g.leave <- struct{}{} // ok
}

// The send is what ends the loop.
type pump struct {
	end      chan chan error
	finished chan struct{}
}

func newPump() *pump {
	p := &pump{make(chan chan error), make(chan struct{})}
	go p.run()
	return p
}

func (p *pump) run() {
	var reply chan error
	idle := make(chan struct{}, 1)
	for reply == nil {
		select {
		case reply = <-p.end:
		case <-idle:
		}
	}
	reply <- nil
}

func (p *pump) Close() error {
	reply := make(chan error, 1)
	p.end <- reply // ok
	return <-reply
}

func UseGate(f func()) { g := newGate(); g.pass(f); close(g.quit) }

func UsePump() error { return newPump().Close() }
