// Package cli is asynclint's command line.
//
// One executable has two lives. Started by people it analyses packages in one
// process (own mode); started by "go vet -vettool" it answers the go command's
// questions and analyses one package at a time (vet mode). Both run the same
// analyzers under the same settings.
package cli

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/rule"
)

// The exit codes of own mode.
const (
	Clean    = 0 // all was analysed, nothing found
	Findings = 1
	Failed   = 2 // wrong usage, or something could not be analysed
)

// Suite is what a command line runs.
type Suite struct {
	Analyzers []*analysis.Analyzer
	Rules     []rule.Rule // of all analyzers
}

// app is one run of the command.
type app struct {
	suite  Suite
	stdout io.Writer
	stderr io.Writer
}

// Main runs asynclint with the arguments behind the program's name and returns
// the exit code.
func Main(suite Suite, args []string) int {
	a := &app{suite: suite, stdout: os.Stdout, stderr: os.Stderr}
	if isVet(args) {
		return a.vet(args)
	}
	if len(args) > 0 && args[0] == "help" {
		return a.help(args[1:])
	}
	return a.own(args)
}

// isVet reports whether the go command is asking.
func isVet(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") ||
		strings.HasSuffix(args[len(args)-1], ".cfg")
}

// fail reports what went wrong, a line each, and returns the exit code.
func (a *app) fail(err error) int {
	for text := range strings.Lines(err.Error()) {
		fmt.Fprintf(a.stderr, "asynclint: %s\n", strings.TrimRight(text, "\n"))
	}
	return Failed
}

// use makes the settings of the working directory, with the command line's on
// top, those of this process. file names another settings file, or is empty.
func (a *app) use(file string, flags *config.Flags) (*config.Settings, error) {
	base, err := a.load(file)
	if err != nil {
		return nil, err
	}
	s, err := flags.Apply(base)
	if err != nil {
		return nil, err
	}
	config.Use(s)
	return s, nil
}

// load reads the settings file.
func (a *app) load(file string) (*config.Settings, error) {
	if file != "" {
		return config.LoadFile(file, a.suite.Rules)
	}
	s, _, err := config.Load(".", a.suite.Rules)
	return s, err
}

// enabled returns the analyzers of the passes that are on.
func (a *app) enabled(s *config.Settings) []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, an := range a.suite.Analyzers {
		if s.PassOn(an.Name) {
			list = append(list, an)
		}
	}
	return list
}

// version returns the version of the module this executable was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
