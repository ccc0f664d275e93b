package checktest

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// Every stub must type-check: a broken one would fail some pass's test far
// from its cause.
func TestStubs(t *testing.T) {
	entries, err := os.ReadDir(fixtures().root)
	if err != nil {
		t.Fatal(err)
	}
	loaded := 0
	for _, entry := range entries {
		if !strings.Contains(entry.Name(), ".") {
			continue
		}
		paths, err := packagesUnder(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if _, err := fixtures().load(path); err != nil {
				t.Error(err)
			}
			loaded++
		}
	}
	if loaded == 0 {
		t.Error("no stubs found")
	}
}

// What a snippet may use without importing it must be there to import.
func TestImportablesExist(t *testing.T) {
	for _, name := range sortedKeys(importable) {
		if _, err := (importerFor{fixtures(), map[string]*packages.Package{}}).Import(importable[name]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
