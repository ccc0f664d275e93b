package printlog

import (
	"strings"
	"unicode"
)

// words splits an identifier or a file name at capitals, digits, and anything
// that is no letter: "PrintUsage" is print and usage.
func words(name string) []string {
	var found []string
	start := -1
	runes := []rune(name)
	flush := func(end int) {
		if start >= 0 {
			found = append(found, strings.ToLower(string(runes[start:end])))
		}
		start = -1
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			flush(i)
		case startsWord(runes, i):
			flush(i)
			start = i
		case start < 0:
			start = i
		}
	}
	flush(len(runes))
	return found
}

// startsWord reports whether the letter at i is a capital behind a small letter
// or in front of one: both "P" and "U" do in "HTTPUsage".
func startsWord(runes []rune, i int) bool {
	if i == 0 || !unicode.IsUpper(runes[i]) {
		return false
	}
	if unicode.IsLower(runes[i-1]) {
		return true
	}
	return i+1 < len(runes) && unicode.IsLower(runes[i+1])
}

// set is a set of words.
type set map[string]bool

// setOf makes a set of the words in s.
func setOf(s string) set {
	m := set{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// hasAny reports whether one of the words of name is in the set.
func (s set) hasAny(name string) bool {
	for _, w := range words(name) {
		if s[w] {
			return true
		}
	}
	return false
}
