// Package frontend reads flags: it is a part of a program.
package frontend

import (
	"flag"
	"fmt"
	"log"
	"os"
)

func parse(args []string) {
	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	if err := fs.Parse(args); err != nil {
		fmt.Fprintln(os.Stderr, "bad flags:", err)
		log.Println("bad flags:", err)
		os.Exit(2)
	}
}
