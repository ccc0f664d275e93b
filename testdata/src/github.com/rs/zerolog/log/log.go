// Package log is a stub: declarations of the real one, without effect.
package log

import "github.com/rs/zerolog"

var Logger zerolog.Logger

func Debug() *zerolog.Event { return Logger.Debug() }
func Info() *zerolog.Event  { return Logger.Info() }
func Warn() *zerolog.Event  { return Logger.Warn() }
func Error() *zerolog.Event { return Logger.Error() }
func Fatal() *zerolog.Event { return Logger.Fatal() }
