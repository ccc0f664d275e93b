// Package pump is internal, too, but serves, fails, or leaves its leftovers.
package pump

import (
	"context"
	"fmt"
)

type pump struct{ in chan string }

func (p *pump) run(ctx context.Context) {
	for s := range p.in {
		fmt.Println("pumping", s) // want `fmt.Println in pump.run prints to stdout`
	}
}

func (p *pump) start() {
	go func() {
		fmt.Println("pump started") // want `fmt.Println in pump.start prints to stdout`
	}()
}

func (p *pump) fail(err error) {
	fmt.Println("pump failed:", err) // want `fmt.Println in pump.fail prints to stdout`
}

func (p *pump) look() {
	fmt.Println(p) // want `fmt.Println in pump.look prints to stdout`
}

func (p *pump) prime(name string) {
	fmt.Println("here", name) // want `fmt.Println in pump.prime prints to stdout`
}
