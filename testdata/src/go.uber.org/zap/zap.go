// Package zap is a stub: declarations of the real one, without effect.
package zap

import "time"

type Field struct {
	Key       string
	String    string
	Interface any
}

type Logger struct{ name string }

type SugaredLogger struct{ base *Logger }

type Option interface{ apply(*Logger) }

func NewNop() *Logger                                  { return &Logger{} }
func NewProduction(options ...Option) (*Logger, error) { return &Logger{}, nil }
func L() *Logger                                       { return &Logger{} }
func S() *SugaredLogger                                { return &SugaredLogger{} }
func RedirectStdLog(l *Logger) func()                  { return func() {} }

func Any(key string, value any) Field              { return Field{Key: key, Interface: value} }
func Bool(key string, val bool) Field              { return Field{Key: key} }
func Duration(key string, val time.Duration) Field { return Field{Key: key} }
func Error(err error) Field                        { return Field{Key: "error", Interface: err} }
func Int(key string, val int) Field                { return Field{Key: key} }
func Int64(key string, val int64) Field            { return Field{Key: key} }
func String(key string, val string) Field          { return Field{Key: key, String: val} }
func Strings(key string, ss []string) Field        { return Field{Key: key} }

func (log *Logger) Debug(msg string, fields ...Field) {}
func (log *Logger) Info(msg string, fields ...Field)  {}
func (log *Logger) Warn(msg string, fields ...Field)  {}
func (log *Logger) Error(msg string, fields ...Field) {}
func (log *Logger) Panic(msg string, fields ...Field) { panic(msg) }
func (log *Logger) Fatal(msg string, fields ...Field) { panic(msg) }
func (log *Logger) Named(s string) *Logger            { return log }
func (log *Logger) With(fields ...Field) *Logger      { return log }
func (log *Logger) Sugar() *SugaredLogger             { return &SugaredLogger{log} }
func (log *Logger) Sync() error                       { return nil }

func (s *SugaredLogger) Debugw(msg string, keysAndValues ...any) {}
func (s *SugaredLogger) Infow(msg string, keysAndValues ...any)  {}
func (s *SugaredLogger) Errorw(msg string, keysAndValues ...any) {}
func (s *SugaredLogger) Infof(template string, args ...any)      {}
func (s *SugaredLogger) Errorf(template string, args ...any)     {}
