// Package rate is a stub: the declarations of the real one, without a limit.
package rate

import (
	"context"
	"time"
)

type Limit float64

const Inf = Limit(1 << 62)

type Limiter struct{ burst int }

type Reservation struct{}

func Every(interval time.Duration) Limit { return Limit(float64(time.Second) / float64(interval)) }

func NewLimiter(r Limit, b int) *Limiter { return &Limiter{b} }

func (l *Limiter) Allow() bool                                  { return true }
func (l *Limiter) AllowN(t time.Time, n int) bool               { return true }
func (l *Limiter) Burst() int                                   { return l.burst }
func (l *Limiter) Reserve() *Reservation                        { return &Reservation{} }
func (l *Limiter) Wait(ctx context.Context) (err error)         { return ctx.Err() }
func (l *Limiter) WaitN(ctx context.Context, n int) (err error) { return ctx.Err() }
func (r *Reservation) Delay() time.Duration                     { return 0 }
func (r *Reservation) OK() bool                                 { return true }
