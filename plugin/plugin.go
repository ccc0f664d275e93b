// Package plugin makes asynclint a module plugin of golangci-lint v2.
//
// A golangci-lint binary that imports this package knows the linter
// "asynclint". How to build one is shown in the directory custom. The linter's
// settings are those of .asynclint.yml and are decoded as strictly: an unknown
// key stops the run.
package plugin

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/passes"
)

// init makes the linter known to the golangci-lint that imports this package.
func init() { register.Plugin("asynclint", New) }

// Plugin is the linter as golangci-lint sees it.
type Plugin struct{ settings *config.Settings }

// New decodes the linter's settings. It returns an error that names each
// unknown key, rule or value.
func New(conf any) (register.LinterPlugin, error) {
	settings, err := config.FromMap(conf, passes.Rules())
	if err != nil {
		return nil, err
	}
	return &Plugin{settings}, nil
}

// BuildAnalyzers returns the passes that the settings leave on and makes the
// settings those of the process.
func (p *Plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	config.Use(p.settings)
	var on []*analysis.Analyzer
	for _, a := range passes.All() {
		if p.settings.PassOn(a.Name) {
			on = append(on, a)
		}
	}
	return on, nil
}

// GetLoadMode says that the passes need types; they build SSA themselves.
func (p *Plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
