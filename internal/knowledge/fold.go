package knowledge

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
)

// A module is known under several paths: major versions, gopkg.in, renames. The
// rows are written for one of them; folding finds that one. It approximates: a
// method of an old version is believed to do what its namesake does today.

// aliasText lists renamed modules: the old path and the path rows use.
//
//go:embed aliases.tsv
var aliasText string

// paths finds the import path under which rows are written.
type paths struct {
	exact  map[string]string // import path, also of renamed modules, as written
	folded map[string]string // import path without its major version
}

// newPaths prepares the lookup for packages that have rows.
func newPaths(pkgs []string) *paths {
	p := &paths{exact: map[string]string{}, folded: map[string]string{}}
	slices.SortFunc(pkgs, comparePaths)
	for _, pkg := range pkgs { // newest version last: it wins the folded path
		p.exact[pkg] = pkg
		p.folded[string(appendFolded(nil, pkg))] = pkg
	}
	for _, row := range tableRows(aliasText) {
		p.addAlias(row[0], row[1], pkgs)
	}
	return p
}

// comparePaths sorts shorter version numbers first, so that v10 follows v9.
func comparePaths(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// addAlias makes the packages below path target known below path old too.
// What rows say about old itself stays.
func (p *paths) addAlias(old, target string, pkgs []string) {
	for _, pkg := range pkgs {
		rest, ok := strings.CutPrefix(pkg, target)
		if !ok || rest != "" && rest[0] != '/' {
			continue
		}
		from := old + rest
		addMissing(p.exact, from, pkg)
		addMissing(p.folded, string(appendFolded(nil, from)), pkg)
	}
}

// addMissing sets m[k] unless it is set.
func addMissing(m map[string]string, k, v string) {
	if _, ok := m[k]; !ok {
		m[k] = v
	}
}

// home returns the path under which rows about pkg are written. It does not
// allocate: it runs for every call in the analysed program.
func (p *paths) home(pkg string) (string, bool) {
	if to, ok := p.exact[pkg]; ok {
		return to, true
	}
	var room [128]byte
	to, ok := p.folded[string(appendFolded(room[:0], pkg))]
	return to, ok
}

// appendFolded appends path without its /vN elements and gopkg.in's .vN.
func appendFolded(dst []byte, path string) []byte {
	for path != "" {
		elem, rest, more := strings.Cut(path, "/")
		if !isMajor(elem) {
			if len(dst) > 0 {
				dst = append(dst, '/')
			}
			dst = append(dst, trimGopkg(elem)...)
		}
		path = rest
		if !more {
			break
		}
	}
	return dst
}

// trimGopkg cuts ".v2" off a path element.
func trimGopkg(elem string) string {
	if i := strings.LastIndex(elem, ".v"); i > 0 && isMajor(elem[i+1:]) {
		return elem[:i]
	}
	return elem
}

// isMajor reports whether elem is a major version: v and digits.
func isMajor(elem string) bool {
	if len(elem) < 2 || elem[0] != 'v' {
		return false
	}
	for i := 1; i < len(elem); i++ {
		if elem[i] < '0' || elem[i] > '9' {
			return false
		}
	}
	return true
}
