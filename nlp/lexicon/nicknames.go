package lexicon

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed nicknames.txt
var nicknameList string

// Nicknames are short forms of given names, with the names that each is short for, in small letters.
type Nicknames map[string][]string

// NewNicknames returns them.
func NewNicknames() Nicknames {
	out := Nicknames{}
	for line := range strings.Lines(nicknameList) {
		if short, long, ok := strings.Cut(line, ":"); ok && line[0] != '#' {
			out[short] = strings.Fields(long)
		}
	}
	return out
}

// AreForms reports whether of the given names a and b, in small letters, one is short for the other.
func (n Nicknames) AreForms(a, b string) bool {
	return slices.Contains(n[a], b) || slices.Contains(n[b], a)
}
