// Package tool lives under cmd.
package tool

import "fmt"

func Say(err error) { fmt.Println("failed:", err) }
