// Command custom is golangci-lint with asynclint built in.
//
// golangci-lint's own "golangci-lint custom" clones its repository to build
// such a binary; this module needs nothing but the Go module proxy:
//
//	cd plugin/custom && go build -o golangci-lint . && ./golangci-lint run
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/asynclint/asynclint/plugin" // registers asynclint
)

// main runs golangci-lint.
func main() {
	if err := commands.Execute(buildInfo()); err != nil {
		fmt.Fprintf(os.Stderr, "The command is terminated due to an error: %v\n", err)
		os.Exit(exitcodes.Failure)
	}
}

// buildInfo says what golangci-lint prints as its version.
func buildInfo() commands.BuildInfo {
	info := commands.BuildInfo{GoVersion: runtime.Version(), Version: "unknown", Commit: "custom", Date: "unknown"}
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range build.Deps {
			if dep.Path == "github.com/golangci/golangci-lint/v2" {
				info.Version = dep.Version + " with asynclint"
			}
		}
	}
	return info
}
