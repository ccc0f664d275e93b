package cli

import (
	"errors"
	"flag"
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/rule"
)

// usage opens the general help.
const usage = `asynclint finds goroutines that get stuck, waits under locks and other
mistakes of concurrent Go.

Usage:

	asynclint [flags] [packages]     analyse packages (default: the one here)
	asynclint help PASS|RULE         read a manual
	go vet -vettool=$(which asynclint) ./...

Exit codes: 0 nothing found, 1 findings, 2 something could not be analysed.
`

// help prints the manual of what is asked for, or the general help.
func (a *app) help(topics []string) int {
	if len(topics) == 0 {
		return a.print(a.overview())
	}
	var b strings.Builder
	for i, topic := range topics {
		text, err := a.manual(topic)
		if err != nil {
			return a.fail(err)
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
	}
	return a.print(b.String())
}

// overview lists passes, rules and flags.
func (a *app) overview() string {
	var b strings.Builder
	b.WriteString(usage)
	b.WriteString("\nPasses and their rules (those marked * need -level=strict):\n")
	for _, an := range a.suite.Analyzers {
		fmt.Fprintf(&b, "\n\t%s\n", title(an))
		for _, r := range a.suite.Rules {
			if r.Pass == an.Name {
				fmt.Fprintf(&b, "\t  %s%s\n\t      %s\n", r.Name, mark(r), r.Summary)
			}
		}
	}
	b.WriteString("\nFlags:\n\n")
	fs := flag.NewFlagSet("asynclint", flag.ContinueOnError)
	new(options).declare(fs, a.suite.Rules)
	fs.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(&b, "\t-%s%s\n\t      %s\n", f.Name, initial(f), f.Usage)
	})
	return b.String()
}

// mark distinguishes strict rules in lists.
func mark(r rule.Rule) string {
	if r.Level == rule.Strict {
		return " *"
	}
	return ""
}

// initial shows a flag's default, if it is worth showing.
func initial(f *flag.Flag) string {
	if f.DefValue == "" || f.DefValue == "false" {
		return ""
	}
	return "=" + f.DefValue
}

// title returns the first line of an analyzer's manual.
func title(a *analysis.Analyzer) string {
	first, _, _ := strings.Cut(a.Doc, "\n")
	return first
}

// manual returns what is written about a pass or a rule.
func (a *app) manual(topic string) (string, error) {
	var names []string
	for _, an := range a.suite.Analyzers {
		if an.Name == topic {
			return an.Doc, nil
		}
		names = append(names, an.Name)
	}
	for _, r := range a.suite.Rules {
		if r.Name == topic {
			return a.ruleManual(r)
		}
		names = append(names, r.Name)
	}
	if near := rule.Nearest(topic, names); near != "" {
		return "", fmt.Errorf("no pass or rule %q: did you mean %q?", topic, near)
	}
	return "", fmt.Errorf("no pass or rule %q: asynclint help lists them", topic)
}

// ruleManual returns the part of its pass's manual that describes r.
func (a *app) ruleManual(r rule.Rule) (string, error) {
	for _, an := range a.suite.Analyzers {
		if an.Name != r.Pass {
			continue
		}
		m, err := docs.Parse(an.Doc)
		if described, ok := m.Find(r.Name); ok {
			return described.Text(r.Level), nil
		}
		return "", errors.Join(fmt.Errorf("rule %s is not described", r.Name), err)
	}
	return "", fmt.Errorf("rule %s belongs to no pass", r.Name)
}
