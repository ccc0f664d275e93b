// Package conventions holds the house rules as tests.
//
// Each test reads the whole repository and lists every offender. There are no
// exemptions: a rule that code cannot keep is changed here, with its reason.
// The checks are plain functions, and each is shown something that it must
// refuse, so that none can pass by looking at nothing.
package conventions
