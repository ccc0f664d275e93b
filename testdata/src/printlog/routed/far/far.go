// Package far stands between the package that routes and one that does not know it.
package far

import "printlog/routed/setup"

func Start() { setup.Init() }
