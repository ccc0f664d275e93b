package lockacrossblock

import "github.com/asynclint/asynclint/internal/rule"

// The names of the rules, as findings and the manual spell them.
const (
	doubleLock        = "double-lock"
	unlockOfUnlocked  = "unlock-of-unlocked"
	deferLock         = "defer-lock"
	ignoredTryLock    = "ignored-trylock"
	lockDeadlock      = "lock-deadlock"
	lockOrder         = "lock-order"
	missingUnlock     = "missing-unlock"
	chanOpUnderLock   = "chan-op-under-lock"
	sleepUnderLock    = "sleep-under-lock"
	ioUnderLock       = "io-under-lock"
	waitUnderLock     = "wait-under-lock"
	rlockAcrossWait   = "rlock-across-wait"
	callbackUnderLock = "callback-under-lock"
	fileIOUnderLock   = "file-io-under-lock"
	lockAcrossCall    = "lock-across-call"
)

// Rules lists what the pass can report, the most certain first.
var Rules = rule.Table{
	{
		Name: doubleLock, Pass: pass, Level: rule.Default,
		Summary: "a lock is taken again while it is held",
	},
	{
		Name: unlockOfUnlocked, Pass: pass, Level: rule.Default,
		Summary: "a lock is unlocked that is not held, or held in the other mode",
	},
	{
		Name: deferLock, Pass: pass, Level: rule.Default,
		Summary: "Lock is deferred where Unlock is meant",
	},
	{
		Name: ignoredTryLock, Pass: pass, Level: rule.Default,
		Summary: "nobody looks whether TryLock took the lock",
	},
	{
		Name: lockDeadlock, Pass: pass, Level: rule.Default,
		Summary: "a lock is held across a wait for somebody who needs that lock",
	},
	{
		Name: lockOrder, Pass: pass, Level: rule.Default,
		Summary: "two locks are taken in one order here and in the other order there",
	},
	{
		Name: missingUnlock, Pass: pass, Level: rule.Default,
		Summary: "a return leaves a lock held that other returns release",
	},
	{
		Name: chanOpUnderLock, Pass: pass, Level: rule.Default,
		Summary: "a lock is held across a channel operation that may wait",
	},
	{
		Name: sleepUnderLock, Pass: pass, Level: rule.Default,
		Summary: "a lock is held across a sleep",
	},
	{
		Name: ioUnderLock, Pass: pass, Level: rule.Default,
		Summary: "a lock is held across the network, DNS, a database or another process",
	},
	{
		Name: waitUnderLock, Pass: pass, Level: rule.Default,
		Summary: "a lock is held while other goroutines are waited for",
	},
	{
		Name: rlockAcrossWait, Pass: pass, Level: rule.Strict,
		Summary: "a read lock is held across a wait, so that the next writer stops all readers",
	},
	{
		Name: callbackUnderLock, Pass: pass, Level: rule.Strict,
		Summary: "a function that the caller supplied is called with a lock held",
	},
	{
		Name: fileIOUnderLock, Pass: pass, Level: rule.Strict,
		Summary: "a lock is held across file input or output",
	},
	{
		Name: lockAcrossCall, Pass: pass, Level: rule.Strict,
		Summary: "a lock is held across a call that may wait in the end",
	},
}
