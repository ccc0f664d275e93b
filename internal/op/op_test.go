package op

import "testing"

func TestKindsParseAsTheyPrint(t *testing.T) {
	for k := None + 1; int(k) < len(kindNames); k++ {
		if got, ok := ParseKind(k.String()); !ok || got != k {
			t.Errorf("ParseKind(%q) = %v, %v", k.String(), got, ok)
		}
	}
	if k, ok := ParseKind("snooze"); ok {
		t.Errorf("ParseKind(snooze) = %v", k)
	}
}

func TestIsLong(t *testing.T) {
	for _, c := range []struct {
		e    Effect
		want bool
	}{
		{Effect{Net, Unbounded, TierUnbounded}, true},
		{Effect{Serve, NeverReturns, TierUnbounded}, true},
		{Effect{Net, Context, TierUnbounded}, false},
		{Effect{Net, Unknown, TierUnbounded}, false},
		{Effect{Disk, Unbounded, TierSlow}, false},
		{Effect{None, Unbounded, TierUnbounded}, false},
	} {
		if got := c.e.IsLong(); got != c.want {
			t.Errorf("%+v: long %v, want %v", c.e, got, c.want)
		}
	}
}
