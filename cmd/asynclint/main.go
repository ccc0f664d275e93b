// Command asynclint finds goroutines that get stuck, waits under locks and
// other mistakes of concurrent Go.
//
//	asynclint ./...                             by hand
//	go vet -vettool=$(which asynclint) ./...    through go vet
//	asynclint help                              manual
package main

import (
	"os"

	"github.com/asynclint/asynclint/internal/cli"
	"github.com/asynclint/asynclint/passes"
)

// main joins the list of passes and the command line.
func main() {
	suite := cli.Suite{Analyzers: passes.All(), Rules: passes.Rules()}
	os.Exit(cli.Main(suite, os.Args[1:]))
}
