package facts

import (
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
)

// stdRoots are the first elements of the standard library's import paths.
const stdRoots = " archive arena bufio builtin bytes cmd cmp compress container context crypto database debug embed encoding errors" +
	" expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime" +
	" simd slices sort strconv strings structs sync syscall testing text time unicode unique unsafe uuid vendor weak "

// IsStd reports whether the package belongs to the standard library. Drivers
// give it no module or an empty one, as they do for packages outside of modules,
// so only its path tells.
func IsStd(pass *analysis.Pass) bool {
	first, _, _ := strings.Cut(pass.Pkg.Path(), "/")
	return (pass.Module == nil || pass.Module.Path == "") && strings.Contains(stdRoots, " "+first+" ")
}

// isShared reports whether the package's facts are for others to see. The
// standard library's are not: some drivers show it to us as a dependency and
// some do not, the tables know it better, and naive taint would make fmt wait.
func isShared(pass *analysis.Pass) bool {
	return config.Active().Facts == "all" || !IsStd(pass)
}
