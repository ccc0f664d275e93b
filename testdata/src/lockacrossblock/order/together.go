package order

import (
	"sync"
	"time"
)

// The garden's chores run one after the other, in whatever goroutine: they are
// handed over in one list.
type garden struct {
	bedMu, toolMu sync.Mutex
	beds, tools   int
}

func (g *garden) water() {
	g.bedMu.Lock()
	defer g.bedMu.Unlock()
	g.toolMu.Lock()
	g.tools--
	g.toolMu.Unlock()
	g.beds++
}

func (g *garden) tidy() {
	g.toolMu.Lock()
	defer g.toolMu.Unlock()
	g.bedMu.Lock()
	g.beds--
	g.bedMu.Unlock()
	g.tools++
}

func daily(chores ...func()) {
	go func() {
		for range time.Tick(24 * time.Hour) {
			for _, chore := range chores {
				chore()
			}
		}
	}()
}

func (g *garden) open() { daily(g.water, g.tidy) }

// The workshop gives each chore a timer of its own.
type workshop struct {
	benchMu, toolMu sync.Mutex
	benches, tools  int
}

func (w *workshop) sweep() {
	w.benchMu.Lock()
	defer w.benchMu.Unlock()
	w.toolMu.Lock() // want "w.toolMu is locked under w.benchMu, but workshop.sharpen takes them the other way round"
	w.tools--
	w.toolMu.Unlock()
	w.benches++
}

func (w *workshop) sharpen() {
	w.toolMu.Lock()
	defer w.toolMu.Unlock()
	w.benchMu.Lock()
	w.benches--
	w.benchMu.Unlock()
	w.tools++
}

func (w *workshop) open() {
	daily(w.sweep)
	daily(w.sharpen)
}
