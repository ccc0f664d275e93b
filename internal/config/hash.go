package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// Hash returns a name for the effect of s: equal for settings that behave
// alike, on every machine and in every run. go vet's build ID and the findings'
// cache contain it.
func (s *Settings) Hash() string {
	c := s.clone()
	for _, names := range []*[]string{&c.Enable, &c.Disable} {
		slices.Sort(*names)
		*names = slices.Compact(*names)
	}
	for pass, on := range c.Passes {
		if on {
			delete(c.Passes, pass)
		}
	}
	h := sha256.New()
	fmt.Fprintf(h, "host-nolint=%v\n", c.HostNolint)
	for _, o := range options() {
		fmt.Fprintf(h, "%s=%q\n", o.Key, o.show(c))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
