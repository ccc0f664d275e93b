package printlog

// What a print says, taken apart: a constant message, and values under keys.
// Words between values join the message ("job", id, "failed:" gives "job
// failed"); a format whose words would not survive without their values ("%d of
// %d") is left whole.

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// attr is a value under a key.
type attr struct {
	key   string
	value ast.Expr
	isErr bool
}

// record is what a structured logger is told.
type record struct {
	message string
	attrs   []attr
	failed  bool // an error is among the attrs
	silent  bool // there were no words: the message is made up
}

// recordOf takes o apart. where names what the code around o does, for prints
// without words.
func (p *unit) recordOf(o output, where string) (record, bool) {
	pieces, ok := p.pieces(o)
	if !ok || len(pieces) == 0 {
		return record{}, false
	}
	var r record
	var said []string
	for i, x := range pieces {
		if x.value == nil {
			if t := cleanText(x.text, i+1 < len(pieces)); t != "" {
				said = append(said, t)
			}
			continue
		}
		before := ""
		if i > 0 {
			before = pieces[i-1].text
		}
		if o.shape == formatted && p.isBytes(x.value) {
			return record{}, false // only the format makes text of it
		}
		a := attr{value: x.value, isErr: p.isError(x.value)}
		a.key = r.unique(p.keyFor(a, before))
		r.failed = r.failed || a.isErr
		r.attrs = append(r.attrs, a)
	}
	if o.shape != formatted && enclosesValues(pieces) {
		return record{}, false
	}
	r.message = strings.Join(said, " ")
	if r.silent = r.message == ""; r.silent {
		r.message = r.wordless(where)
	}
	return r, r.message != ""
}

// enclosesValues reports whether a text opens a quote or bracket in front of a
// value, which the message would lack.
func enclosesValues(pieces []piece) bool {
	for i, x := range pieces {
		if x.value != nil && i > 0 && strings.ContainsAny(lastByte(pieces[i-1].text), "\"'`([{<@#$/") {
			return true
		}
	}
	return false
}

// lastByte returns the end of s.
func lastByte(s string) string {
	if s == "" {
		return ""
	}
	return s[len(s)-1:]
}

// wordless makes a message for a print of values only.
func (r *record) wordless(where string) string {
	if len(r.attrs) == 0 {
		return ""
	}
	if r.failed && where != "" {
		return where + " failed"
	}
	return r.attrs[0].key
}

// cleanText trims a text for a message. A last word that ends in "=" is the key
// of the value that follows.
func cleanText(t string, valueFollows bool) string {
	t = strings.TrimSpace(t)
	if valueFollows && strings.HasSuffix(t, "=") {
		t = t[:len(t)-len(lastWord(t))-1]
	}
	t = strings.Trim(t, " \t\r\n:=,;-")
	if i := strings.LastIndexByte(t, ' '); valueFollows && i > 0 && danglers[t[i+1:]] {
		t = strings.TrimSpace(t[:i])
	}
	return t
}

// danglers are words that say nothing at the end of a message, once the value
// behind them has a key.
var danglers = setOf(`at to for in on of from with is was by`)

// lastWord returns the identifier in front of a text's last separator.
func lastWord(t string) string {
	t = strings.TrimRight(t, " :=")
	i := strings.LastIndexFunc(t, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	return t[i+1:]
}

// keyFor names a value: by "key=" in front of it, by its own name, or by the
// single word in front of it.
func (p *unit) keyFor(a attr, before string) string {
	before = strings.TrimSpace(before)
	word := lastWord(before)
	single := strings.TrimRight(before, ":=") == word && token.IsIdentifier(word)
	switch {
	case a.isErr:
		return "err"
	case strings.HasSuffix(before, "=") && token.IsIdentifier(word):
		return word
	}
	if id, ok := ast.Unparen(a.value).(*ast.Ident); ok && p.info.Types[a.value].Value == nil && !p.info.Types[a.value].IsNil() {
		return id.Name
	}
	if single {
		return word
	}
	if name := nameOf(a.value); name != "" {
		return lowerFirst(name)
	}
	return "value"
}

// nameOf returns the name a value is known by.
func nameOf(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return nameOf(e.X)
	case *ast.IndexExpr:
		return nameOf(e.X)
	}
	return ""
}

// lowerFirst writes a name as keys are: "ID" is "id", "UserName" is "userName".
func lowerFirst(name string) string {
	if strings.ToUpper(name) == name {
		return strings.ToLower(name)
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(first)) + name[size:]
}

// unique returns key, numbered if it is taken.
func (r *record) unique(key string) string {
	taken := func(k string) bool {
		for _, a := range r.attrs {
			if a.key == k {
				return true
			}
		}
		return false
	}
	for base, i := key, 2; taken(key); i++ {
		key = base + strconv.Itoa(i)
	}
	return key
}
