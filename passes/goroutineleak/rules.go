package goroutineleak

import "github.com/asynclint/asynclint/internal/rule"

// Rules are the rules of this pass, the most certain first.
var Rules = rule.Table{
	{Name: "abandoned-sender", Pass: "goroutineleak", Level: rule.Default, Summary: "a goroutine's send can be left without receiver"},
	{Name: "abandoned-receiver", Pass: "goroutineleak", Level: rule.Default, Summary: "a goroutine waits on a channel that nobody sends on or closes any more"},
	{Name: "group-never-done", Pass: "goroutineleak", Level: rule.Default, Summary: "a group's counter cannot reach zero on some path, so Wait never returns"},
	{Name: "request-ctx-escapes", Pass: "goroutineleak", Level: rule.Default, Summary: "a goroutine that outlives its request works with the request's context"},
	{Name: "endless-goroutine", Pass: "goroutineleak", Level: rule.Default, Summary: "a goroutine that nothing can end"},
	{Name: "send-to-stopped-loop", Pass: "goroutineleak", Level: rule.Default, Summary: "a bare send to a loop that may have stopped receiving"},
	{Name: "errgroup-ctx", Pass: "goroutineleak", Level: rule.Default, Summary: "an errgroup whose context its tasks do not use, or that is used after Wait"},
	{Name: "test-outlives", Pass: "goroutineleak", Level: rule.Default, Summary: "a goroutine that may use t after the test has returned"},
	{Name: "group-not-waited", Pass: "goroutineleak", Level: rule.Default, Summary: "a local group that is not waited for on some path"},
	{Name: "result-dropped", Pass: "goroutineleak", Level: rule.Default, Summary: "what ends or empties something that was started is thrown away"},
	{Name: "server-not-drained", Pass: "goroutineleak", Level: rule.Default, Summary: "a server whose shutdown nobody waits for, or that has no deadline"},
	{Name: "generator-without-stop", Pass: "goroutineleak", Level: rule.Default, Summary: "a function that returns a channel it feeds, and whose reader cannot stop it"},
	{Name: "fire-and-forget", Pass: "goroutineleak", Level: rule.Default, Summary: "long work started where a caller's scope exists, and nobody knows how it ends"},
}
