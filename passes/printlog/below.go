package printlog

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/facts"
)

// This file knows the packages that cannot log: those that log/slog itself is made
// of, which would import themselves, and the standard library's inner ones, which
// every program carries, so that they must not carry a logger. A test compares the
// list with the toolchain's.

// belowSlog lists the packages that log/slog imports, by itself or through others.
const belowSlog = ` bytes cmp context encoding encoding/base64 encoding/json errors fmt io io/fs iter log log/slog math math/bits
	os path reflect runtime slices strconv strings sync sync/atomic syscall time unicode unicode/utf16 unicode/utf8 unsafe `

// isBelowSlog reports whether a package cannot import log/slog, or belongs to the
// standard library and is no door of it.
func isBelowSlog(pass *analysis.Pass) bool {
	if !facts.IsStd(pass) {
		return false
	}
	path, _, _ := strings.Cut(pass.Pkg.Path(), " ") // go vet adds " [variant]"
	if slices.Contains(strings.Fields(belowSlog), path) {
		return true
	}
	elems := strings.Split(path, "/")
	return slices.Contains(elems, "internal") || slices.Contains(elems, "vendor")
}
