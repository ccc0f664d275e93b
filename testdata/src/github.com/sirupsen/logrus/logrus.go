// Package logrus is a stub: declarations of the real one, without effect.
package logrus

import "context"

type Fields map[string]any

type Logger struct{ fields Fields }

type Entry struct{ Logger *Logger }

type FieldLogger interface {
	WithField(key string, value any) *Entry
	Info(args ...any)
	Error(args ...any)
}

func New() *Logger { return &Logger{} }

func StandardLogger() *Logger { return &Logger{} }

func WithContext(ctx context.Context) *Entry { return &Entry{} }
func WithError(err error) *Entry             { return &Entry{} }
func WithField(key string, value any) *Entry { return &Entry{} }
func WithFields(fields Fields) *Entry        { return &Entry{} }
func Debug(args ...any)                      {}
func Info(args ...any)                       {}
func Infof(format string, args ...any)       {}
func Warn(args ...any)                       {}
func Error(args ...any)                      {}
func Errorf(format string, args ...any)      {}
func Fatal(args ...any)                      { panic(args) }
func Fatalf(format string, args ...any)      { panic(format) }

func (l *Logger) WithField(key string, value any) *Entry { return &Entry{l} }
func (l *Logger) WithFields(fields Fields) *Entry        { return &Entry{l} }
func (l *Logger) Debug(args ...any)                      {}
func (l *Logger) Info(args ...any)                       {}
func (l *Logger) Infof(format string, args ...any)       {}
func (l *Logger) Warn(args ...any)                       {}
func (l *Logger) Error(args ...any)                      {}
func (l *Logger) Errorf(format string, args ...any)      {}
func (l *Logger) Fatal(args ...any)                      { panic(args) }

func (e *Entry) WithField(key string, value any) *Entry { return e }
func (e *Entry) WithError(err error) *Entry             { return e }
func (e *Entry) WithContext(ctx context.Context) *Entry { return e }
func (e *Entry) Debug(args ...any)                      {}
func (e *Entry) Info(args ...any)                       {}
func (e *Entry) Warn(args ...any)                       {}
func (e *Entry) Error(args ...any)                      {}
func (e *Entry) Fatal(args ...any)                      { panic(args) }
