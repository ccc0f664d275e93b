package printlog

// What a print says, taken apart: a constant message, and values under keys.
// Words between values join the message ("job", id, "failed:" gives "job
// failed"); a format whose words would not survive without their values ("%d of
// %d") is left whole.

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a part of a print: constant text, or a value.
type piece struct {
	text  string
	value ast.Expr
}

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
	r.message = strings.Join(said, " ")
	if r.silent = r.message == ""; r.silent {
		r.message = r.wordless(where)
	}
	return r, r.message != ""
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

// pieces returns the parts of o in order.
func (p *unit) pieces(o output) ([]piece, bool) {
	if o.shape == formatted {
		return p.formatPieces(o.args)
	}
	var list []piece
	for _, arg := range o.args {
		if conv, ok := ast.Unparen(arg).(*ast.CallExpr); ok && o.shape == raw && len(conv.Args) == 1 {
			arg = conv.Args[0]
		}
		if p.isTuple(arg) {
			return nil, false
		}
		if s, ok := p.constString(arg); ok {
			if strings.Contains(s, "%") && o.shape != formatted && len(o.args) > 1 {
				return nil, false // a format by mistake
			}
			list = append(list, piece{text: s})
			continue
		}
		list = append(list, piece{value: arg})
	}
	return list, true
}

// formatPieces splits a format at its verbs. It gives up on flags, widths and
// verbs other than v, d, s, q and t, and on words that need their values.
func (p *unit) formatPieces(args []ast.Expr) ([]piece, bool) {
	format, ok := p.constString(args[0])
	if !ok || strings.Contains(format, "%%") {
		return nil, false
	}
	parts := strings.Split(format, "%")
	if len(parts) != len(args) {
		return nil, false
	}
	list := []piece{{text: parts[0]}}
	for i, part := range parts[1:] {
		part = strings.TrimPrefix(part, "+")
		if part == "" || !strings.ContainsRune("vdsqt", rune(part[0])) || !standsAlone(part[1:]) || p.isTuple(args[i+1]) {
			return nil, false
		}
		list = append(list, piece{value: args[i+1]}, piece{text: part[1:]})
	}
	return list, opensWell(parts[:len(parts)-1])
}

// opensWell reports whether each text in front of a verb ends in a space, a
// colon or an equals sign.
func opensWell(before []string) bool {
	for i, t := range before {
		if i > 0 && t != "" {
			t = strings.TrimPrefix(t, "+")[1:]
		}
		if t != "" && !strings.ContainsRune(" :=", rune(t[len(t)-1])) {
			return false
		}
		if i > 0 && t == "" {
			return false
		}
	}
	return true
}

// joiners are words that make no sense without the value in front of them.
var joiners = setOf(`of in at to from for with by is was are were and or on after before than as not has had into over
	times bytes seconds ms s`)

// standsAlone reports whether the text behind a verb reads well without the
// verb's value.
func standsAlone(t string) bool {
	if t == "" || strings.TrimSpace(t) == "" {
		return true
	}
	if !strings.ContainsRune(" ,;:\n", rune(t[0])) {
		return false
	}
	fields := strings.Fields(strings.TrimLeft(t, " ,;:"))
	return len(fields) == 0 || !joiners[strings.ToLower(fields[0])]
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

// constString returns the value of a constant string.
func (p *unit) constString(e ast.Expr) (string, bool) {
	v := p.info.Types[e].Value
	if v == nil || v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}

// isTuple reports whether e is a call with more or less than one result.
func (p *unit) isTuple(e ast.Expr) bool {
	_, ok := p.info.TypeOf(e).(*types.Tuple)
	return ok
}

// errorType is the universe's error interface.
var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// isBytes reports whether e is a slice of bytes.
func (p *unit) isBytes(e ast.Expr) bool {
	s, ok := p.info.TypeOf(e).Underlying().(*types.Slice)
	if !ok {
		return false
	}
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// isError reports whether e is an error value, not nil.
func (p *unit) isError(e ast.Expr) bool {
	t := p.info.TypeOf(e)
	return t != nil && !p.info.Types[e].IsNil() && types.Implements(t, errorType)
}
