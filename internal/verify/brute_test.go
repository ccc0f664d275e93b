package verify

// This file is the brute-force interpreter of the tiny language.

// flatten unrolls loops and decides conditions: what remains is a list of
// operations.
func flatten(b []*stmt, conds [2]bool) (ops []*stmt, returned bool) {
	for _, s := range b {
		times := 0
		switch s.verb {
		case vReturn:
			return ops, true
		case vIf:
			if conds[s.on] {
				times = 1
			}
		case vLoop:
			times = 2
		case vTry: // a failing TryLock skips what is behind it
			inner, _ := flatten(s.body, conds)
			s.skip = len(inner) + 1
			ops = append(append(append(ops, s), inner...), &stmt{verb: vUnlock})
		default:
			ops = append(ops, s)
		}
		for range times {
			inner, done := flatten(s.body, conds)
			ops = append(ops, inner...)
			if done {
				return ops, true
			}
		}
	}
	return ops, false
}

// world is a state of the brute-force interpreter.
type world struct {
	pc     [3]int
	here   [3]bool // has it arrived at its operation?
	fill   [3]int
	closed bool // of the last channel
	locked bool
	reads  int // of the lock that has readers
	writes bool
	count  int
	phase  [3]int // of Cond.Wait: 1 waits to be woken, 2 for the lock; of a writer: 3 waits for readers
	queue  string // who waits to be woken, a digit each
	dead   bool   // the process has crashed
}

// brute interprets programs.
type brute struct {
	procs [][]*stmt
	caps  [3]int
	seen  map[world]bool
	hang  map[int]bool // lines
}

// hangs returns the lines at which goroutines of the program hang in the end,
// in some run.
func hangs(p *program) map[int]bool {
	out := make(map[int]bool)
	for n := range 4 {
		b := &brute{caps: p.caps, seen: make(map[world]bool), hang: out}
		for _, proc := range p.procs {
			ops, _ := flatten(proc, [2]bool{n&1 != 0, n&2 != 0})
			b.procs = append(b.procs, ops)
		}
		b.visit(world{count: p.add})
	}
	return out
}

func (b *brute) op(w world, g int) *stmt {
	if g >= len(b.procs) || w.pc[g] >= len(b.procs[g]) {
		return nil
	}
	return b.procs[g][w.pc[g]]
}

func (b *brute) visit(w world) {
	if b.seen[w] {
		return
	}
	b.seen[w] = true
	if w.dead {
		return
	}
	moved := false
	try := func(x world) { moved = true; b.visit(x) }
	for g := range b.procs {
		s := b.op(w, g)
		switch {
		case s == nil:
		case !w.here[g]:
			x := w
			x.here[g] = true
			try(x)
		default:
			b.step(w, g, s, try)
		}
	}
	if moved {
		return
	}
	for g := range b.procs {
		if s := b.op(w, g); s != nil {
			b.hang[s.line] = true
		}
	}
}

func past(w world, g int) world {
	w.pc[g]++
	w.here[g] = false
	return w
}

// step tries every move of goroutine g at statement s.
func (b *brute) step(w world, g int, s *stmt, try func(world)) {
	x := past(w, g)
	switch s.verb {
	case vSend, vRecv:
		b.channel(w, g, s.on, s.verb == vSend, try)
	case vClose:
		x.closed = true
		try(x)
	case vSelect:
		ready := false
		mark := func(x world) { ready = true; try(x) }
		b.channel(w, g, s.on, s.send, mark)
		b.channel(w, g, s.other, s.other2, mark)
		if !ready && s.defolt {
			try(x)
		}
	case vLock:
		if !w.locked {
			x.locked = true
			try(x)
		}
	case vUnlock:
		x.locked = false
		try(x)
	case vRLock, vRUnlock, vWLock, vWUnlock:
		b.readWrite(w, g, s.verb, try)
	case vTry:
		if w.locked {
			x.pc[g] += s.skip
		}
		x.locked = true
		try(x)
	case vCondWait:
		b.condWait(w, g, try)
	case vSignal, vBroadcast:
		for len(x.queue) > 0 {
			x.phase[x.queue[0]-'0'] = 2
			x.queue = x.queue[1:]
			if s.verb == vSignal {
				break
			}
		}
		try(x)
	case vDone:
		x.count--
		try(x)
	case vWait:
		if w.count == 0 {
			try(x)
		}
	}
}

// readWrite tries the move of a goroutine at the lock that has readers.
func (b *brute) readWrite(w world, g int, v verb, try func(world)) {
	x := past(w, g)
	free := !w.writes
	for _, p := range w.phase {
		free = free && p != 3
	}
	switch {
	case v == vRUnlock:
		x.reads--
		try(x)
	case v == vWUnlock:
		x.writes = false
		try(x)
	case v == vRLock && free:
		x.reads++
		try(x)
	case v == vWLock && w.reads == 0 && (free || w.phase[g] == 3):
		x.writes, x.phase[g] = true, 0
		try(x)
	case v == vWLock && free:
		w.phase[g] = 3
		try(w)
	}
}

// condWait tries the move of a goroutine at Cond.Wait.
func (b *brute) condWait(w world, g int, try func(world)) {
	switch {
	case w.phase[g] == 0:
		w.dead = !w.locked
		w.locked, w.phase[g] = false, 1
		w.queue += string(rune('0' + g))
		try(w)
	case w.phase[g] == 2 && !w.locked:
		x := past(w, g)
		x.locked, x.phase[g] = true, 0
		try(x)
	}
}

// channel tries the moves of one channel operation; a meeting is found from
// both sides, which does no harm.
func (b *brute) channel(w world, g, c int, send bool, try func(world)) {
	x := past(w, g)
	switch {
	case send && w.fill[c] < b.caps[c]:
		x.fill[c]++
		try(x)
	case !send && w.fill[c] > 0:
		x.fill[c]--
		try(x)
	case !send && c == 2 && w.closed:
		try(x)
	}
	for h := range b.procs {
		s := b.op(w, h)
		if h == g || s == nil || !w.here[h] || w.fill[c] > 0 || b.caps[c] > 0 {
			continue
		}
		if s.verb == vSend && s.on == c && !send || s.verb == vRecv && s.on == c && send ||
			s.verb == vSelect && (s.on == c && s.send != send || s.other == c && s.other2 != send) {
			try(past(x, h))
		}
	}
}
