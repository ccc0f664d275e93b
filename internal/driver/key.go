package driver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/token"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// keyring computes the names under which results are kept.
//
// Two hashes exist of a package. Its key covers all that its findings depend
// on: tool, settings, its files, and the faces of its imports. Its face covers
// all that importers can see: declarations, with their lines, and facts. A
// change within a function that alters neither facts nor line numbers thus
// leaves the results of importing packages valid.
type keyring struct {
	base    string // tool, settings, analyzers
	enabled bool   // whether there is a cache to name things in
	std     func(dir string) string
}

// newKeyring returns the keyring of a run.
func newKeyring(opts *Options, prog *program) *keyring {
	k := &keyring{enabled: opts.Cache != nil}
	if !k.enabled {
		return k
	}
	parts := []string{"asynclint", ToolHash(), opts.Settings, runtime.Version(), fmt.Sprint(prog.sizes)}
	for _, a := range opts.Analyzers {
		parts = append(parts, a.Name)
	}
	k.base = digest(parts...)
	k.std = releases()
	return k
}

// ToolHash returns the hash of this executable: results of another build are
// not to be trusted.
var ToolHash = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return "unknown"
	}
	f, err := os.Open(name)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "unknown"
	}
	return hex.EncodeToString(h.Sum(nil))
})

// digest hashes strings so that different lists have different hashes.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		put(h, p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// put adds one string and its length to a hash.
func put(h hash.Hash, s string) {
	fmt.Fprintf(h, "%d:", len(s))
	io.WriteString(h, s)
}

// of returns the key of a package whose findings or facts are wanted, and
// remembers the sources it has read. It is empty if a file cannot be read:
// then nothing is kept.
func (k *keyring) of(n *node) string {
	if !k.enabled {
		return ""
	}
	h := sha256.New()
	put(h, k.base)
	put(h, fmt.Sprint(n.role, n.pkg.ID, n.pkg.PkgPath, goVersion(n), moduleOf(n), n.pkg.Errors))
	sources := make(map[string][]byte)
	for _, name := range slices.Concat(n.pkg.GoFiles, n.pkg.OtherFiles, n.pkg.IgnoredFiles) {
		data, err := os.ReadFile(name)
		if err != nil {
			return ""
		}
		put(h, name)
		put(h, string(data))
		sources[name] = data
	}
	putImports(h, n)
	n.sources = sources
	return hex.EncodeToString(h.Sum(nil))
}

// putImports adds what n sees of its imports.
func putImports(h hash.Hash, n *node) {
	for _, path := range slices.Sorted(maps.Keys(n.byPath)) {
		put(h, path)
		put(h, n.byPath[path].outcome.Face)
	}
}

// face returns the hash of n's declarations: its files without the bodies of
// functions, of which only the number of lines counts. If cgo made the files,
// all that it made them of counts.
func (k *keyring) face(n *node, unit *Unit) string {
	if !k.enabled {
		return ""
	}
	h := sha256.New()
	put(h, fmt.Sprint(n.pkg.ID, goVersion(n)))
	translated := false
	for _, f := range unit.Files {
		file := unit.Fset.File(f.FileStart)
		src, read := n.sources[file.Name()]
		if read {
			put(h, file.Name())
			putDeclarations(h, f, file, string(src))
		}
		translated = translated || !read
	}
	if translated {
		for _, name := range slices.Sorted(maps.Keys(n.sources)) {
			put(h, name)
			put(h, string(n.sources[name]))
		}
	}
	putImports(h, n)
	return hex.EncodeToString(h.Sum(nil))
}

// putDeclarations adds a file without the bodies of its functions.
func putDeclarations(h hash.Hash, f *ast.File, file *token.File, src string) {
	last := 0
	for _, decl := range f.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		start, end := file.Offset(fn.Body.Pos()), file.Offset(fn.Body.End())
		if last <= start && start <= end && end <= len(src) {
			put(h, src[last:start])
			put(h, fmt.Sprint(strings.Count(src[start:end], "\n")))
			last = end
		}
	}
	put(h, src[last:])
}

// foreign returns the face of a dependency outside the main module. Released
// code is known by its version, other code by its content.
func (k *keyring) foreign(n *node) string {
	if !k.enabled {
		return ""
	}
	h := sha256.New()
	put(h, n.pkg.ID)
	release := k.release(n)
	put(h, release)
	for _, name := range n.pkg.GoFiles {
		put(h, filepath.Base(name))
		if release == "" {
			data, _ := os.ReadFile(name)
			put(h, string(data))
		}
	}
	putImports(h, n)
	return hex.EncodeToString(h.Sum(nil))
}

// release returns what identifies the released code n is part of, or "" if
// its files can change under the same name.
func (k *keyring) release(n *node) string {
	m := n.pkg.Module
	switch {
	case len(n.pkg.GoFiles) == 0:
		return "empty"
	case m == nil:
		return k.std(filepath.Dir(n.pkg.GoFiles[0]))
	case m.Replace != nil && m.Replace.Version != "" && isDownloaded(m.Replace.Dir):
		return m.Replace.Path + "@" + m.Replace.Version
	case m.Replace == nil && m.Version != "" && isDownloaded(m.Dir):
		return m.Path + "@" + m.Version
	}
	return ""
}

// isDownloaded reports whether dir is a module's directory in the module
// cache, where nobody edits.
func isDownloaded(dir string) bool { return strings.Contains(filepath.Base(dir), "@") }

// releases returns a function that finds the Go release whose standard library
// a directory belongs to, or "" if it is none or one under development.
func releases() func(dir string) string {
	var mu sync.Mutex
	known := make(map[string]string)
	return func(dir string) string {
		goroot, _, ok := strings.Cut(filepath.ToSlash(dir), "/src/")
		if !ok {
			return ""
		}
		mu.Lock()
		defer mu.Unlock()
		version, seen := known[goroot]
		if !seen {
			data, err := os.ReadFile(filepath.Join(filepath.FromSlash(goroot), "VERSION"))
			if err == nil && strings.HasPrefix(string(data), "go") {
				version = string(data)
			}
			known[goroot] = version
		}
		return version
	}
}
