// Package logr is a stub: declarations of the real one, without effect.
package logr

import "context"

type Logger struct{ name string }

func Discard() Logger                                 { return Logger{} }
func FromContext(ctx context.Context) (Logger, error) { return Logger{}, nil }
func FromContextOrDiscard(ctx context.Context) Logger { return Logger{} }

func (l Logger) Info(msg string, keysAndValues ...any)             {}
func (l Logger) Error(err error, msg string, keysAndValues ...any) {}
func (l Logger) V(level int) Logger                                { return l }
func (l Logger) WithName(name string) Logger                       { return l }
func (l Logger) WithValues(keysAndValues ...any) Logger            { return l }
