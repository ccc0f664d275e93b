package unboundedchan

import "github.com/asynclint/asynclint/internal/rule"

// Rules are the rules of this pass, the most certain first.
var Rules = rule.Table{
	{Name: "buffer-overfill", Pass: "unboundedchan", Level: rule.Default, Summary: "more sends on a fresh channel than its buffer holds, before anybody can receive"},
	{Name: "limit-after-spawn", Pass: "unboundedchan", Level: rule.Default, Summary: "a limit that is taken or set after the goroutines it should limit have started"},
	{Name: "huge-buffer", Pass: "unboundedchan", Level: rule.Default, Summary: "a channel whose constant capacity is no bound in practice"},
	{Name: "timer-per-event", Pass: "unboundedchan", Level: rule.Default, Summary: "a timer per turn of a loop that nobody can stop"},
	{Name: "unbounded-spawn", Pass: "unboundedchan", Level: rule.Default, Summary: "a goroutine per element of unbounded input, each waiting for something outside"},
	{Name: "unbuffered-queue", Pass: "unboundedchan", Level: rule.Default, Summary: "a work queue without buffer, so that every caller waits for the worker's I/O"},
	{Name: "unbounded-queue", Pass: "unboundedchan", Level: rule.Default, Summary: "a slice, list or map used as a queue between goroutines, and nothing limits its length"},
	{Name: "spawn-in-loop", Pass: "unboundedchan", Level: rule.Strict, Summary: "a goroutine per turn of a loop without a limit"},
	{Name: "unbuffered-data-channel", Pass: "unboundedchan", Level: rule.Strict, Summary: "a data channel without buffer on which senders wait"},
}
