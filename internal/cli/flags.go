package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/render"
	"github.com/asynclint/asynclint/internal/rule"
)

// options are own mode's flags, besides the settings.
type options struct {
	json, sarif bool
	format      string
	fix, diff   bool
	tests       bool
	cache       bool
	version     bool
	stats       bool
	tags        string
	dir         string
	config      string
	context     int
	settings    *config.Flags
	patterns    []string
}

// declare declares the flags.
func (o *options) declare(fs *flag.FlagSet, rules []rule.Rule) {
	fs.BoolVar(&o.json, "json", false, "print findings as JSON; short for -format=json")
	fs.BoolVar(&o.sarif, "sarif", false, "print findings as SARIF; short for -format=sarif")
	fs.StringVar(&o.format, "format", "text", "print findings as "+strings.Join(render.FormatNames, ", "))
	fs.BoolVar(&o.fix, "fix", false, "apply the first fix of each finding")
	fs.BoolVar(&o.diff, "diff", false, "print what -fix would change as a unified diff, and change nothing")
	fs.BoolVar(&o.tests, "test", true, "analyse test files, too")
	fs.BoolVar(&o.cache, "cache", true, "reuse results of earlier runs; ASYNCLINT_CACHE names the directory, or is off")
	fs.BoolVar(&o.version, "version", false, "print the version")
	fs.BoolVar(&o.stats, "stats", false, "tell on stderr how much the model checker explored, and what it gave up")
	fs.StringVar(&o.tags, "tags", "", "build tags, separated by commas")
	fs.StringVar(&o.dir, "C", "", "change to this directory first")
	fs.StringVar(&o.config, "config", "", "read this settings file instead of the nearest "+config.FileName)
	fs.IntVar(&o.context, "c", 0, "print this many lines of source around each finding; -1: no source")
	o.settings = config.Register(fs, "", rules)
}

// parse reads a command line. Flags and packages may be mixed; "--" ends flags.
func (a *app) parse(args []string) (*options, error) {
	o := new(options)
	fs := flag.NewFlagSet("asynclint", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	o.declare(fs, a.suite.Rules)
	for len(args) > 0 {
		if err := fs.Parse(args); err != nil {
			return nil, explain(fs, err)
		}
		ended := len(args) > fs.NArg() && args[len(args)-fs.NArg()-1] == "--"
		if args = fs.Args(); ended {
			o.patterns = append(o.patterns, args...)
			break
		}
		for len(args) > 0 && !strings.HasPrefix(args[0], "-") {
			o.patterns, args = append(o.patterns, args[0]), args[1:]
		}
	}
	if len(o.patterns) == 0 {
		o.patterns = []string{"."}
	}
	return o, o.settleFormat()
}

// explain makes the flag package's error one that helps: an unknown flag is
// compared with the known ones.
func explain(fs *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return err
	}
	var known []string
	fs.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
	if near := rule.Nearest(name, known); near != "" {
		return fmt.Errorf("unknown flag -%s: did you mean -%s?", name, near)
	}
	return fmt.Errorf("unknown flag -%s: asynclint help lists the flags", name)
}

// settleFormat makes one of the three flags that name a format.
func (o *options) settleFormat() error {
	switch {
	case o.json && o.sarif:
		return errors.New("-json and -sarif exclude each other")
	case o.json:
		o.format = "json"
	case o.sarif:
		o.format = "sarif"
	}
	if !slices.Contains(render.FormatNames, o.format) {
		return fmt.Errorf("unknown format %q: want %s", o.format, strings.Join(render.FormatNames, ", "))
	}
	if o.diff && o.format != "text" {
		return fmt.Errorf("-diff and -format=%s exclude each other", o.format)
	}
	return nil
}
