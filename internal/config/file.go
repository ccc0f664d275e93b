package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/rule"
)

// FileName is the name of the settings file.
const FileName = ".asynclint.yml"

// Find returns the settings file for dir: the nearest one on the way up to the
// module root, or "" if there is none.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, FileName)
		if isFile(path) {
			return path, nil
		}
		up := filepath.Dir(dir)
		if up == dir || isFile(filepath.Join(dir, "go.mod")) {
			return "", nil
		}
		dir = up
	}
}

// isFile reports whether path is something to read.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// Load returns the settings that hold in dir and the file they come from, ""
// if they are the defaults.
func Load(dir string, known []rule.Rule) (s *Settings, path string, err error) {
	path, err = Find(dir)
	if err != nil || path == "" {
		return Default(), "", err
	}
	s, err = LoadFile(path, known)
	return s, path, err
}

// LoadFile reads one settings file.
func LoadFile(path string, known []rule.Rule) (*Settings, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, src, known)
}

// Parse reads the text of a settings file. Its error lists every problem as
// "name:line:column: message".
func Parse(name string, src []byte, known []rule.Rule) (*Settings, error) {
	dec := yaml.NewDecoder(strings.NewReader(string(src)))
	var doc, second yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return Default(), nil
	} else if err != nil {
		return nil, syntaxError(name, err)
	}
	if err := dec.Decode(&second); err == nil {
		return nil, fmt.Errorf("%s:%d:%d: want one document, not several", name, second.Line, second.Column)
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxError(name, err)
	}
	return decode(Default(), fromYAML(name, &doc), known)
}

// yamlLine matches how the YAML library says where a syntax error is.
var yamlLine = pattern.New(`^yaml: line (\d+): (.*)$`)

// syntaxError gives an error of the YAML library our form.
func syntaxError(name string, err error) error {
	text := strings.ReplaceAll(err.Error(), "\n", " ")
	if m := yamlLine.Regexp().FindStringSubmatch(text); m != nil {
		return fmt.Errorf("%s:%s:1: %s", name, m[1], m[2])
	}
	return fmt.Errorf("%s:1:1: %s", name, strings.TrimPrefix(text, "yaml: "))
}

// yamlTags says which of YAML's tags the settings know.
var yamlTags = map[string]scalar{"!!str": textual, "!!bool": truth, "!!int": integer}

// fromYAML turns a YAML node into a value. Aliases are not followed: settings
// are short, and an alias can contain itself.
func fromYAML(name string, n *yaml.Node) value {
	v := value{at: fmt.Sprintf("%s:%d:%d", name, n.Line, n.Column)}
	switch n.Kind {
	case yaml.DocumentNode:
		if len(n.Content) > 0 {
			return fromYAML(name, n.Content[0])
		}
	case yaml.MappingNode:
		v.kind = mapping
		for i := 0; i+1 < len(n.Content); i += 2 {
			v.keys = append(v.keys, fromYAML(name, n.Content[i]))
			v.items = append(v.items, fromYAML(name, n.Content[i+1]))
		}
	case yaml.SequenceNode:
		v.kind = list
		for _, c := range n.Content {
			v.items = append(v.items, fromYAML(name, c))
		}
	case yaml.AliasNode:
		v.kind, v.text, v.tag = leaf, "*"+n.Value, other
	case yaml.ScalarNode:
		v.setScalar(n)
	}
	return v
}

// setScalar reads a YAML scalar.
func (v *value) setScalar(n *yaml.Node) {
	tag := n.ShortTag()
	if tag == "!!null" {
		return
	}
	v.kind, v.text, v.tag = leaf, n.Value, other
	if t, ok := yamlTags[tag]; ok {
		v.tag = t
	}
}
