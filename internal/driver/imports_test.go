package driver

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDropUnusedImports(t *testing.T) {
	tests := []struct {
		name, before, after, want string
	}{
		{"last use gone", "import \"fmt\"\n\nfunc f() { fmt.Println() }", "import \"fmt\"\n\nfunc f() { println() }", "package p\n\nfunc f() { println() }\n"},
		{"still used", "import \"fmt\"\n\nfunc f() { fmt.Print(); fmt.Print() }", "import \"fmt\"\n\nfunc f() { fmt.Print() }", `"fmt"`},
		{"unused before", "import \"fmt\"", "import \"fmt\"\n\nvar x int", `"fmt"`},
		{"named", "import f \"fmt\"\n\nvar x = f.Sprint()", "import f \"fmt\"\n\nvar x = 1", "package p\n\nvar x = 1\n"},
		{"for its effects", "import _ \"fmt\"\n\nvar x = 2", "import _ \"fmt\"\n\nvar x = 1", `_ "fmt"`},
		{"name unlike its path", "import \"gopkg.in/yaml.v3\"\n\nvar x = yaml.Node{}", "import \"gopkg.in/yaml.v3\"\n\nvar x = 1", `"gopkg.in/yaml.v3"`},
		{"comments stay", "import (\n\t\"fmt\" // prints\n\t\"os\"\n)\n\nvar x = fmt.Sprint(os.Args)", "import (\n\t\"fmt\" // prints\n\t\"os\"\n)\n\nvar x = os.Args // all", "var x = os.Args // all\n"},
		{"no Go", "var", "import (", "import ("},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := string(dropUnusedImports([]byte("package p\n\n"+test.before+"\n"), []byte("package p\n\n"+test.after+"\n")))
			if !strings.Contains(got, test.want) {
				t.Errorf("got:\n%s\nwant %q in it", got, test.want)
			}
		})
	}
}

// Two fixes take away one use each: together they leave an import that neither
// could remove alone.
func TestFixesTogetherDropImport(t *testing.T) {
	const src = "package p\n\nimport \"fmt\"\n\nvar (\n\ta = fmt.Sprint(1)\n\tb = fmt.Sprint(2)\n)\n"
	file := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	plan := PlanFixes([]Finding{fixing(file, src, "fmt.Sprint(1)", "`1`"), fixing(file, src, "fmt.Sprint(2)", "`2`")})
	if plan.Applied != 2 || len(plan.Changes) != 1 {
		t.Fatalf("plan is %+v", plan)
	}
	if after := string(plan.Changes[0].After); strings.Contains(after, "fmt") {
		t.Errorf("the import stays:\n%s", after)
	}
}
