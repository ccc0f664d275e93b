package render

import (
	"os"
	"strings"
	"unicode/utf8"
)

// sources reads files once for all findings in them. A file that cannot be
// read, like one that a //line directive names, has no lines.
type sources struct {
	texts map[string][]string
}

// lines returns the lines of a file without their ends.
func (s *sources) lines(file string) []string {
	if s.texts == nil {
		s.texts = make(map[string][]string)
	}
	lines, read := s.texts[file]
	if !read {
		if data, err := os.ReadFile(file); err == nil {
			lines = strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		}
		s.texts[file] = lines
	}
	return lines
}

// characters turns a column in bytes into one in Unicode characters, both
// counted from 1.
func (s *sources) characters(file string, line, column int) int {
	lines := s.lines(file)
	if line < 1 || line > len(lines) || column-1 > len(lines[line-1]) || column < 1 {
		return column
	}
	return utf8.RuneCountInString(lines[line-1][:column-1]) + 1
}
