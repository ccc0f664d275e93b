package checktest

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/packages"
)

// edit is one replacement in one file, in byte offsets.
type edit struct {
	file       string
	start, end int
	text       string
}

// checkFixes applies each fix of act alone and then all of them together. The
// results must type-check; a fix alone must cure what it was offered for, and
// all together must equal the golden files.
func checkFixes(t *testing.T, act *checker.Action) {
	t.Helper()
	var all []edit
	for _, d := range act.Diagnostics {
		for _, fix := range d.SuggestedFixes {
			edits := editsOf(act.Package, fix)
			fixed, err := applied(act.Package, edits)
			if err != nil {
				t.Errorf("%s: fix %q of %q: %v", act.Package.PkgPath, fix.Message, d.Message, err)
			} else if !isCured(t, act, d.Category, fixed) {
				t.Errorf("%s: fix %q leaves what it is for: %s", act.Package.PkgPath, fix.Message, d.Message)
			}
			all = merge(all, edits)
		}
	}
	fixed, err := applied(act.Package, all)
	if err != nil {
		t.Errorf("%s: all fixes together: %v", act.Package.PkgPath, err)
		return
	}
	for _, name := range act.Package.GoFiles {
		checkGolden(t, name, fixed[name])
	}
}

// isCured reports whether the package of act has fewer reports of rule once
// files are as in fixed.
func isCured(t *testing.T, act *checker.Action, rule string, fixed map[string][]byte) bool {
	t.Helper()
	dir := t.TempDir()
	for _, name := range slices.Concat(act.Package.GoFiles, act.Package.OtherFiles) {
		content, ok := fixed[name]
		if !ok {
			var err error
			if content, err = os.ReadFile(name); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pkg, err := fixtures().loadDir(act.Package.PkgPath, dir)
	if err != nil {
		t.Fatal(err)
	}
	again := analyze(t, act.Analyzer, []*packages.Package{pkg})[0]
	return countOf(again, rule) < countOf(act, rule)
}

// countOf counts the reports of rule.
func countOf(act *checker.Action, rule string) int {
	n := 0
	for _, d := range act.Diagnostics {
		if d.Category == rule {
			n++
		}
	}
	return n
}

// checkGolden compares got, nil if nothing was fixed, with the golden file of
// the Go file name if there is one.
func checkGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	golden := name + ".golden"
	want, err := os.ReadFile(golden)
	switch {
	case err != nil:
		return
	case got == nil:
		t.Errorf("%s exists but nothing was fixed", golden)
	case !bytes.Equal(got, want):
		t.Errorf("%s: the fixed file is\n%s", golden, got)
	}
}

// editsOf returns the edits of fix.
func editsOf(pkg *packages.Package, fix analysis.SuggestedFix) []edit {
	var edits []edit
	for _, e := range fix.TextEdits {
		end := e.End
		if !end.IsValid() {
			end = e.Pos
		}
		start := pkg.Fset.PositionFor(e.Pos, false)
		edits = append(edits, edit{start.Filename, start.Offset, pkg.Fset.PositionFor(end, false).Offset, string(e.NewText)})
	}
	return edits
}

// merge adds the edits of one fix to all, as drivers do: equal edits are one,
// and a fix that overlaps an earlier one is left out.
func merge(all, fix []edit) []edit {
	merged := slices.Clone(all)
	for _, e := range fix {
		if slices.Contains(all, e) {
			continue
		}
		if slices.ContainsFunc(all, func(o edit) bool { return o.file == e.file && o.start < e.end && e.start < o.end }) {
			return all
		}
		merged = append(merged, e)
	}
	return merged
}

// applied returns the formatted content of the files that edits change, after
// it has been type-checked. Imports that nothing needs any more are removed, as
// drivers do.
func applied(pkg *packages.Package, edits []edit) (map[string][]byte, error) {
	overlay, err := replace(edits)
	if err != nil || len(overlay) == 0 {
		return nil, err
	}
	fixed, err := fixtures().recheck(pkg, overlay)
	if fixed == nil || fixed.Types == nil {
		return nil, err
	}
	needless := 0
	for _, e := range fixed.TypeErrors {
		if strings.HasSuffix(e.Msg, "imported and not used") || strings.Contains(e.Msg, "imported as ") {
			needless++
		}
	}
	if needless < len(fixed.TypeErrors) {
		return nil, err
	}
	for i, name := range fixed.GoFiles {
		if overlay[name] == nil {
			continue
		}
		overlay[name], err = tidy(fixed, fixed.Syntax[i])
		if err != nil {
			return nil, err
		}
	}
	return overlay, nil
}

// replace carries out edits on the files they name.
func replace(edits []edit) (map[string][]byte, error) {
	sorted := slices.SortedStableFunc(slices.Values(edits), func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	overlay := map[string][]byte{}
	for _, e := range slices.Backward(sorted) {
		content, ok := overlay[e.file]
		if !ok {
			var err error
			if content, err = os.ReadFile(e.file); err != nil {
				return nil, err
			}
		}
		if e.start > e.end || e.end > len(content) {
			return nil, fmt.Errorf("edit %d:%d is outside %s", e.start, e.end, e.file)
		}
		overlay[e.file] = slices.Concat(content[:e.start], []byte(e.text), content[e.end:])
	}
	return overlay, nil
}

// tidy formats file without the imports that type-checking found unused.
func tidy(pkg *packages.Package, file *ast.File) ([]byte, error) {
	for _, spec := range slices.Clone(file.Imports) {
		unused := slices.ContainsFunc(pkg.TypeErrors, func(e types.Error) bool { return spec.Pos() <= e.Pos && e.Pos <= spec.End() })
		if !unused {
			continue
		}
		path, _ := strconv.Unquote(spec.Path.Value)
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		astutil.DeleteNamedImport(pkg.Fset, file, name, path)
	}
	var out bytes.Buffer
	err := format.Node(&out, pkg.Fset, file)
	return out.Bytes(), err
}
