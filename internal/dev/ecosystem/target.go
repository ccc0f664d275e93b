package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// target is a module to analyse.
type target struct {
	dir string
	env []string // what the go command must be told there
}

// locate finds the directory called name, or fetches the module called name,
// "path@version", and copies it to scratch.
func locate(name, scratch string) (target, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		dir, err := filepath.Abs(name)
		return target{dir: dir}, err
	}
	path, _, isModule := strings.Cut(name, "@")
	if !isModule {
		return target{}, fmt.Errorf("%s is neither a directory nor a module with its version (path@version)", name)
	}
	text, err := output(os.TempDir(), "go", "mod", "download", "-json", name)
	var module struct{ Dir, Error string }
	if jsonErr := json.Unmarshal([]byte(text), &module); err == nil && jsonErr != nil {
		err = jsonErr
	}
	if err == nil && module.Error != "" {
		err = fmt.Errorf("module %s: %s", name, module.Error)
	}
	if err != nil {
		return target{}, err
	}
	alone := []string{"GOFLAGS=-mod=mod", "GOWORK=off"} // the copy may complete its go.sum
	return target{scratch, alone}, copyModule(module.Dir, scratch, path)
}

// copyModule copies the files of a module to a directory that can be written.
func copyModule(from, to, path string) error {
	err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		copied := filepath.Join(to, rel)
		if entry.IsDir() {
			return os.MkdirAll(copied, 0o755)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(copied, content, 0o644)
	})
	goMod := filepath.Join(to, "go.mod")
	if _, statErr := os.Stat(goMod); err == nil && statErr != nil {
		err = os.WriteFile(goMod, []byte("module "+path+"\n"), 0o644) // older than modules
	}
	return err
}

// countLines counts the lines of the Go files below dir that belong to its
// module.
func countLines(dir string) (int, error) {
	lines := 0
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != dir && isForeign(name):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		content, err := os.ReadFile(name)
		lines += bytes.Count(content, []byte("\n"))
		return err
	})
	return lines, err
}

// isForeign reports whether the go command leaves the directory out of ./...
func isForeign(dir string) bool {
	base := filepath.Base(dir)
	if base == "testdata" || base == "vendor" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}
