package checktest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"strings"
)

// importable lists what a snippet may use without importing it. The name is the
// path's last element, but for versions.
var importable = indexByName(
	"bufio", "bytes", "cmp", "context", "crypto/tls", "database/sql", "encoding/json", "errors", "flag", "fmt", "io",
	"io/fs", "iter", "log", "log/slog", "maps", "math/rand/v2", "net", "net/http", "net/rpc", "net/smtp", "net/url", "os", "os/exec",
	"os/signal", "path/filepath", "reflect", "runtime", "slices", "sort", "strconv", "strings", "sync", "sync/atomic",
	"syscall", "testing", "testing/synctest", "text/tabwriter", "time", "unsafe",
	"github.com/gorilla/websocket", "github.com/hashicorp/raft", "github.com/rs/zerolog",
	"github.com/sirupsen/logrus", "github.com/sourcegraph/conc", "github.com/sourcegraph/conc/pool", "github.com/spf13/cobra",
	"go.uber.org/zap", "golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
	"golang.org/x/time/rate",
)

// indexByName keys import paths by the name of their package.
func indexByName(paths ...string) map[string]string {
	byName := map[string]string{}
	for _, p := range paths {
		byName[path.Base(strings.TrimSuffix(p, "/v2"))] = p
	}
	return byName
}

// complete makes a file out of a manual's snippet: it adds the package clause,
// unless there is one, and the imports.
func complete(code string) (name string, source []byte, err error) {
	clause, body := "package example", code
	if strings.HasPrefix(code, "package ") {
		clause, body, _ = strings.Cut(code, "\n")
	}
	file, err := parser.ParseFile(token.NewFileSet(), "example.go", clause+"\n"+body, 0)
	if err != nil {
		return "", nil, fmt.Errorf("snippet: %w", err)
	}
	imports := missingImports(file)
	var out bytes.Buffer
	fmt.Fprintln(&out, clause)
	for _, p := range sortedKeys(imports) {
		fmt.Fprintf(&out, "import %q\n", p)
	}
	out.WriteString(body)
	name = "example.go"
	if imports["testing"] {
		name = "example_test.go"
	}
	source, err = format.Source(out.Bytes())
	return name, source, err
}

// missingImports returns the paths of the packages that file uses by name
// without declaring or importing the name.
func missingImports(file *ast.File) map[string]bool {
	imported := map[string]bool{}
	for _, spec := range file.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		imported[path.Base(strings.TrimSuffix(p, "/v2"))] = true
		if spec.Name != nil {
			imported[spec.Name.Name] = true
		}
	}
	unresolved := map[*ast.Ident]bool{}
	for _, id := range file.Unresolved {
		unresolved[id] = true
	}
	missing := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		id, ok := sel.X.(*ast.Ident)
		if ok && unresolved[id] && !imported[id.Name] && importable[id.Name] != "" {
			missing[importable[id.Name]] = true
		}
		return true
	})
	return missing
}
