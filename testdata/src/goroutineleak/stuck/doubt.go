package stuck

import "sync"

// Room that is computed is computed for a reason: the groups part the items.
func parted(items []string, f func([]string) []string) (all []string) {
	groups := make(map[int][]string)
	for _, it := range items {
		groups[len(it)] = append(groups[len(it)], it)
	}
	var wg sync.WaitGroup
	out := make(chan []string, len(items))
	for _, g := range groups {
		wg.Go(func() { out <- f(g) })
	}
	wg.Wait() // ok
	close(out)
	for part := range out {
		all = append(all, part...)
	}
	return all
}

func unroomy(items []string, f func(string) string) (all []string) {
	var wg sync.WaitGroup
	out := make(chan string)
	for _, it := range items {
		wg.Go(func() { out <- f(it) })
	}
	wg.Wait() // want "wg.Wait waits for goroutines that are stuck sending"
	close(out)
	for part := range out {
		all = append(all, part)
	}
	return all
}

// A callback owes its Done to whoever calls it.
func asked(post func(string, func(string)) error, names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		done := func(answer string) {
			println(answer)
			wg.Done()
		}
		if err := hand(post, name, done); err != nil {
			println(err.Error())
		}
	}
	wg.Wait() // ok
}

func hand(post func(string, func(string)) error, name string, done func(string)) error {
	if name == "" {
		return nil
	}
	return post(name, done)
}
