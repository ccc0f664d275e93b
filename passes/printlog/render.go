package printlog

import (
	"strconv"
	"strings"
)

// rendering writes one record as a call of one logger.
type rendering struct {
	to      string // "slog", "s.log"
	fields  string // the name of the package that makes zap's fields
	ctx     string // the context in scope, which slog alone takes; "" if there is none
	message string // a Go expression
	failed  bool
	attrs   []written
}

// written is an attr as source text.
type written struct {
	key, value string
	isErr      bool
}

// level returns the method for the record's level.
func (r *rendering) level() string {
	if r.failed {
		return "Error"
	}
	return "Info"
}

// method returns what a library calls for the record: the part of the advice
// behind the logger.
func (r *rendering) method(lib library) string {
	switch lib {
	case slogLib:
		if r.ctx != "" {
			return r.level() + "Context"
		}
	case zapSugarLib:
		return r.level() + "w"
	case klogLib:
		return r.level() + "S"
	}
	return r.level()
}

// text writes the whole call.
func (r *rendering) text(lib library) string {
	switch lib {
	case zerologLib:
		return r.zerolog()
	case logrusLib:
		return r.logrus()
	}
	var args []string
	if lib == slogLib && r.ctx != "" {
		args = append(args, r.ctx)
	}
	attrs := r.attrs
	if r.failed && (lib == logrLib || lib == klogLib) {
		var err string
		err, attrs = r.splitErr()
		args = append(args, err)
	}
	args = append(args, r.message)
	for _, a := range attrs {
		args = append(args, r.argument(lib, a)...)
	}
	return r.to + "." + r.method(lib) + "(" + strings.Join(args, ", ") + ")"
}

// argument writes one attr as arguments.
func (r *rendering) argument(lib library, a written) []string {
	switch {
	case lib != zapLib:
		return []string{strconv.Quote(a.key), a.value}
	case a.isErr && a.key == "err":
		return []string{r.fields + ".Error(" + a.value + ")"}
	}
	return []string{r.fields + ".Any(" + strconv.Quote(a.key) + ", " + a.value + ")"}
}

// splitErr returns the first error, "nil" if there is none, and the other attrs.
func (r *rendering) splitErr() (err string, rest []written) {
	err = "nil"
	for _, a := range r.attrs {
		if a.isErr && err == "nil" {
			err = a.value
			continue
		}
		rest = append(rest, a)
	}
	return err, rest
}

// zerolog writes a chain that ends in Msg.
func (r *rendering) zerolog() string {
	var b strings.Builder
	b.WriteString(r.to + "." + r.level() + "()")
	attrs := r.attrs
	if r.hasErr() {
		var err string
		err, attrs = r.splitErr()
		b.WriteString(".Err(" + err + ")")
	}
	for _, a := range attrs {
		b.WriteString(".Interface(" + strconv.Quote(a.key) + ", " + a.value + ")")
	}
	b.WriteString(".Msg(" + r.message + ")")
	return b.String()
}

// logrus writes a chain that ends in the level.
func (r *rendering) logrus() string {
	var b strings.Builder
	b.WriteString(r.to)
	attrs := r.attrs
	if r.hasErr() {
		var err string
		err, attrs = r.splitErr()
		b.WriteString(".WithError(" + err + ")")
	}
	for _, a := range attrs {
		b.WriteString(".WithField(" + strconv.Quote(a.key) + ", " + a.value + ")")
	}
	b.WriteString("." + r.level() + "(" + r.message + ")")
	return b.String()
}

// hasErr reports whether an error is among the attrs.
func (r *rendering) hasErr() bool {
	for _, a := range r.attrs {
		if a.isErr {
			return true
		}
	}
	return false
}
