package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/asynclint/asynclint/internal/rule"
)

// decoder fills settings from one source, all of whose problems it collects.
type decoder struct {
	settings *Settings
	known    []rule.Rule
	named    map[string]*[]string // names this source itself put into Enable or Disable
	problems []error
}

// decode lays one source over base, which it leaves alone.
func decode(base *Settings, v value, known []rule.Rule) (*Settings, error) {
	d := &decoder{settings: base.clone(), known: known, named: map[string]*[]string{}}
	d.root(v)
	if len(d.problems) > 0 {
		return nil, errors.Join(d.problems...)
	}
	return d.settings, nil
}

// clone copies s so that the copy can be changed.
func (s *Settings) clone() *Settings {
	c := *s
	c.Enable, c.Disable, c.Blocking = slices.Clone(s.Enable), slices.Clone(s.Disable), slices.Clone(s.Blocking)
	c.Passes = maps.Clone(s.Passes)
	return &c
}

// fail notes a problem with v.
func (d *decoder) fail(v value, format string, args ...any) {
	d.problems = append(d.problems, fmt.Errorf(v.at+": "+format, args...))
}

// root reads the mapping of keys to settings.
func (d *decoder) root(v value) {
	all := options()
	var keys []string
	for _, o := range all {
		keys = append(keys, o.Key)
	}
	d.entries(v, "settings", func(key, item value) {
		i := slices.Index(keys, key.text)
		switch {
		case i < 0:
			d.fail(key, "unknown key %q%s", key.text, guess(key.text, keys))
		case item.kind != unset:
			all[i].read(d, item)
		}
	})
}

// entries walks a mapping, whose keys must be scalars and differ.
func (d *decoder) entries(v value, what string, each func(key, item value)) {
	if v.kind == unset {
		return
	}
	if v.kind != mapping {
		d.fail(v, "want a mapping of %s, not %s", what, v.describe())
		return
	}
	seen := map[string]bool{}
	for i, key := range v.keys {
		switch {
		case key.kind != leaf:
			d.fail(key, "want a name as key, not %s", key.describe())
		case seen[key.text]:
			d.fail(key, "key %q is set twice", key.text)
		default:
			seen[key.text] = true
			each(key, v.items[i])
		}
	}
}

// passes reads the mapping that switches whole passes.
func (d *decoder) passes(v value) {
	d.entries(v, "passes", func(key, item value) {
		on := true
		if !slices.Contains(passNames(d.known), key.text) {
			d.fail(key, "unknown pass %q%s", key.text, guess(key.text, passNames(d.known)))
		} else if d.boolean(item, &on) {
			if d.settings.Passes == nil {
				d.settings.Passes = map[string]bool{}
			}
			d.settings.Passes[key.text] = on
		}
	})
}

// switches reads names of rules and passes into one of Enable and Disable. What
// an earlier source put into the opposite list gives way.
func (d *decoder) switches(v value, into, opposite *[]string) {
	names := slices.Concat(ruleNames(d.known), passNames(d.known))
	for _, item := range d.texts(v) {
		name := item.text
		switch {
		case !slices.Contains(names, name):
			d.fail(item, "unknown rule or pass %q%s", name, guess(name, names))
		case d.named[name] == opposite:
			d.fail(item, "%q is both enabled and disabled", name)
		default:
			d.named[name] = into
			d.retract(name, opposite)
			if !slices.Contains(*into, name) {
				*into = append(*into, name)
			}
		}
	}
}

// retract takes name, and if it is a pass its rules, off a list, but for what
// this source itself put there.
func (d *decoder) retract(name string, from *[]string) {
	*from = slices.DeleteFunc(*from, func(n string) bool {
		return d.named[n] != from && (n == name || passOf(n, d.known) == name)
	})
}

// passOf returns the pass of the rule called name, or "".
func passOf(name string, known []rule.Rule) string {
	r, _, _ := rule.Table(known).Find(name)
	return r.Pass
}

// ruleNames returns the names of all rules, in their order.
func ruleNames(known []rule.Rule) []string {
	var names []string
	for _, r := range known {
		names = append(names, r.Name)
	}
	return names
}

// passNames returns the names of all passes, in the order of their rules.
func passNames(known []rule.Rule) []string {
	var names []string
	for _, r := range known {
		if !slices.Contains(names, r.Pass) {
			names = append(names, r.Pass)
		}
	}
	return names
}

// guess ends a message about an unknown name with the likely one, or with all
// if there are few.
func guess(name string, known []string) string {
	const few = 12
	if near := rule.Nearest(name, known); near != "" {
		return fmt.Sprintf(": did you mean %q?", near)
	}
	if len(known) > 0 && len(known) <= few {
		return ": want " + strings.Join(known, ", ")
	}
	return ""
}

// showPasses writes switched passes as "a=false,b=true".
func showPasses(passes map[string]bool) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(passes)) {
		parts = append(parts, fmt.Sprintf("%s=%v", name, passes[name]))
	}
	return strings.Join(parts, ",")
}
