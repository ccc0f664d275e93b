package model

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"
)

// IsUnbuffered reports whether every channel of the class provably has no
// buffer.
func (c *Chan) IsUnbuffered() bool {
	return c != nil && !c.In && len(c.Makes) > 0 && c.MaxCap() == 0
}

// MaxCap returns the largest constant capacity, or -1 if one is not known.
func (c *Chan) MaxCap() int64 {
	most := int64(0)
	for _, m := range c.Makes {
		if m.Cap < 0 {
			return -1
		}
		most = max(most, m.Cap)
	}
	return most
}

// MinCap returns the smallest capacity that is certain; an unknown one counts
// as 0.
func (c *Chan) MinCap() int64 {
	if c.In || len(c.Makes) == 0 {
		return 0
	}
	least := c.Makes[0].Cap
	for _, m := range c.Makes {
		least = min(least, max(m.Cap, 0))
	}
	return least
}

// MinCapKnown returns the smallest capacity of the makes in view; a capacity
// that is not constant counts as 1, because somebody computed room for
// something. It is 0 without a make in view.
func (c *Chan) MinCapKnown() int64 {
	if c == nil || len(c.Makes) == 0 {
		return 0
	}
	least := int64(1 << 62)
	for _, m := range c.Makes {
		if m.Cap < 0 {
			least = min(least, 1)
			continue
		}
		least = min(least, m.Cap)
	}
	return least
}

// MaxCapKnown is MinCapKnown's counterpart.
func (c *Chan) MaxCapKnown() int64 {
	if c == nil {
		return 0
	}
	most := int64(0)
	for _, m := range c.Makes {
		if m.Cap < 0 {
			most = max(most, 1)
			continue
		}
		most = max(most, m.Cap)
	}
	return most
}

// constCap returns the value of a constant capacity, or -1.
func constCap(v ssa.Value) int64 {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil {
		if n, ok := constant.Int64Val(constant.ToInt(c.Value)); ok {
			return n
		}
	}
	return -1
}
