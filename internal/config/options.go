package config

import (
	"fmt"
	"strings"
)

// Option describes one setting for people; flags, the documentation and the
// error messages are made from it.
type Option struct {
	Key     string // as files and flags spell it
	Type    string // what a value looks like
	Default string // "" if nothing is set
	Text    string // one sentence without final stop
}

// option adds to an Option how its value is read and shown.
type option struct {
	Option
	read func(*decoder, value)
	show func(*Settings) string
}

// options are all settings, in the order in which people meet them. A function,
// since its entries refer to the decoder, which looks keys up here.
func options() []option {
	return []option{
		{
			Option{Key: "level", Type: "default | strict", Text: "rules above this level stay silent"},
			func(d *decoder, v value) { d.level(v) },
			func(s *Settings) string { return s.Level.String() },
		},
		{
			Option{Key: "enable", Type: "list of rules or passes", Text: "report these whatever the level"},
			func(d *decoder, v value) { d.switches(v, &d.settings.Enable, &d.settings.Disable) },
			func(s *Settings) string { return strings.Join(s.Enable, ",") },
		},
		{
			Option{Key: "disable", Type: "list of rules or passes", Text: "never report these; the name of a rule beats the name of its pass"},
			func(d *decoder, v value) { d.switches(v, &d.settings.Disable, &d.settings.Enable) },
			func(s *Settings) string { return strings.Join(s.Disable, ",") },
		},
		{
			Option{Key: passesKey, Type: "mapping of passes to true or false", Text: "switch whole passes; all are on unless set to false"},
			func(d *decoder, v value) { d.passes(v) },
			func(s *Settings) string { return showPasses(s.Passes) },
		},
		{
			Option{Key: "facts", Type: "module | all", Text: "where function bodies are read: in the main module, or in all dependencies, which takes minutes"},
			func(d *decoder, v value) { d.oneOf(v, &d.settings.Facts, FactsModule, FactsAll) },
			func(s *Settings) string { return s.Facts },
		},
		{
			Option{Key: "unsafe-fixes", Type: "true | false", Text: "also offer fixes that may change behaviour"},
			func(d *decoder, v value) { d.boolean(v, &d.settings.UnsafeFixes) },
			func(s *Settings) string { return fmt.Sprint(s.UnsafeFixes) },
		},
		{
			Option{Key: "blocking", Type: "list of rows", Text: "what further functions wait for: name | kind | tier | bound | condition | advice | note"},
			func(d *decoder, v value) { d.rows(v) },
			func(s *Settings) string { return strings.Join(s.Blocking, ";") },
		},
		{
			Option{Key: "min-sleep", Type: "duration", Text: "constant sleeps shorter than this do not count"},
			func(d *decoder, v value) { d.duration(v, &d.settings.MinSleep) },
			func(s *Settings) string { return s.MinSleep.String() },
		},
		{
			Option{Key: "huge-buffer", Type: "number of elements", Text: "the channel capacity from which huge-buffer speaks"},
			func(d *decoder, v value) { positive(d, v, &d.settings.HugeBuffer) },
			func(s *Settings) string { return fmt.Sprint(s.HugeBuffer) },
		},
		{
			Option{Key: "buffer-bytes", Type: "number of bytes", Text: "the size of a channel's buffer from which huge-buffer speaks"},
			func(d *decoder, v value) { positive(d, v, &d.settings.BufferBytes) },
			func(s *Settings) string { return fmt.Sprint(s.BufferBytes) },
		},
		{
			Option{Key: "max-states", Type: "number of states", Text: "how far the model checker explores the runs of one function; beyond it nothing is proved"},
			func(d *decoder, v value) { positive(d, v, &d.settings.MaxStates) },
			func(s *Settings) string { return fmt.Sprint(s.MaxStates) },
		},
	}
}

// passesKey is the one key whose flags are not called after it: every pass has
// its own.
const passesKey = "passes"

// Describe lists the settings with their defaults, for documentation.
func Describe() []Option {
	var list []Option
	for _, o := range options() {
		o.Default = o.show(Default())
		list = append(list, o.Option)
	}
	return list
}
