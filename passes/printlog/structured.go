package printlog

// Which structured loggers a package knows. What the package itself imports is
// certain; of the packages it imports from the same module, a fact says what
// they import (types.Package.Imports is no help: read from export data it lists
// whatever the exported API mentions). Packages further away are not asked.

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/symbol"
)

// library is a structured logging library.
type library uint8

const (
	noLibrary library = iota
	slogLib
	zapLib
	zapSugarLib // *zap.SugaredLogger: a type of zapLib's package
	zerologLib
	logrusLib
	logrLib
	klogLib
	hclogLib
)

// libraries lists the packages whose import says that structured logs exist.
var libraries = map[string]library{
	"log/slog":                      slogLib,
	"go.uber.org/zap":               zapLib,
	"github.com/rs/zerolog":         zerologLib,
	"github.com/rs/zerolog/log":     zerologLib,
	"github.com/sirupsen/logrus":    logrusLib,
	"github.com/go-logr/logr":       logrLib,
	"k8s.io/klog/v2":                klogLib,
	"github.com/hashicorp/go-hclog": hclogLib,
}

// typical names, for advice, what logs where no logger is in view.
var typical = map[library]string{
	slogLib: "slog", zapLib: "a zap.Logger", zerologLib: "a zerolog.Logger", logrusLib: "logrus", logrLib: "a logr.Logger",
	klogLib: "klog", hclogLib: "an hclog.Logger",
}

// usesLogger is the fact that a package of the main module imports a structured
// logger, or that it or a package it imports routes the standard logger to one.
type usesLogger struct {
	Path   string // of the logger; "" if the package imports none
	Routes bool
}

// AFact marks usesLogger as a fact.
func (*usesLogger) AFact() {}

// String says what the package does, for people who look at facts.
func (f *usesLogger) String() string {
	switch {
	case f.Path == "":
		return "routes the standard logger"
	case f.Routes:
		return "logs with " + f.Path + ", routes the standard logger"
	}
	return "logs with " + f.Path
}

// structured is where a package's structured logger comes from.
type structured struct {
	path string // of the logger; "" if none is known
	from string // the imported package that uses it; "" if the package itself does

	routes bool // what the standard logger prints may end up in a structured one
}

// known reports whether a structured logger is at hand.
func (s structured) known() bool { return s.path != "" }

// String says for a message who uses which logger.
func (s structured) String() string {
	if s.from != "" {
		return "package " + symbol.PkgBase(s.from) + " logs with " + symbol.PkgBase(s.path)
	}
	return "this package logs with " + symbol.PkgBase(s.path)
}

// readStructured finds the package's structured logger, first its own, and
// exports the fact about it.
func (p *unit) readStructured() structured {
	own := imported(p.pass.Pkg)
	s := structured{path: own, routes: p.redirects()}
	for _, imp := range p.pass.Pkg.Imports() {
		var fact usesLogger
		if !p.pass.ImportPackageFact(imp, &fact) {
			continue
		}
		s.routes = s.routes || fact.Routes
		if !s.known() && fact.Path != "" {
			s.path, s.from = fact.Path, imp.Path()
		}
	}
	if (own != "" || s.routes) && isMainModule(p.pass) {
		p.pass.ExportPackageFact(&usesLogger{own, s.routes})
	}
	return s
}

// imported returns the first structured logger that pkg imports.
func imported(pkg *types.Package) string {
	best := ""
	for _, imp := range pkg.Imports() {
		path := withoutVendor(imp.Path())
		if libraries[path] != noLibrary && (best == "" || path < best) {
			best = path
		}
	}
	return best
}

// isMainModule reports whether the package belongs to what the user works on.
func isMainModule(pass *analysis.Pass) bool {
	return pass.Module == nil || pass.Module.Version == ""
}

// withoutVendor returns the path a vendored package was written to be imported
// by.
func withoutVendor(path string) string {
	if _, after, found := strings.Cut(path, "/vendor/"); found {
		return after
	}
	return path
}
