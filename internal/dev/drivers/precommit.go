package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// hookSettings is the .pre-commit-config.yaml of a project that uses the hook.
const hookSettings = `repos:
  - repo: %s
    rev: %s
    hooks:
      - id: asynclint
        args: [%s]
`

// hook commits the workspace to a scratch repository and runs the hook of the
// repository at HEAD on it, as pre-commit installs it.
func hook(binary, repo string) func(string) ([]finding, error) {
	return func(dir string) ([]finding, error) {
		rev, err := exec.Command("git", "-C", repo, "rev-parse", "HEAD").Output()
		if err != nil {
			return nil, fmt.Errorf("find HEAD: %w", err)
		}
		patterns, err := fixtures(dir)
		if err != nil {
			return nil, err
		}
		text := fmt.Sprintf(hookSettings, repo, strings.TrimSpace(string(rev)), strings.Join(patterns, ", "))
		if err := os.WriteFile(filepath.Join(dir, ".pre-commit-config.yaml"), []byte(text), 0o666); err != nil {
			return nil, err
		}
		for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}} {
			if err := command(dir, "git", args...).Run(); err != nil {
				return nil, fmt.Errorf("git %s: %w", args[0], err)
			}
		}
		cmd := command(dir, binary, "run", "--all-files", "--verbose", "--color=never")
		cmd.Env = append(cmd.Env, "PRE_COMMIT_HOME="+filepath.Join(filepath.Dir(dir), "pre-commit"))
		out, err := output(cmd)
		if err != nil {
			return nil, err
		}
		found := parse(dir, out)
		if len(found) == 0 {
			return nil, fmt.Errorf("no findings in its output:\n%s", out)
		}
		return found, nil
	}
}
