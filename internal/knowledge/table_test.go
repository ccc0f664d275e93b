package knowledge

import "testing"

func TestSmoke(t *testing.T) {
	for _, text := range tableTexts() {
		for line := range contentLines(text) {
			if _, err := Parse(line); err != nil {
				t.Error(err)
			}
		}
	}
	t.Log(len(Std().rows))
}
