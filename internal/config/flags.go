package config

import (
	"flag"
	"slices"
	"strings"

	"github.com/asynclint/asynclint/internal/rule"
)

// Flags are the settings given on a command line, not yet checked.
type Flags struct {
	prefix string
	known  []rule.Rule
	given  []*settingFlag
	passes map[string]*settingFlag
}

// Register declares a flag for every setting, called prefix and the setting's
// key, and one without prefix for every pass. go vet's tools conventionally use
// the prefix "asynclint.", since all tools share its command line.
func Register(fs *flag.FlagSet, prefix string, known []rule.Rule) *Flags {
	f := &Flags{prefix: prefix, known: known, passes: map[string]*settingFlag{}}
	for _, o := range options() {
		if o.Key == passesKey {
			continue
		}
		sf := &settingFlag{key: o.Key, initial: o.show(Default()), separator: separators[o.Key]}
		sf.boolean = sf.initial == "true" || sf.initial == "false"
		f.given = append(f.given, sf)
		fs.Var(sf, prefix+o.Key, o.Text+" ("+o.Type+")")
	}
	for _, pass := range passNames(known) {
		sf := &settingFlag{key: pass, initial: "true", boolean: true}
		f.passes[pass] = sf
		fs.Var(sf, pass, "run the pass "+pass+"; if any is set to true, only those run")
	}
	return f
}

// separators split a list flag; rows hold commas.
var separators = map[string]string{"enable": ",", "disable": ",", "blocking": ";"}

// Apply lays the flags that were given over base. Its error lists every
// problem with the name of the flag.
func (f *Flags) Apply(base *Settings) (*Settings, error) {
	root := value{at: "flags", kind: mapping}
	add := func(key string, v value) {
		root.keys = append(root.keys, value{at: v.at, kind: leaf, text: key})
		root.items = append(root.items, v)
	}
	for _, sf := range f.given {
		if sf.set {
			add(sf.key, sf.value("-"+f.prefix))
		}
	}
	if passes := f.passValues(); len(passes.keys) > 0 {
		add(passesKey, passes)
	}
	return decode(base, root, f.known)
}

// passValues reads the passes' flags as go vet does: if one is set to true,
// only those that are run.
func (f *Flags) passValues() value {
	v := value{at: "flags", kind: mapping}
	names := passNames(f.known)
	only := slices.ContainsFunc(names, func(n string) bool { return f.passes[n].isTrue() })
	for _, name := range names {
		sf := f.passes[name]
		if !sf.set && !only {
			continue
		}
		item := sf.value("-")
		if !sf.set {
			item.text = "false"
		}
		v.keys = append(v.keys, value{at: item.at, kind: leaf, text: name})
		v.items = append(v.items, item)
	}
	return v
}

// settingFlag is a flag.Value that keeps what it is given.
type settingFlag struct {
	key       string
	initial   string // the default, for usage texts
	separator string // "" unless the setting is a list
	boolean   bool
	set       bool
	texts     []string
}

// String is what usage texts show as default; flag also calls it on zero values.
func (f *settingFlag) String() string {
	if f.set {
		return strings.Join(f.texts, f.separator)
	}
	return f.initial
}

// Set records one occurrence: lists grow, other settings keep the last.
func (f *settingFlag) Set(text string) error {
	if f.separator == "" {
		f.texts = f.texts[:0]
	}
	f.texts, f.set = append(f.texts, text), true
	return nil
}

// IsBoolFlag lets "-unsafe-fixes" stand without a value.
func (f *settingFlag) IsBoolFlag() bool { return f.boolean }

// isTrue reports whether a switch was given and turned on.
func (f *settingFlag) isTrue() bool {
	return f.set && (f.String() == "true" || f.String() == "1")
}

// value turns the recorded texts into a value.
func (f *settingFlag) value(prefix string) value {
	v := value{at: prefix + f.key, kind: leaf, text: f.String()}
	if f.separator == "" {
		return v
	}
	v.kind = list
	for part := range strings.SplitSeq(v.text, f.separator) {
		if part = strings.TrimSpace(part); part != "" {
			v.items = append(v.items, value{at: v.at, kind: leaf, text: part})
		}
	}
	return v
}
