package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/rule"
)

// is reports whether v is a scalar that may be read as tag.
func (v value) is(tag scalar) bool { return v.kind == leaf && (v.tag == tag || v.tag == untyped) }

// level reads a rule level.
func (d *decoder) level(v value) {
	level, err := rule.ParseLevel(v.text)
	if v.kind != leaf || err != nil {
		d.fail(v, "unknown level %s: want %s or %s", v.describe(), rule.Default, rule.Strict)
		return
	}
	d.settings.Level = level
}

// oneOf reads one of few words.
func (d *decoder) oneOf(v value, into *string, words ...string) {
	if v.kind != leaf || !slices.Contains(words, v.text) {
		d.fail(v, "want %s, not %s", strings.Join(words, " or "), v.describe())
		return
	}
	*into = v.text
}

// boolean reads true or false and reports whether it could.
func (d *decoder) boolean(v value, into *bool) bool {
	b, err := strconv.ParseBool(v.text)
	if !v.is(truth) || err != nil {
		d.fail(v, "want true or false, not %s", v.describe())
		return false
	}
	*into = b
	return true
}

// duration reads a duration that is not negative.
func (d *decoder) duration(v value, into *time.Duration) {
	t, err := time.ParseDuration(v.text)
	if v.kind != leaf || err != nil || t < 0 {
		d.fail(v, "want a duration such as 100ms, not %s", v.describe())
		return
	}
	*into = t
}

// positive reads a whole number above zero.
func positive[T int | int64](d *decoder, v value, into *T) {
	n, err := strconv.ParseInt(v.text, 0, 64)
	if !v.is(integer) || err != nil || n <= 0 || int64(T(n)) != n {
		d.fail(v, "want a whole number above 0, not %s", v.describe())
		return
	}
	*into = T(n)
}

// texts reads a list of texts.
func (d *decoder) texts(v value) []value {
	if v.kind != list {
		d.fail(v, "want a list, not %s", v.describe())
		return nil
	}
	var texts []value
	for _, item := range v.items {
		if item.is(textual) {
			texts = append(texts, item)
		} else {
			d.fail(item, "want a text, not %s", item.describe())
		}
	}
	return texts
}

// rows reads knowledge rows; they are kept as text, which is what Hash and
// golangci-lint's cache can compare.
func (d *decoder) rows(v value) {
	for _, item := range d.texts(v) {
		if _, err := knowledge.Parse(item.text); err != nil {
			d.fail(item, "%v", err)
			continue
		}
		d.settings.Blocking = append(d.settings.Blocking, item.text)
	}
}
