package driver

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
)

// FixPlan says how files will look once fixes are applied. A plan is complete
// before the first file is written.
type FixPlan struct {
	Changes []Change  // ordered by file
	Applied int       // fixes in the plan
	Rest    []Finding // findings that the plan does not fix
	Notes   []string  // fixes left out, and why
}

// Change is a file before and after the fixes.
type Change struct {
	File   string
	Before []byte
	After  []byte
}

// PlanFixes combines the first fix of each finding. A fix that touches what an
// earlier one changes, and fixes after which a file is no Go any more, are left
// out with a note.
func PlanFixes(findings []Finding) *FixPlan {
	plan := new(FixPlan)
	chosen := plan.choose(findings)
	for {
		broken := plan.build(chosen)
		if broken == "" {
			plan.Applied = len(chosen)
			plan.Rest = SortFindings(plan.Rest)
			return plan
		}
		plan.Notes = append(plan.Notes,
			fmt.Sprintf("%s: fixes left out: together they break the file", broken))
		chosen = slices.DeleteFunc(chosen, func(f Finding) bool {
			drop := touches(f.Fixes[0], broken)
			if drop {
				plan.Rest = append(plan.Rest, f)
			}
			return drop
		})
	}
}

// choose picks the findings whose fixes do not get in each other's way.
func (p *FixPlan) choose(findings []Finding) []Finding {
	var chosen []Finding
	taken := make(map[string][]Edit)
	for _, f := range findings {
		if len(f.Fixes) == 0 {
			p.Rest = append(p.Rest, f)
			continue
		}
		if conflicts(f.Fixes[0], taken) {
			p.Rest = append(p.Rest, f)
			p.Notes = append(p.Notes, fmt.Sprintf(
				"%s: fix left out: it overlaps another; run again to apply it", f.Pos))
			continue
		}
		if broken := new(FixPlan).build([]Finding{f}); broken != "" {
			p.Rest = append(p.Rest, f)
			p.Notes = append(p.Notes, fmt.Sprintf("%s: fix left out: %s would no longer parse", f.Pos, broken))
			continue
		}
		chosen = append(chosen, f)
		for _, e := range f.Fixes[0].Edits {
			taken[e.File] = append(taken[e.File], e)
		}
	}
	return chosen
}

// conflicts reports whether an edit of fix overlaps a different one. Equal
// edits, like the same import added twice, are one.
func conflicts(fix Fix, taken map[string][]Edit) bool {
	for _, e := range fix.Edits {
		for _, t := range taken[e.File] {
			if e != t && overlap(e, t) {
				return true
			}
		}
	}
	return false
}

// overlap reports whether two edits of a file share a byte or a place of
// insertion.
func overlap(a, b Edit) bool {
	if a.Start == b.Start {
		return true
	}
	return a.Start < b.End && b.Start < a.End
}

// touches reports whether fix edits file.
func touches(fix Fix, file string) bool {
	return slices.ContainsFunc(fix.Edits, func(e Edit) bool { return e.File == file })
}

// build computes the changes of the chosen fixes. It returns the first file
// that they would break, or that cannot be read, or "".
func (p *FixPlan) build(chosen []Finding) (broken string) {
	p.Changes = nil
	edits := make(map[string][]Edit)
	var files []string
	for _, f := range chosen {
		for _, e := range f.Fixes[0].Edits {
			if edits[e.File] == nil {
				files = append(files, e.File)
			}
			edits[e.File] = append(edits[e.File], e)
		}
	}
	slices.Sort(files)
	for _, file := range files {
		before, err := os.ReadFile(file)
		if err != nil {
			return file
		}
		after, err := apply(before, edits[file])
		if err != nil {
			return file
		}
		after = dropUnusedImports(before, after)
		if !bytes.Equal(before, after) {
			p.Changes = append(p.Changes, Change{file, before, after})
		}
	}
	return ""
}

// apply makes edits, which do not overlap, and formats the result.
func apply(src []byte, edits []Edit) ([]byte, error) {
	slices.SortStableFunc(edits, compareEdits)
	edits = slices.Compact(edits)
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		if e.Start < last || e.End > len(src) {
			return nil, fmt.Errorf("edit at byte %d does not fit the file", e.Start)
		}
		out.Write(src[last:e.Start])
		out.WriteString(e.New)
		last = e.End
	}
	out.Write(src[last:])
	return format.Source(out.Bytes())
}

// Apply writes the changed files. Each is replaced in one step, so that an
// interrupted run leaves whole files.
func (p *FixPlan) Apply() error {
	for _, c := range p.Changes {
		if err := replaceFile(c.File, c.After); err != nil {
			return err
		}
	}
	return nil
}

// replaceFile replaces the content of a file and keeps its mode.
func replaceFile(name string, content []byte) error {
	stat, err := os.Stat(name)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".asynclint-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(content); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := os.Chmod(tmp.Name(), stat.Mode().Perm()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
