package selectcancel

import "github.com/asynclint/asynclint/internal/rule"

// Rules are the rules of this pass, the most certain first.
var Rules = rule.Table{
	{Name: "select-operand-blocks", Pass: "selectcancel", Level: rule.Default, Summary: "an operand of a select case waits before the select can look at its other cases"},
	{Name: "nil-done", Pass: "selectcancel", Level: rule.Default, Summary: "a wait on a channel that can never be ready: Done of Background, or nil"},
	{Name: "cond-wait-not-in-loop", Pass: "selectcancel", Level: rule.Default, Summary: "sync.Cond.Wait outside a loop that checks the condition again"},
	{Name: "timer-never-fires", Pass: "selectcancel", Level: rule.Default, Summary: "a time.After in a looped select is renewed by a faster ticker before it can fire"},
	{Name: "done-case-stays", Pass: "selectcancel", Level: rule.Default, Summary: "a Done case from which the loop cannot leave"},
	{Name: "closed-channel-spins", Pass: "selectcancel", Level: rule.Default, Summary: "a looped receive without ok from a channel that is closed, and no way out"},
	{Name: "timeout-unused", Pass: "selectcancel", Level: rule.Default, Summary: "a derived context that nothing listens to, so that its timeout or cancel does nothing"},
	{Name: "cancelled-ctx-reused", Pass: "selectcancel", Level: rule.Default, Summary: "a context that has just ended drives the clean-up"},
	{Name: "sleep-ignores-ctx", Pass: "selectcancel", Level: rule.Default, Summary: "a long sleep where cancellation could be heard"},
	{Name: "ctx-sibling-ignored", Pass: "selectcancel", Level: rule.Default, Summary: "a call of F where FContext exists and a context is in scope"},
	{Name: "ctx-unused", Pass: "selectcancel", Level: rule.Default, Summary: "a named context that a waiting function never uses"},
	{Name: "select-ignores-ctx", Pass: "selectcancel", Level: rule.Default, Summary: "a select that the context in scope cannot end"},
	{Name: "wait-ignores-ctx", Pass: "selectcancel", Level: rule.Default, Summary: "a bare wait that the context in scope cannot end"},
	{Name: "value-lost-on-cancel", Pass: "selectcancel", Level: rule.Strict, Summary: "a received value that is dropped when the send behind it is cancelled"},
	{Name: "timer-select", Pass: "selectcancel", Level: rule.Strict, Summary: "a select that only time can end, with a context in scope"},
	{Name: "select-without-done", Pass: "selectcancel", Level: rule.Strict, Summary: "a select without any way to be cancelled"},
}
