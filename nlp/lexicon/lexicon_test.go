package lexicon

import (
	"strings"
	"testing"
)

// checkClasses checks a list of words with classes: some of them, and that all are in small letters.
func checkClasses[C comparable](t *testing.T, words, want map[string]C) {
	t.Helper()
	for word, class := range want {
		if got := words[word]; got != class {
			t.Errorf("%s: got class %v, want %v", word, got, class)
		}
	}
	for w := range words {
		if w != strings.ToLower(w) {
			t.Errorf("%q is not in small letters", w)
		}
	}
}
