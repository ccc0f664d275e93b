// Package cobra is a stub: declarations of the real one, without effect.
package cobra

import (
	"context"
	"io"
)

type Command struct {
	Use   string
	Short string
	Run   func(cmd *Command, args []string)
	RunE  func(cmd *Command, args []string) error
}

func (c *Command) AddCommand(cmds ...*Command)              {}
func (c *Command) Context() context.Context                 { return context.Background() }
func (c *Command) Execute() error                           { return nil }
func (c *Command) ExecuteContext(ctx context.Context) error { return nil }
func (c *Command) OutOrStdout() io.Writer                   { return io.Discard }
func (c *Command) Println(i ...any)                         {}
func (c *Command) Printf(format string, i ...any)           {}
