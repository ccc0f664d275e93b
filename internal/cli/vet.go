package cli

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/driver"
)

// vetPrefix opens the names of settings on go vet's command line, which all
// tools share.
const vetPrefix = "asynclint."

// vet answers the go command.
func (a *app) vet(args []string) int {
	fs := flag.NewFlagSet("asynclint", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	opts := driver.VetOptions{Context: -1}
	fs.BoolVar(&opts.JSON, "json", false, "print findings as JSON")
	fs.BoolVar(&opts.Fix, "fix", false, "apply the first fix of each finding")
	fs.BoolVar(&opts.Diff, "diff", false, "with -fix: print a unified diff instead of changing files")
	fs.IntVar(&opts.Context, "c", -1, "print each finding's line with this many lines around it")
	settings := config.Register(fs, vetPrefix, a.suite.Rules)
	switch {
	case slices.Contains(args, "-V=full"):
		return a.vetVersion()
	case slices.Contains(args, "-flags"):
		return a.vetFlags(fs)
	}
	if err := fs.Parse(args); err != nil {
		return a.fail(err)
	}
	s, err := a.use("", settings)
	if err != nil {
		opts.Refuse = func() int { return a.fail(err) }
		return driver.Vet(fs.Arg(0), nil, opts, a.stdout, a.stderr)
	}
	opts.AllFacts = s.Facts == config.FactsAll
	opts.Rows = s.Rows()
	return driver.Vet(fs.Arg(0), a.enabled(s), opts, a.stdout, a.stderr)
}

// vetVersion prints what the go command takes as the tool's identity. The
// settings are part of it: go vet replays results as long as the identity is
// the same, and knows nothing of settings files.
func (a *app) vetVersion() int {
	exe, err := os.Executable()
	if err != nil {
		return a.fail(err)
	}
	settings := ""
	if s, err := a.load(""); err != nil {
		settings = err.Error() // told when a package is analysed
	} else {
		settings = s.Hash()
	}
	id := sha256.Sum256([]byte(driver.ToolHash() + " " + settings))
	return a.print(fmt.Sprintf("%s version devel comments-go-here buildID=%x\n", exe, id))
}

// vetFlags prints the flags that go vet shall accept.
func (a *app) vetFlags(fs *flag.FlagSet) int {
	type description struct {
		Name, Usage string
		Bool        bool
	}
	var list []description
	fs.VisitAll(func(f *flag.Flag) {
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		list = append(list, description{Name: f.Name, Usage: f.Usage, Bool: ok && b.IsBoolFlag()})
	})
	data, err := json.MarshalIndent(list, "", "\t")
	if err != nil {
		return a.fail(err)
	}
	return a.print(string(data) + "\n")
}

// print writes an answer.
func (a *app) print(text string) int {
	if _, err := io.WriteString(a.stdout, text); err != nil {
		return a.fail(fmt.Errorf("cannot write: %w", err))
	}
	return Clean
}
