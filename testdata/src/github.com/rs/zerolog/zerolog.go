// Package zerolog is a stub: declarations of the real one, without effect.
package zerolog

import (
	"context"
	"io"
)

type Logger struct{ w io.Writer }

type Event struct{ name string }

type Context struct{ l Logger }

func New(w io.Writer) Logger { return Logger{w} }

func Ctx(ctx context.Context) *Logger { return &Logger{} }

func (l *Logger) Debug() *Event { return &Event{} }
func (l *Logger) Info() *Event  { return &Event{} }
func (l *Logger) Warn() *Event  { return &Event{} }
func (l *Logger) Error() *Event { return &Event{} }
func (l *Logger) Fatal() *Event { return &Event{} }
func (l Logger) With() Context  { return Context{l} }

func (c Context) Str(key, val string) Context { return c }
func (c Context) Logger() Logger              { return c.l }

func (e *Event) Str(key, val string) *Event         { return e }
func (e *Event) Int(key string, i int) *Event       { return e }
func (e *Event) Any(key string, i any) *Event       { return e }
func (e *Event) Interface(key string, i any) *Event { return e }
func (e *Event) Err(err error) *Event               { return e }
func (e *Event) Ctx(ctx context.Context) *Event     { return e }
func (e *Event) Msg(msg string)                     {}
func (e *Event) Msgf(format string, v ...any)       {}
func (e *Event) Send()                              {}
