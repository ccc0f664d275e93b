package across

import (
	"lockacrossblock/across/ledger"
	"lockacrossblock/across/store"
)

func addsUnder() {
	ledger.Mu.Lock()
	defer ledger.Mu.Unlock()
	ledger.Add(1) // want "ledger.Add locks ledger.Mu, which is held already"
}

func addsDeep() {
	ledger.Mu.RLock()
	ledger.AddTwice(1) // want "ledger.AddTwice locks ledger.Mu, which is held already"
	ledger.Mu.RUnlock()
}

func addsAfter() {
	ledger.Mu.Lock()
	ledger.AddIfBig(3)
	ledger.Step()
	ledger.Mu.Unlock()
	ledger.AddTwice(1)
}

func frozen() int {
	ledger.Freeze()
	defer ledger.Thaw()
	return ledger.Frozen() // want "ledger.Frozen locks ledger.hidden, which is held already"
}

func thawed() int {
	ledger.Freeze()
	ledger.Thaw()
	return ledger.Frozen()
}

func front() int {
	ledger.Front.Gate.Lock()
	defer ledger.Front.Gate.Unlock()
	return ledger.Enter() // want "ledger.Enter locks ledger.Front.Gate, which is held already"
}

func sums(b, other *ledger.Book) int {
	b.Open()
	defer b.Shut()
	return other.Sum() + b.Peek() + b.Sum() // want "ledger.Book.Sum locks b.mu, which is held already"
}

func asked(b *ledger.Book, n int) int {
	b.Open()
	defer b.Shut()
	if b.Maybe(n) {
		return b.Get(false) + b.GetFree(true)
	}
	return b.Get(true) // want "ledger.Book.Get locks b.mu, which is held already"
}

func askedOtherwise(b *ledger.Book, is bool) int {
	b.Open()
	n := b.Get(is)
	n += b.GetFree(false) // want "ledger.Book.GetFree locks b.mu, which is held already"
	b.Shut()
	return n + b.Get(true)
}

func turns(b *ledger.Book) (n int) {
	for p := range b.Pages {
		n += p * b.Sum() // want "ledger.Book.Sum locks b.mu, which is held already"
	}
	for p := range b.Copies {
		n += p * b.Sum()
	}
	return n
}

func turnsUnder(b *ledger.Book) (n int) {
	b.Open()
	defer b.Shut()
	for p := range b.Pages { // want "ledger.Book.Pages locks b.mu, which is held already"
		n += p
	}
	return n
}

func holdsLate(b *ledger.Book) int {
	defer b.Hold() // want "deferred ledger.Book.Hold locks b.mu at the end and drops the unlock it returns"
	return b.Peek()
}

func holds(b *ledger.Book) int {
	defer b.Hold()()
	return b.Peek()
}

func rows(t *store.Table) int {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	return ledger.Rows(t) // want "ledger.Rows locks t.Mu, which is held already"
}
