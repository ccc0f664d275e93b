package printlog

import "github.com/asynclint/asynclint/internal/rule"

// The names of the rules, as findings and the manual spell them.
const (
	fieldsToUnstructured = "fields-to-unstructured"
	fatalSkipsShutdown   = "fatal-skips-shutdown"
	printInService       = "print-in-service"
	printInLibrary       = "print-in-library"
	logInLibrary         = "log-in-library"
	printEverywhere      = "print-everywhere"
)

// Rules lists what the pass can report, the most certain first.
var Rules = rule.Table{
	{
		Name: fieldsToUnstructured, Pass: "printlog", Level: rule.Default,
		Summary: "fields of a structured logger given to a function that only formats text",
	},
	{
		Name: fatalSkipsShutdown, Pass: "printlog", Level: rule.Default,
		Summary: "the process is ended by a goroutine, by a library, or before a deferred clean-up that matters",
	},
	{
		Name: printInService, Pass: "printlog", Level: rule.Default,
		Summary: "a program that has a structured logger prints from a goroutine, a handler or a function with a context",
	},
	{
		Name: printInLibrary, Pass: "printlog", Level: rule.Default,
		Summary: "a library writes to standard output or standard error",
	},
	{
		Name: logInLibrary, Pass: "printlog", Level: rule.Default,
		Summary: "a library prints through the standard log package although structured logging is at hand",
	},
	{
		Name: printEverywhere, Pass: "printlog", Level: rule.Strict,
		Summary: "anything outside tests that writes to standard output or standard error",
	},
}
