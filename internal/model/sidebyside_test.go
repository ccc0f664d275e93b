package model_test

import (
	"sync"
	"testing"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/model"
)

// Drivers run passes side by side on one model; the race detector watches this
// test, and without it concurrent writes of a map end the process.
func TestModelIsSharedSafely(t *testing.T) {
	p := checktest.Analyze(t, model.Analyzer, "textbook")[0].Result.(*model.Package)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { askEverything(p) })
	}
	wg.Wait()
}

// askEverything asks what is answered on demand.
func askEverything(p *model.Package) {
	for _, f := range p.Funcs {
		for _, a := range f.SSA.Blocks {
			for _, b := range f.SSA.Blocks {
				f.Reaches(a, b)
			}
		}
		for _, o := range f.Ops {
			if o.Value != nil {
				p.ChanOf(o.Value)
				p.ClassOf(o.Value)
				p.PlaceOf(o.Value)
				p.GroupOf(o)
			}
		}
	}
}
