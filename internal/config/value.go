package config

import "fmt"

// value is one node of a settings source, whatever its syntax.
type value struct {
	at    string // "file.yml:3:5", "settings.enable[0]", "-level"
	kind  valueKind
	text  string  // of a scalar
	tag   scalar  // of a scalar
	keys  []value // of a mapping
	items []value // of a mapping, parallel to keys, or of a list
}

// valueKind is the shape of a value.
type valueKind uint8

const (
	unset valueKind = iota // null: the key is written without a value
	leaf
	list
	mapping
)

// scalar is the type a source gave to a scalar.
type scalar uint8

const (
	untyped scalar = iota // a flag's text may become anything
	textual
	truth
	integer
	other // floats, timestamps: nothing here is one
)

// describe names what was found where something else was wanted.
func (v value) describe() string {
	switch v.kind {
	case list:
		return "a list"
	case mapping:
		return "a mapping"
	case leaf:
		return fmt.Sprintf("%q", v.text)
	}
	return "nothing"
}
