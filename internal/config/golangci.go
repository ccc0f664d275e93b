package config

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"

	"github.com/asynclint/asynclint/internal/rule"
)

// FromMap reads the settings that golangci-lint hands to a plugin: nil, or a
// tree of maps, slices and scalars. Its error lists every problem, each with
// the path to the value.
func FromMap(raw any, known []rule.Rule) (*Settings, error) {
	base := Default()
	base.HostNolint = true
	return decode(base, fromAny("settings", reflect.ValueOf(raw)), known)
}

// fromAny turns a decoded tree into a value that knows its path.
func fromAny(at string, r reflect.Value) value {
	v := value{at: at}
	switch r.Kind() {
	case reflect.Interface, reflect.Pointer:
		return fromAny(at, r.Elem())
	case reflect.Map:
		v.setMap(r)
	case reflect.Slice, reflect.Array:
		v.kind = list
		for i := range r.Len() {
			v.items = append(v.items, fromAny(fmt.Sprintf("%s[%d]", at, i), r.Index(i)))
		}
	case reflect.Invalid:
	default:
		v.setAny(r)
	}
	return v
}

// setMap reads a map in the order of its keys.
func (v *value) setMap(r reflect.Value) {
	v.kind = mapping
	items := map[string]reflect.Value{}
	var names []string
	for key, item := range r.Seq2() {
		name := fmt.Sprint(key)
		items[name], names = item, append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		at := v.at + "." + name
		v.keys = append(v.keys, value{at: v.at, kind: leaf, text: name, tag: textual})
		v.items = append(v.items, fromAny(at, items[name]))
	}
}

// setAny reads a Go scalar. A whole float counts as an integer: JSON has no
// others.
func (v *value) setAny(r reflect.Value) {
	v.kind, v.text, v.tag = leaf, fmt.Sprint(r), other
	switch {
	case r.Kind() == reflect.String:
		v.tag = textual
	case r.Kind() == reflect.Bool:
		v.tag = truth
	case r.CanInt(), r.CanUint():
		v.tag = integer
	case r.CanFloat() && r.Float() == math.Trunc(r.Float()):
		v.text, v.tag = strconv.FormatFloat(r.Float(), 'f', 0, 64), integer
	}
}
