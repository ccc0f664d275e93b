// Package shown prints what somebody asked to read: only level strict minds.
package shown

import (
	"fmt"
	"os"
)

type account struct {
	name  string
	nonce int
	slots []string
}

func init() {
	if _, err := os.ReadDir("/plugins"); err != nil {
		fmt.Fprintln(os.Stderr, "no plugins:", err) // want `fmt.Fprintln in init prints to stderr`
	}
}

func inspectAccount(a account) {
	fmt.Printf("account: %s\n", a.name)         // want `fmt.Printf in inspectAccount prints to stdout`
	fmt.Printf("nonce: %d\n", a.nonce)          // want `fmt.Printf in inspectAccount prints to stdout`
	fmt.Printf("has slots: %d\n", len(a.slots)) // want `fmt.Printf in inspectAccount prints to stdout`
}

func (a account) tree() {
	fmt.Println("account:", a.name) // want `fmt.Println in account.tree prints to stdout`
	for _, s := range a.slots {
		fmt.Println("  slot:", s) // want `fmt.Println in account.tree prints to stdout`
	}
}

func upgrade(version int) {
	if version < 2 {
		fmt.Fprintln(os.Stderr, "This version is no longer supported.\n\nRun upgrade by hand.") // want `fmt.Fprintln in upgrade prints to stderr`
	}
}

func installUnit(path string) error {
	if err := os.WriteFile(path+".icon", nil, 0o600); err != nil {
		fmt.Println("no icon:", err) // want `fmt.Println in installUnit prints to stdout`
	}
	fmt.Printf("Installed %s\n", path)       // want `fmt.Printf in installUnit prints to stdout`
	fmt.Println("It runs at the next login") // want `fmt.Println in installUnit prints to stdout`
	return nil
}

// totals shows how much there is of everything.
func totals(list []account) {
	fmt.Println("accounts", len(list)) // want `fmt.Println in totals prints to stdout`
}

type settings struct{ tls, cert, key string }

func (s settings) validate() error {
	if s.tls == "" && s.cert != "" {
		fmt.Println("cert means nothing without tls") // want `fmt.Println in settings.validate prints to stdout`
	}
	if s.tls == "" && s.key != "" {
		fmt.Println("key means nothing without tls") // want `fmt.Println in settings.validate prints to stdout`
	}
	if s.key != "" && s.cert == "" {
		fmt.Println("key means nothing without cert") // want `fmt.Println in settings.validate prints to stdout`
	}
	return nil
}
