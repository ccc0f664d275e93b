// Package klog is a stub: declarations of the real one, without effect.
package klog

func Info(args ...any)                                   {}
func Infof(format string, args ...any)                   {}
func InfoS(msg string, keysAndValues ...any)             {}
func Warning(args ...any)                                {}
func Error(args ...any)                                  {}
func Errorf(format string, args ...any)                  {}
func ErrorS(err error, msg string, keysAndValues ...any) {}
func Fatal(args ...any)                                  { panic(args) }
func Fatalf(format string, args ...any)                  { panic(format) }
func Flush()                                             {}
