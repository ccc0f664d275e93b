package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// leftOut are fixtures whose positions the hosts print differently: golangci-lint
// looks for the files that //line comments name and falls back to the real ones.
var leftOut = []string{"hostile/linedirs"}

// assemble copies the fixture tree to dir and makes a workspace of it: a module
// for each pass's fixtures, and one for each package that stands for a
// third-party one.
func assemble(tree, dir string) error {
	if err := os.CopyFS(dir, os.DirFS(tree)); err != nil {
		return err
	}
	for _, left := range leftOut {
		if err := os.RemoveAll(filepath.Join(dir, filepath.FromSlash(left))); err != nil {
			return err
		}
	}
	modules, err := modulesIn(dir)
	if err != nil {
		return err
	}
	work := "go 1.26.0\n"
	for _, m := range modules {
		text := fmt.Sprintf("module %s\n\ngo 1.26.0\n", m)
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(m), "go.mod"), []byte(text), 0o666); err != nil {
			return err
		}
		work += fmt.Sprintf("\nuse ./%s", m)
	}
	return os.WriteFile(filepath.Join(dir, "go.work"), []byte(work+"\n"), 0o666)
}

// modulesIn lists the directories that become modules: the top ones, or every
// package below a top one that is named like a host.
func modulesIn(dir string) ([]string, error) {
	tops, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var modules []string
	for _, top := range tops {
		switch {
		case !top.IsDir():
		case isHost(top.Name()):
			below, err := packagesBelow(dir, top.Name())
			if err != nil {
				return nil, err
			}
			modules = append(modules, below...)
		default:
			modules = append(modules, top.Name())
		}
	}
	return modules, nil
}

// isHost reports whether the first element of an import path names a host.
func isHost(elem string) bool { return strings.Contains(elem, ".") }

// packagesBelow lists the directories with Go files below dir/top.
func packagesBelow(dir, top string) ([]string, error) {
	var found []string
	err := fs.WalkDir(os.DirFS(dir), top, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") {
			found = append(found, path[:strings.LastIndexByte(path, '/')])
		}
		return err
	})
	return slices.Compact(found), err
}

// fixtures lists the patterns that select everything but the stubs.
func fixtures(dir string) ([]string, error) {
	modules, err := modulesIn(dir)
	if err != nil {
		return nil, err
	}
	var patterns []string
	for _, m := range modules {
		if !isHost(strings.SplitN(m, "/", 2)[0]) && hasGo(dir, m) {
			patterns = append(patterns, "./"+m+"/...")
		}
	}
	return patterns, nil
}

// hasGo reports whether any Go file lies below the module: a pattern that
// matches nothing is an error.
func hasGo(dir, module string) bool {
	below, err := packagesBelow(dir, module)
	return err == nil && len(below) > 0
}
