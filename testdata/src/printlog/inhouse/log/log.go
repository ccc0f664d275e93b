// Package log is a module's own.
package log

// Logger logs by level.
type Logger interface {
	Debug(msg string, kv ...any)
	Info(msg string, kv ...any)
	Error(msg string, kv ...any)
}

func Infof(format string, args ...any) {}

func Errorf(format string, args ...any) {}
