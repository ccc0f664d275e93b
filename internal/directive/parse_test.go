package directive

import (
	"go/ast"
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Directive{
		"//asynclint:ignore r why not":        {Kind: Ignore, Names: []string{"r"}, Reason: "why not"},
		"//asynclint:ignore r,p why":          {Kind: Ignore, Names: []string{"r", "p"}, Reason: "why"},
		"//asynclint:ignore r, p\twhy":        {Kind: Ignore, Names: []string{"r", "p"}, Reason: "why"},
		"//asynclint:ignore r // why":         {Kind: Ignore, Names: []string{"r"}, Reason: "why"},
		"//asynclint:ignore r":                {Kind: Ignore, Names: []string{"r"}, Problem: NoReason},
		"//asynclint:ignore r //":             {Kind: Ignore, Names: []string{"r"}, Problem: NoReason},
		"//asynclint:ignore":                  {Kind: Ignore, Problem: NoNames},
		"//asynclint:ignore , why":            {Kind: Ignore, Names: []string{"why"}, Problem: NoReason},
		"//asynclint:ignore // why":           {Kind: Ignore, Problem: NoNames, Reason: "why"},
		"//asynclint:daemon warms the cache ": {Kind: Daemon, Reason: "warms the cache"},
		"//asynclint:daemon":                  {Kind: Daemon, Problem: NoReason},
		"//asynclint:detached\ton purpose":    {Kind: Detached, Reason: "on purpose"},
		"//asynclint:nonblocking":             {Kind: NonBlocking},
		"//asynclint:blocking calls out":      {Kind: Blocking, Reason: "calls out"},
		"//asynclint:ingore r why":            {Kind: Unknown, Problem: UnknownVerb, Guess: "ignore"},
		"//asynclint:Daemon why":              {Kind: Unknown, Problem: UnknownVerb, Guess: "daemon"},
		"//asynclint:unknown":                 {Kind: Unknown, Problem: UnknownVerb},
		"//asynclint:":                        {Kind: Unknown, Problem: UnknownVerb},
		"// asynclint:ignore r why":           {Kind: Unknown, Problem: Spaced},
		"//nolint":                            {Kind: Ignore, Nolint: true, Names: []string{Everything}},
		"// nolint // why":                    {Kind: Ignore, Nolint: true, Names: []string{Everything}, Reason: "why"},
		"//nolint:all":                        {Kind: Ignore, Nolint: true, Names: []string{Everything}},
		"//nolint:asynclint // why":           {Kind: Ignore, Nolint: true, Names: []string{Everything}, Reason: "why"},
		"//nolint:GoCyclo,printlog//why":      {Kind: Ignore, Nolint: true, Names: []string{"gocyclo", "printlog"}, Reason: "why"},
		"//nolint: printlog , gosec":          {Kind: Ignore, Nolint: true, Names: []string{"printlog", "gosec"}},
		"//nolint:printlog because":           {Kind: Ignore, Nolint: true, Names: []string{"printlog"}},
	} {
		got, ok := parse(&ast.Comment{Text: text})
		same := got.Kind == want.Kind && slices.Equal(got.Names, want.Names) && got.Reason == want.Reason &&
			got.Nolint == want.Nolint && got.Problem == want.Problem && got.Guess == want.Guess
		if !ok || !same {
			t.Errorf("parse(%q) = %+v, %v; want %+v", text, got, ok, want)
		}
	}
}

func TestParseLeavesOtherCommentsAlone(t *testing.T) {
	for _, text := range []string{
		"// asynclint:ing is fun",
		"// see asynclint:ignore",
		"// //asynclint:ignore r why",
		"//\t//asynclint:ignore r why",
		"//go:build linux",
		"//nolinter",
		"//nolint:",
		"//nolint: // nothing named",
		"/*nolint*/",
		"/* asynclint:ignore r why */",
		"//",
		"// ",
	} {
		if d, ok := parse(&ast.Comment{Text: text}); ok {
			t.Errorf("parse(%q) = %+v, want no directive", text, d)
		}
	}
}

func TestKindsSpellTheirNames(t *testing.T) {
	for k := Ignore; k < Unknown; k++ {
		if got := verbKind(k.String()); got != k {
			t.Errorf("verbKind(%q) = %v", k, got)
		}
	}
	if verbKind(Unknown.String()) != Unknown {
		t.Error("the name of Unknown must not be a verb")
	}
}
