package audit

import "github.com/asynclint/asynclint/internal/rule"

// passName is the name of the analyzer and of the page of its manual.
const passName = "directives"

// The names of the rules.
const (
	malformed     = "directive-malformed"
	unknownName   = "directive-unknown-name"
	withoutReason = "directive-without-reason"
	needless      = "directive-needless"
)

// Rules are the rules about directives, the most certain first.
var Rules = rule.Table{
	{Name: malformed, Pass: passName, Summary: "a comment addresses asynclint, but is not a directive it understands"},
	{Name: unknownName, Pass: passName, Summary: "an ignore names something that is neither a rule nor a pass"},
	{Name: withoutReason, Pass: passName, Summary: "a directive that asks for trust does not say why"},
	{Name: needless, Pass: passName, Summary: "a directive has no effect on any report"},
}
