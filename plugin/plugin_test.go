package plugin

import (
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/passes"
)

func TestRegistered(t *testing.T) {
	newPlugin, err := register.GetPlugin("asynclint")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.BuildAnalyzers()
	if err != nil || len(all) != len(passes.All()) || p.GetLoadMode() != register.LoadModeTypesInfo {
		t.Errorf("%d analyzers, load mode %s, %v", len(all), p.GetLoadMode(), err)
	}
}

func TestSettings(t *testing.T) {
	before := config.Active()
	t.Cleanup(func() { config.Use(before) })
	p, err := New(map[string]any{"level": "strict", "passes": map[string]any{"selectcancel": false}})
	if err != nil {
		t.Fatal(err)
	}
	on, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range on {
		if a.Name == "selectcancel" {
			t.Error("selectcancel is on although the settings switch it off")
		}
	}
	if config.Active().Level.String() != "strict" {
		t.Error("the level is not used")
	}
}

func TestBadSettings(t *testing.T) {
	for _, c := range []struct {
		conf any
		want string
	}{
		{map[string]any{"levle": "strict"}, "levle"},
		{map[string]any{"level": "stirct"}, "stirct"},
		{map[string]any{"disable": []any{"no-such-rule"}}, "no-such-rule"},
	} {
		if _, err := New(c.conf); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want an error about %s", c.conf, err, c.want)
		}
	}
}
