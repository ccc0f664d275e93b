package stuck

import "golang.org/x/sync/errgroup"

func twoLevels(first, second func() error) error {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(func() error {
		if err := first(); err != nil {
			return err
		}
		g.Go(second) // want "g.Go waits for ever: its limit is taken by tasks that call it; raise the limit"
		return nil
	})
	return g.Wait()
}

func oneAfterTheOther(first, second func() error) error {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(first)
	g.Go(second)
	return g.Wait()
}
