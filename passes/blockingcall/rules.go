package blockingcall

import "github.com/asynclint/asynclint/internal/rule"

// Rules are the rules of this pass, the most certain first.
var Rules = rule.Table{
	{Name: "nonblocking-violated", Pass: "blockingcall", Level: rule.Default, Summary: "a function stated to be nonblocking may wait"},
	{Name: "loop-sends-to-itself", Pass: "blockingcall", Level: rule.Default, Summary: "a loop sends on an unbuffered channel that only the loop itself receives from"},
	{Name: "reply-blocks-actor", Pass: "blockingcall", Level: rule.Default, Summary: "an unbuffered reply channel whose requester may leave before the answer"},
	{Name: "starves-heartbeat", Pass: "blockingcall", Level: rule.Default, Summary: "a wait in an event loop that outlasts the loop's ticker"},
	{Name: "blocks-event-loop", Pass: "blockingcall", Level: rule.Default, Summary: "a long wait in an event loop that keeps it from its other cases"},
	{Name: "serial-accept", Pass: "blockingcall", Level: rule.Default, Summary: "an accept loop that serves each connection before it accepts the next"},
	{Name: "callback-blocks", Pass: "blockingcall", Level: rule.Default, Summary: "a long wait in a callback that its library calls on its only loop"},
	{Name: "busy-wait", Pass: "blockingcall", Level: rule.Default, Summary: "a loop that polls what it could wait for"},
	{Name: "slow-event-loop", Pass: "blockingcall", Level: rule.Strict, Summary: "disk, computation, a lock or a send without room in an event loop"},
}
