package knowledge

import (
	"fmt"
	"strings"

	"github.com/asynclint/asynclint/internal/symbol"
)

// Advice is written with symbols in braces: "use {net/http.NewRequestWithContext}".
// The braces let tests prove that the advice exists; messages show the symbol
// as code would write it: "use http.NewRequestWithContext". Where a package's
// name is not its path's last element, the row says what to show:
// "give {github.com/avast/retry-go/v4.Context as retry.Context}".

// symbolRef is one symbol in braces.
type symbolRef struct {
	Name  symbol.Name
	Shown string
}

// renderAdvice replaces the symbols in braces by what people read.
func renderAdvice(s string) (string, error) {
	var b strings.Builder
	for {
		before, ref, after, err := cutSymbol(s)
		if err != nil {
			return "", err
		}
		b.WriteString(before)
		if ref.Name.IsZero() {
			return b.String(), nil
		}
		b.WriteString(ref.Shown)
		s = after
	}
}

// AdviceSymbols returns the symbols in braces of an advice column, in order.
func AdviceSymbols(s string) (names []symbol.Name, err error) {
	for {
		_, ref, after, err := cutSymbol(s)
		if err != nil || ref.Name.IsZero() {
			return names, err
		}
		names = append(names, ref.Name)
		s = after
	}
}

// cutSymbol cuts s around its first symbol in braces; the symbol is zero and
// before is all of s if there is none.
func cutSymbol(s string) (before string, ref symbolRef, after string, err error) {
	before, rest, ok := strings.Cut(s, "{")
	if !ok {
		return s, ref, "", nil
	}
	inside, after, ok := strings.Cut(rest, "}")
	if !ok {
		return "", ref, "", fmt.Errorf("advice %q: the brace is not closed", s)
	}
	name, shown, renamed := strings.Cut(inside, " as ")
	if ref.Name, err = symbol.Parse(name); err != nil {
		return "", ref, "", fmt.Errorf("advice: %w", err)
	}
	ref.Shown = ref.Name.Short()
	if renamed {
		ref.Shown = shown
	}
	return before, ref, after, nil
}
