// Package audit reports directives that do not do what their writer hoped.
//
// # Analyzer directives
//
// directives: report //asynclint: comments that are wrong, unexplained or needless
//
// Directives tell asynclint what it cannot see. A misspelt one silently does
// nothing, and one that has outlived its cause hides the next mistake on its
// line. This pass runs after all others and judges every directive of the
// package: what it says by itself, and whether anything was helped by it.
//
// A directive behind code covers its line. On a line of its own it covers the
// line below, and all of a declaration that starts there; an ignore above the
// package clause covers the file. Comments written as //nolint are honoured but
// not judged: golangci-lint's nolintlint does that. Generated files are not
// judged either.
//
// # Rule directive-malformed
//
// A comment that addresses asynclint but is not a directive: an unknown word, a
// blank behind the slashes, an ignore without names, a blocking or nonblocking
// that stands at no function or interface method.
//
// Why: asynclint does nothing about it, and its writer believes the contrary.
//
// Example:
//
//	//asynclint:nonblockin
//	func tick() {}
//
// Instead:
//
//	//asynclint:nonblocking
//	func tick() {}
//
// Not reported: prose that mentions asynclint without a directive's word.
//
// Known limits: block comments are never directives and never looked at.
//
// # Rule directive-unknown-name
//
// An ignore that names something which is neither a rule nor a pass.
//
// Why: rules are renamed and misspelt; the ignore then silences nothing.
//
// Example:
//
//	func hello() {
//		println("hello") //asynclint:ignore print-in-libary shown by the installer
//	}
//
// Instead:
//
//	func hello() {
//		println("hello") //asynclint:ignore print-in-library shown by the installer
//	}
//
// Not reported: names in //nolint, which may be other linters'.
//
// Known limits: of several unknown names in one list only the first is named.
//
// # Rule directive-without-reason
//
// An ignore, daemon or detached that does not say why.
//
// Why: these ask every later reader for trust. The reason is what lets a reader
// see that it no longer holds.
//
// Example:
//
//	func hello() {
//		println("hello") //asynclint:ignore print-in-library
//	}
//
// Instead:
//
//	func hello() {
//		println("hello") //asynclint:ignore print-in-library shown by the installer
//	}
//
// Not reported: nonblocking and blocking, which say what a function is, and
// //nolint.
//
// Known limits: any word counts as a reason.
//
// # Rule directive-needless
//
// An ignore that silences nothing, or a daemon or detached on which no report
// depends.
//
// Why: the cause is gone, or never was; the next mistake on this line would be
// hidden.
//
// Example:
//
//	//asynclint:ignore print-in-library shown by the installer
//	func hello() {}
//
// Instead:
//
//	func hello() {}
//
// Not reported: a directive about anything that is switched off, or about a
// strict rule at level default.
//
// Known limits: a list of names counts as used when one of them is.
package audit
