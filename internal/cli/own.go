package cli

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/driver"
	"github.com/asynclint/asynclint/internal/render"
)

// own analyses the packages named on the command line.
func (a *app) own(args []string) int {
	o, err := a.parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return a.help(nil)
	case err != nil:
		return a.fail(err)
	case o.version:
		return a.print("asynclint " + version() + "\n")
	}
	if o.dir != "" {
		if err := os.Chdir(o.dir); err != nil {
			return a.fail(fmt.Errorf("-C: %w", err))
		}
	}
	settings, err := a.use(o.config, o.settings)
	if err != nil {
		return a.fail(err)
	}
	report, err := driver.Analyse(a.driverOptions(o, settings))
	if err != nil {
		return a.fail(err)
	}
	view, err := a.view(o)
	if err != nil {
		return a.fail(err)
	}
	return a.present(o, view, report)
}

// driverOptions translates the command line for the driver.
func (a *app) driverOptions(o *options, s *config.Settings) *driver.Options {
	opts := &driver.Options{
		Patterns:  o.patterns,
		Tags:      o.tags,
		Tests:     o.tests,
		Settings:  s.Hash(),
		Analyzers: a.enabled(s),
		AllFacts:  s.Facts == config.FactsAll,
		Rows:      s.Rows(),
	}
	if o.cache {
		opts.Cache = driver.UserCache()
	}
	return opts
}

// view decides how findings are shown. Colours are for people only.
func (a *app) view(o *options) (*render.View, error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	return &render.View{
		Base:    wd,
		Color:   os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(os.Stdout),
		Context: o.context,
		Rules:   a.suite.Rules,
		Version: version(),
	}, nil
}

// isTerminal reports whether f is a terminal, or at least a character device
// that is not the null device.
func isTerminal(f *os.File) bool {
	stat, err := f.Stat()
	if err != nil || stat.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(stat, null)
}

// present shows a report, or applies its fixes first, and returns the exit
// code.
func (a *app) present(o *options, view *render.View, report *driver.Report) int {
	for _, p := range report.Problems {
		fmt.Fprintf(a.stderr, "asynclint: %s\n", view.Problem(p))
	}
	var (
		code int
		out  bytes.Buffer
		err  error
	)
	switch {
	case o.diff:
		plan := driver.PlanFixes(report.Findings)
		a.note(plan)
		err = plan.WriteDiff(&out)
		code = codeIf(len(plan.Changes) > 0)
	default:
		if o.fix {
			err = a.fix(report)
		}
		code = codeIf(len(report.Findings) > 0)
		err = errors.Join(err, render.Formats[o.format](&out, report, view))
	}
	if _, werr := a.stdout.Write(out.Bytes()); werr != nil {
		err = errors.Join(err, fmt.Errorf("cannot write: %w", werr))
	}
	if err != nil {
		return a.fail(err)
	}
	if text := render.Summary(report.Findings); text != "" && !o.diff {
		fmt.Fprintln(a.stderr, text)
	}
	if o.stats {
		a.tell(report.Counts)
	}
	if len(report.Problems) > 0 {
		return Failed
	}
	return code
}

// tell prints what analyzers counted.
func (a *app) tell(counts []driver.Count) {
	for _, c := range counts {
		fmt.Fprintf(a.stderr, "asynclint: %d %s\n", c.N, c.Name)
	}
}

// codeIf returns the exit code for something found.
func codeIf(found bool) int {
	if found {
		return Findings
	}
	return Clean
}

// fix applies fixes and leaves in the report what remains.
func (a *app) fix(report *driver.Report) error {
	plan := driver.PlanFixes(report.Findings)
	a.note(plan)
	if err := plan.Apply(); err != nil {
		return err
	}
	report.Findings = plan.Rest
	if plan.Applied > 0 {
		fmt.Fprintf(a.stderr, "%s applied in %s\n",
			render.Count(plan.Applied, "fix"), render.Count(len(plan.Changes), "file"))
	}
	return nil
}

// note tells which fixes were left out.
func (a *app) note(plan *driver.FixPlan) {
	for _, text := range plan.Notes {
		fmt.Fprintf(a.stderr, "asynclint: %s\n", text)
	}
}
