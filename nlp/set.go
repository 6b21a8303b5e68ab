package nlp

import "strings"

// WordSet returns the words of a list with blanks between them.
func WordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// HashSet returns the hashes of the words of a list with blanks between them.
func HashSet(list string) map[uint64]bool {
	set := map[uint64]bool{}
	for w := range strings.FieldsSeq(list) {
		set[Hash(w)] = true
	}
	return set
}
