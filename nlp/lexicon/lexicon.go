// Package lexicon holds word lists that several stages need: names of people, places and organizations,
// given names with gender, titles, outlets, authorities, companies, abbreviations, how good or bad words sound. Each
// list is a text file, embedded, whose first lines name its source and licence.
//
// The functions return fresh values and keep nothing; the package has no state. It
// knows no tokens and no Doc.
package lexicon

import "strings"

// classified reads a list with one class a line, "class: word word …".
func classified[C any](list string, classes map[string]C) map[string]C {
	out := map[string]C{}
	for line := range strings.Lines(list) {
		name, words, _ := strings.Cut(line, ":")
		if class, ok := classes[name]; ok {
			for w := range strings.FieldsSeq(words) {
				out[w] = class
			}
		}
	}
	return out
}
