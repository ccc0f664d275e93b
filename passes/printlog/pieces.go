package printlog

// The parts of a print in order. A format is split only if its texts read well
// without the values between them; may-judgement by words.

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
)

// piece is a part of a print: constant text, or a value.
type piece struct {
	text  string
	value ast.Expr
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
